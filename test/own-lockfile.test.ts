import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parseNpmLockfile } from '../src/lockfile/npm/npm-lockfile.js'

const file = 'package-lock.json'
const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')

function ownGraph() {
  const parsed = parseNpmLockfile({ file, text, manifests: new Map() })
  if (!parsed.known) throw new Error(parsed.gap.detail)
  return parsed.value
}

describe('our own package-lock.json', () => {
  it('has an entry for all that its entries ask for, without which npm ci refuses it', () => {
    const graph = ownGraph()
    const askers = [...graph.roots, ...graph.entries.keys()]
    const missing = askers.flatMap((from) =>
      graph
        .requirementsOf(from)
        .filter(({ kind, name }) => kind !== 'peer-optional' && kind !== 'peer' && graph.resolve(from, name) === null)
        .map(({ name }) => `${typeof from === 'string' ? from : 'root'} > ${name}`),
    )

    expect(graph.entries.size).toBeGreaterThan(100)
    // `node .ci/complete-lockfile.js` adds what a registry that lacks other platforms' packages made npm leave out.
    expect(missing).toEqual([])
  })

  it('is well formed, takes everything from the registry, and pins it by sha512 but for platforms nobody here has seen', () => {
    const graph = ownGraph()
    const entries = [...graph.entries.values()]

    expect(graph.malformed).toEqual([])
    expect(entries.filter(({ source }) => source !== 'registry')).toEqual([])
    expect(
      entries.filter(({ integrity, optional }) => !integrity?.startsWith('sha512-') && !optional).map(({ key }) => key),
    ).toEqual([])
  })
})
