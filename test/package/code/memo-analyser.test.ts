import { describe, expect, it } from '@jest/globals'
import { silentCode, unreadCode } from '../../../src/package/code/bare-code.js'
import type { CodeAnalyser, CodeFile } from '../../../src/package/code/code-analyser.js'
import type { FileCode } from '../../../src/package/code/file-code.js'
import { memoAnalyser } from '../../../src/package/code/memo-analyser.js'

function countingAnalyser(code: FileCode): { readonly analyser: CodeAnalyser; readonly asked: string[] } {
  const asked: string[] = []
  const analyse = async ({ path }: CodeFile): Promise<FileCode> => {
    asked.push(path)
    return code
  }
  const readServer = () => Promise.reject(new Error('no server is read here'))
  return { analyser: { lane: () => ({ analyse, readServer, ready: async () => {} }) }, asked }
}

const file = (path: string, sha256: string): CodeFile => ({ path, bytes: Buffer.alloc(0), sha256 })

describe('remembering files', () => {
  it('reads equal bytes under equal endings once, across packages', async () => {
    const { analyser, asked } = countingAnalyser(silentCode('script'))
    const memo = memoAnalyser(analyser)
    await memo.lane().analyse(file('a.js', '1'))
    await memo.lane().analyse(file('lib/b.JS', '1'))
    await memo.lane().analyse(file('c.ts', '1'))
    await memo.lane().analyse(file('d.js', '2'))

    expect(asked).toEqual(['a.js', 'c.ts', 'd.js'])
  })

  it('reads again what may be read another time', async () => {
    const { analyser, asked } = countingAnalyser(unreadCode('time-out', 'slow'))
    const lane = memoAnalyser(analyser).lane()
    await lane.analyse(file('a.js', '1'))
    await lane.analyse(file('b.js', '1'))

    expect(asked).toEqual(['a.js', 'b.js'])
  })

  it('forgets the oldest', async () => {
    const { analyser, asked } = countingAnalyser(silentCode('script'))
    const lane = memoAnalyser(analyser, 2).lane()
    for (const sha256 of ['1', '2', '3', '3', '1']) await lane.analyse(file(`${sha256}.js`, sha256))

    expect(asked).toEqual(['1.js', '2.js', '3.js', '1.js'])
  })
})
