import { describe, expect, it } from '@jest/globals'
import type { PackageFacts } from '../../src/package/package-facts.js'
import { buildPackageDiff, type PackageDiff } from '../../src/report/package-diff.js'
import { toPackageDiffTerminal } from '../../src/report/package-diff-terminal.js'
import { anAnalysedPackage } from '../builders/analysed-package.js'
import { aReport } from '../builders/report.js'

const diffOf = (before: PackageFacts, after: PackageFacts): PackageDiff =>
  buildPackageDiff(
    { name: 'a', version: '1.0.0', content: before },
    { name: 'a', version: '1.0.1', content: after },
    aReport(),
  )

/** Without the lines about files. */
const page = (diff: PackageDiff): string[] =>
  toPackageDiffTerminal(diff, { colour: false, width: 100 })
    .split('\n')
    .slice(0, -2)
    .filter((line) => !/^[+~-] files|^ {14}/.test(line))

const calm = ['Its code does nothing that it did not do before.']
const spawning = "const { exec } = require('child_process')\nexports.run = (x) => exec(x)\n"

describe('buildPackageDiff', () => {
  it('takes lines that moved, files that were renamed and copies of a file for no change', async () => {
    const before = await anAnalysedPackage({ 'index.js': spawning, 'kept.js': 'exports.x = eval(1)\n' })
    const moved = await anAnalysedPackage({
      'index.js': `\n\n// moved\n${spawning}`,
      'kept.js': 'exports.x = eval(1)\n',
    })
    const renamed = await anAnalysedPackage(
      { 'main.js': spawning, 'copy.js': spawning, 'kept.js': 'exports.x = eval(1)\n' },
      { main: 'main.js' },
    )

    expect([moved, renamed].map((after) => diffOf(before, after)).map(({ added }) => added?.capabilities)).toEqual([
      [],
      [],
    ])
    expect([moved, renamed].map((after) => page(diffOf(before, after)))).toEqual([calm, calm])
  })

  it('gives each new place, host and variable, and counts places by when they run', async () => {
    const before = await anAnalysedPackage({ 'index.js': 'exports.x = process.env.HOME\n' })
    const after = await anAnalysedPackage({
      'index.js': "exports.x = process.env.HOME\nfetch('https://in.shop.example/' + process.env.USER)\n",
    })
    const { added, removed, changed } = diffOf(before, after)

    expect(added).toMatchObject({
      capabilities: [
        { capability: 'network', file: 'index.js', line: 2, when: 'load', reach: 'load', detail: 'fetch' },
        { capability: 'environment', line: 2, detail: 'process.env.USER' },
      ],
      hosts: [{ host: 'in.shop.example', context: 'code', decoded: false, files: 1 }],
      environment: [{ name: 'USER', when: 'load', files: 1 }],
      flows: [],
      recipients: [],
      unusual: [],
    })
    expect(removed).toMatchObject({ capabilities: [], hosts: [], environment: [] })
    expect(changed?.capabilities).toEqual([
      {
        capability: 'environment',
        before: { install: 0, load: 1, call: 0, unreached: 0 },
        after: { install: 0, load: 2, call: 0, unreached: 0 },
      },
      {
        capability: 'network',
        before: { install: 0, load: 0, call: 0, unreached: 0 },
        after: { install: 0, load: 1, call: 0, unreached: 0 },
      },
    ])
  })

  it('takes a host for new that only a comment named before', async () => {
    const before = await anAnalysedPackage({ 'index.js': '// see https://docs.shop.example/a\n' })
    const after = await anAnalysedPackage({ 'index.js': "fetch('https://docs.shop.example/a')\n" })

    expect(diffOf(before, after).added?.hosts?.map(({ host }) => host)).toEqual(['docs.shop.example'])
    expect(diffOf(after, before).added?.hosts).toEqual([])
  })
})

describe('toPackageDiffTerminal', () => {
  it('puts what is new before further places of what is known, each in one line', async () => {
    const before = await anAnalysedPackage({ 'index.js': spawning })
    const after = await anAnalysedPackage({
      'index.js': `${spawning}exports.more = (x) => exec('ls ' + x)\nfetch('https://in.shop.example/' + process.env.USER)\n`,
    })

    expect(page(diffOf(before, after))).toEqual([
      '+ new on load',
      "+ uses the network           index.js:4  fetch('https://in.shop.example/' + process.env.USER)",
      '~ more places of what it did before',
      "~ starts programs            index.js:3  exports.more = (x) => exec('ls ' + x)",
      '+ hosts       in.shop.example',
      '+ environment USER',
    ])
  })

  it('takes what only functions did for new where loading the package does it', async () => {
    const before = await anAnalysedPackage({ 'index.js': spawning })
    const after = await anAnalysedPackage({ 'index.js': `${spawning}exec('whoami')\n` })

    expect(page(diffOf(before, after))).toEqual([
      '+ new on load',
      "+ starts programs            index.js:3  exec('whoami')",
    ])
  })

  it('tells of files that nothing loads by name in one line, and takes what they did for no excuse', async () => {
    const plain = 'exports.x = 1\n'
    const before = await anAnalysedPackage({ 'index.js': plain, 'test.js': spawning })
    const inTests = await anAnalysedPackage({ 'index.js': plain, 'test.js': `${spawning}exec('ls')\n` })
    const inCode = await anAnalysedPackage({ 'index.js': spawning, 'test.js': '' })

    expect(page(diffOf(before, inTests))).toEqual([
      '+ elsewhere   in files that nothing loads by name: starts programs (1)',
    ])
    expect(page(diffOf(before, inCode))).toEqual([
      '+ new when called',
      '+ starts programs            index.js:2  exports.run = (x) => exec(x)',
    ])
  })

  it('says what is no longer done', async () => {
    const before = await anAnalysedPackage({ 'index.js': spawning })
    const after = await anAnalysedPackage({ 'index.js': 'exports.x = 1\n' })

    expect(page(diffOf(before, after))).toEqual(['- no longer   starts programs'])
  })

  it('does not say that nothing changed where code could not be read', async () => {
    const before = await anAnalysedPackage({ 'index.js': 'exports.x = 1\n' })
    const after = await anAnalysedPackage({ 'index.js': 'let let = (\n' })

    expect(page(diffOf(before, after))).toEqual([
      '+ unread      index.js (syntax)',
      '1 file of its code could not be read.',
    ])
  })
})
