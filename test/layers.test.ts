import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { closedExamples, type Layer, layers, openExamples, toOverride, withLayerTable } from './layers.js'

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const biome = join(root, 'node_modules', '.bin', 'biome')

/** `npm run docs` runs this file so: what is generated is written first, then compared like everything else. */
const updating = process.env.UPDATE_DOCS === '1'

interface LinterSettings {
  readonly overrides?: unknown
}

const guards = 'test/biome-layers.json'
const readSettings = (path: string): LinterSettings => JSON.parse(read(path)) as LinterSettings

/** One line a layer: the table in ARCHITECTURE.md is for reading, this is for the linter. */
const toText = ({ overrides }: { readonly overrides: readonly unknown[] }): string =>
  `{\n"overrides": [\n${overrides.map((override) => JSON.stringify(override)).join(',\n')}\n]\n}\n`

const folder = mkdtempSync(join(tmpdir(), 'lockwarden-layers-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Lints, under the repository's own settings, files that lie where `sources` says; gives the messages by file. */
function lint(sources: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const settings = { ...readSettings('biome.json'), vcs: { enabled: false }, files: { includes: ['**'] } }
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(settings))
  mkdirSync(join(folder, dirname(guards)), { recursive: true })
  writeFileSync(join(folder, guards), read(guards))
  for (const [path, text] of sources) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const args = [
    'lint',
    '--reporter=json',
    '--max-diagnostics=none',
    '--only=style/noRestrictedImports',
    '--only=style/noRestrictedGlobals',
    'src',
  ]
  const { stdout } = spawnSync(biome, args, { cwd: folder, encoding: 'utf8', maxBuffer: 50 * 1024 * 1024 })
  const { diagnostics } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    readonly diagnostics: readonly {
      readonly category: string
      readonly location: { readonly path: string; readonly start: { readonly line: number } }
    }[]
  }
  return new Map(
    [...sources].map(([path, text]) => {
      const lines = text.split('\n')
      const found = diagnostics
        .filter(({ location }) => location.path === path)
        .map(({ location }) => location.start.line)
      return [path, found.sort((a, b) => a - b).map((line) => lines[line - 1] ?? '')]
    }),
  )
}

const fileIn = ({ name }: Layer): string => (name.endsWith('.ts') ? `src/${name}` : `src/${name}/example.ts`)
const toImports = (modules: readonly string[]): readonly string[] => modules.map((module) => `import '${module}'`)

describe('the layers', () => {
  it('have guards, which biome.json includes, that are those of this list', () => {
    const wanted = { overrides: layers.map(toOverride) }
    if (updating) writeFileSync(join(root, guards), toText(wanted))
    expect(readSettings(guards)).toEqual(wanted)
    expect(readSettings('biome.json')).toMatchObject({ extends: [`./${guards}`] })
  })

  it('stand in ARCHITECTURE.md as this list has them', () => {
    const wanted = withLayerTable(read('ARCHITECTURE.md'))
    if (updating) writeFileSync(join(root, 'ARCHITECTURE.md'), wanted)
    expect(read('ARCHITECTURE.md')).toBe(wanted)
  })

  it('are all that lies in src, and each guards at least one file', () => {
    const names = readdirSync(join(root, 'src'), { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      empty: entry.isDirectory() && readdirSync(join(root, 'src', entry.name)).length === 0,
    }))
    expect(
      names
        .filter(({ empty }) => !empty)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(layers.map(({ name }) => name).sort())
  })

  it('are each closed to what the list closes to them', () => {
    const sources = new Map(layers.map((layer) => [fileIn(layer), toImports(closedExamples(layer)).join('\n')]))
    const wanted = new Map(layers.map((layer) => [fileIn(layer), toImports(closedExamples(layer))]))
    expect([...wanted.values()].every((imports) => imports.length > 0)).toBe(true)
    expect(lint(sources)).toEqual(wanted)
  })

  it('are closed to type imports, re-exports and dynamic imports as well', () => {
    const lines = [
      "import type { Report } from '../../report/report.js'",
      "export * from '../report/report.js'",
      "export const later = import('../report/report.js')",
    ]
    expect(lint(new Map([['src/rules/lockfile/example.ts', lines.join('\n')]]))).toEqual(
      new Map([['src/rules/lockfile/example.ts', lines]]),
    )
  })

  it('keep clock, console, network and process from the rules', () => {
    const lines = [
      'export const a = fetch',
      'console.log(1)',
      'export const b = process.env',
      'setTimeout(() => {}, 1)',
    ]
    expect(lint(new Map([['src/rules/example.ts', lines.join('\n')]]))).toEqual(
      new Map([['src/rules/example.ts', lines]]),
    )
  })

  it('are each open to what stands above them and to what they name', () => {
    const sources = new Map(layers.map((layer) => [fileIn(layer), toImports(openExamples(layer)).join('\n')]))
    expect([...lint(sources).values()].flat()).toEqual([])
  })
})
