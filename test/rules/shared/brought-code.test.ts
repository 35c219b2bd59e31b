import { describe, expect, it } from '@jest/globals'
import { maxAlikeFiles } from '../../../src/limits.js'
import { broughtCode } from '../../../src/rules/shared/brought-code.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'

const asking = (at: string | number): string => `module.exports = () => fetch('https://a.example/${at}')\n`
const plain = { 'index.js': 'module.exports = 1\n' }

/** Path of each brought file → the paths that it came from. */
async function brought(
  now: Readonly<Record<string, string>>,
  before?: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const files = broughtCode(await anAnalysedPackage(now), before && (await anAnalysedPackage(before)))
  return Object.fromEntries(files.map(({ path, predecessors }) => [path, predecessors.map((file) => file.path)]))
}

describe('broughtCode', () => {
  it('is all code of a package that is new', async () => {
    expect(await brought({ ...plain, 'ask.js': asking(1) })).toEqual({ 'index.js': [], 'ask.js': [] })
  })

  it('is what changed, with what stood at its path', async () => {
    const files = { ...plain, 'ask.js': asking(1) }
    expect(await brought({ ...files, 'ask.js': asking(2) }, files)).toEqual({ 'ask.js': ['ask.js'] })
    expect(await brought({ ...plain, 'lib/ask.js': asking(1) }, files)).toEqual({})
  })

  it.each([
    ['lib/ask.js', 'src/ask.js'],
    ['dist/ask-B4f9x2Qa.js', 'dist/ask-77cD_0ab.js'],
    ['dist/ask.B4f9x2Qa.min.js', 'dist/ask.77cD0abE.min.js'],
    ['dist/ask-B4f9x2Qa.chunk.js', 'dist/ask-77cD_0ab.chunk.js'],
    ['dist/3fa2b1c09d.js', 'dist/77c0ab12ef.js'],
  ])('takes %s for what %s became', async (now, before) => {
    expect(await brought({ ...plain, [now]: asking(2) }, { ...plain, [before]: asking(1) })).toEqual({
      [now]: [before],
    })
  })

  it.each([
    ['lib/tell.js', 'lib/ask.js'],
    ['dist/ask-worker.js', 'dist/ask-page.js'],
    ['dist/ask.cjs', 'dist/ask.js'],
  ])('does not take %s for what %s became', async (now, before) => {
    expect(await brought({ ...plain, [now]: asking(2) }, { ...plain, [before]: asking(1) })).toEqual({ [now]: [] })
  })

  it('holds a file that stayed against no file that is gone', async () => {
    const before = { ...plain, 'lib/ask.js': asking(1), 'src/ask.js': asking(2) }
    expect(await brought({ ...plain, 'lib/ask.js': asking(3) }, before)).toEqual({ 'lib/ask.js': ['lib/ask.js'] })
  })

  it('counts what the version before held where nothing led to it, and now something does', async () => {
    const before = { ...plain, 'test/ask.js': asking(1) }
    const awake = { 'index.js': "require('./test/ask')\n", 'test/ask.js': asking(1) }
    const moved = { 'index.js': "require('./lib/ask')\n", 'lib/ask.js': asking(1) }
    expect(await brought(awake, before)).toEqual({ 'index.js': ['index.js'], 'test/ask.js': [] })
    expect(await brought(moved, before)).toEqual({ 'index.js': ['index.js'], 'lib/ask.js': [] })
    expect(await brought({ ...before, 'index.js': 'module.exports = 2\n' }, before)).toEqual({
      'index.js': ['index.js'],
    })
  })

  it('holds a new file against so many of its name and no more', async () => {
    const before = Array.from({ length: maxAlikeFiles + 5 }, (_, at) => [`part${at}/ask.js`, asking(at)])
    const files = await brought({ ...plain, 'lib/ask.js': asking('new') }, { ...plain, ...Object.fromEntries(before) })
    expect(files['lib/ask.js']).toHaveLength(maxAlikeFiles)
  })
})
