import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { type ParseError, parse } from 'jsonc-parser'
import { parseBunLockfile } from '../../../src/lockfile/bun/bun-lockfile.js'
import type { DependencyGraph } from '../../../src/lockfile/dependency-graph.js'
import { diffGraphs } from '../../../src/lockfile/diff.js'
import { publicHosts } from '../../builders/dependency-graph.js'

/** The bun.lock files of the archive, unpacked, or null with the reason printed. */
function unpack(): string | null {
  const archive = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'lockfiles.tar.xz')
  if (!existsSync(archive)) {
    console.log(`skipped: real lockfiles are not there (${archive}); set LOCKWARDEN_CASES`)
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-cases-'))
  execFileSync('tar', ['-xf', archive, '-C', folder, '--wildcards', '*/bun.lock', '*/expected-packages.json'])
  return folder
}

const folder = unpack()
const texts = folder === null ? [] : readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
const files = texts.filter((path) => path.endsWith('/bun.lock')).map((path) => join(folder ?? '', path))
const describeReal = folder === null ? describe.skip : describe

afterAll(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
})

function graphOf(path: string): DependencyGraph {
  const outcome = parseBunLockfile({ file: 'bun.lock', text: readFileSync(path, 'utf8'), manifests: new Map() })
  if (!outcome.known) throw new Error(outcome.gap.detail)
  return outcome.value
}

type Tuple = [string, string, Record<string, unknown>, string]

describeReal('real bun.lock files', () => {
  it('are enough to mean something', () => {
    expect(files.length).toBe(8)
  })

  it('hold what a general parser of the format finds in them, and nothing malformed', () => {
    for (const path of files) {
      const errors: ParseError[] = []
      const document = parse(readFileSync(path, 'utf8'), errors, { allowTrailingComma: true }) as {
        packages: Record<string, Tuple>
      }
      const theirs = Object.entries(document.packages).map(([key, [stated, address, , integrity]]) => [
        key,
        stated,
        address,
        integrity,
      ])
      const graph = graphOf(path)
      const ours = [...graph.entries.values()].map(({ key, name, version, resolved, integrity }) => [
        key,
        `${name}@${version}`,
        resolved ?? '',
        integrity,
      ])
      expect([errors, graph.malformed, ours]).toEqual([[], [], theirs])
    }
  })

  it('leave nothing that a package asks for unresolved but what its platform or its peers may lack', () => {
    for (const path of files) {
      const graph = graphOf(path)
      const unresolved = [...graph.entries.keys()].flatMap((key) =>
        graph
          .requirementsOf(key)
          .filter(({ name, kind }) => (kind === 'prod' || kind === 'dev') && graph.resolve(key, name) === null)
          .map(({ name }) => `${key} → ${name}`),
      )
      expect([path, unresolved]).toEqual([path, []])
    }
  })

  it('show every version on its line', () => {
    for (const path of files) {
      const lines = readFileSync(path, 'utf8').split('\n')
      const graph = graphOf(path)
      const wrong = [...graph.entries.values()].filter(
        ({ key, name, version }) => !lines[(graph.lineOf(key, 'version') ?? 0) - 1]?.includes(`"${name}@${version}"`),
      )
      expect(wrong).toEqual([])
    }
  })

  it('change as an independent reader says', () => {
    for (const head of files.filter((path) => path.includes('/head/'))) {
      const expected = JSON.parse(readFileSync(join(dirname(head), '..', 'expected-packages.json'), 'utf8'))['bun.lock']
      const graphs = [graphOf(head.replace('/head/', '/base/')), graphOf(head)] as const
      const [had, has] = graphs.map(
        (graph) => new Set([...graph.entries.values()].map(({ name, version }) => `${name}@${version}`)),
      )
      const changes = diffGraphs(...graphs, publicHosts())
      const side = (which: 'before' | 'after', other: ReadonlySet<string> | undefined): string[] => {
        const ids = changes.flatMap(({ name, [which]: locked }) =>
          locked === undefined ? [] : [`${name}@${locked.version}`],
        )
        return [...new Set(ids)].filter((id) => other?.has(id) !== true).sort()
      }
      expect({ added: side('after', had), removed: side('before', has) }).toEqual({
        added: [...expected.added].sort(),
        removed: [...expected.removed].sort(),
      })
    }
  })
})
