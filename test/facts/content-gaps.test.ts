import { describe, expect, it } from '@jest/globals'
import { contentGaps, serverGaps } from '../../src/facts/content-gaps.js'
import { matters } from '../../src/gap.js'
import { areLasting } from '../../src/package/lasting-facts.js'
import { anAnalysedPackage } from '../builders/analysed-package.js'

const program = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), Buffer.alloc(60)])
const archive = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])

const gapsOf = async (command: string, files: Record<string, string | Buffer>, hook = 'postinstall') =>
  contentGaps('pad@1.0.0', await anAnalysedPackage(files, { scripts: { [hook]: command } }))

const unread = (path: string) => ({
  code: 'file-unanalysed',
  package: 'pad@1.0.0',
  fact: 'package',
  detail: `${path}: runs on install, and is no JavaScript and no shell script`,
})

describe('contentGaps', () => {
  it.each([
    ['python3 setup.py', 'setup.py', 'print(1)\n'],
    ['perl lib/setup.pl', 'lib/setup.pl', 'print 1;\n'],
    ['chmod +x ./tools/setup && ./tools/setup', 'tools/setup', program],
  ])('says that nobody read what runs on install: %s', async (command, path, content) => {
    expect(await gapsOf(command, { [path]: content })).toEqual([unread(path)])
  })

  it.each([
    ['node setup.js', { 'setup.js': 'console.log(1)\n' }],
    ['sh setup.sh', { 'setup.sh': 'echo 1\n' }],
    ['node setup.js', { 'setup.js': "require('./unpack')(__dirname + '/source.tar.gz')\n", 'source.tar.gz': archive }],
  ])('is silent about what was read, and about data: %s', async (command, files) => {
    expect(await gapsOf(command, files)).toEqual([])
  })

  it('says so where nobody could follow what a server tells a model', async () => {
    const facts = await anAnalysedPackage({}, {})
    const mcp = { why: ['x'], tools: [], prompts: [], resources: [], unresolved: [] }
    const unread = { reason: 'time-out', detail: 'takes longer than 10 ms' } as const

    expect(contentGaps('pad@1.0.0', { ...facts, mcp })).toEqual([])
    expect(contentGaps('pad@1.0.0', { ...facts, mcp: { ...mcp, unread } })).toEqual([
      {
        code: 'file-unanalysed',
        package: 'pad@1.0.0',
        fact: 'package',
        detail: 'what it tells a model: time-out: takes longer than 10 ms',
      },
    ])
    expect([areLasting({ ...facts, mcp }), areLasting({ ...facts, mcp: { ...mcp, unread } })]).toEqual([true, false])
  })

  it('is silent about a script that does not run on install', async () => {
    expect(await gapsOf('python3 setup.py', { 'setup.py': 'print(1)\n' }, 'prepare')).toEqual([])
  })
})

describe('serverGaps', () => {
  it('says what a server tells a model and nobody could read without running it, in one gap that weighs nothing', async () => {
    const facts = await anAnalysedPackage({}, {})
    const at = { file: 'index.js', line: 3, column: 1 }
    const unresolved = [
      { what: 'tool', reason: 'its name is put together by the running program', at },
      { what: 'file', reason: 'more code to follow than the limits allow', at },
    ] as const
    const mcp = { why: ['x'], tools: [], prompts: [], resources: [], unresolved }
    const [gap, ...rest] = serverGaps('pad@1.0.0', { ...facts, mcp })

    expect(gap).toEqual({
      code: 'server-unresolved',
      package: 'pad@1.0.0',
      fact: 'package',
      detail:
        'what it tells a model was not read to its end: tool: its name is put together by the running program (index.js:3), and 1 more',
    })
    expect([rest, gap === undefined || matters(gap)]).toEqual([[], false])
    expect(serverGaps('pad@1.0.0', { ...facts, mcp: { ...mcp, unresolved: [] } })).toEqual([])
    expect(serverGaps('pad@1.0.0', facts)).toEqual([])
  })
})
