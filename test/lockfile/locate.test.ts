import { describe, expect, it } from '@jest/globals'
import type { Anchor, Location } from '../../src/lockfile/anchor.js'
import { locate } from '../../src/lockfile/locate.js'
import { aGraphOf } from '../builders/dependency-graph.js'
import { aPackageLock } from '../builders/lockfile.js'

const manifest =
  '{\n  "name": "a",\n  "scripts": { "b": "x" },\n  "devDependencies": {\n    "b": "1"\n  },\n  "dependencies": {\n    "a": "^1",\n    "b": "2"\n  }\n}\n'
const text = aPackageLock({ packages: { a: { version: '1.0.0', integrity: undefined } } })

const locationOf = (anchor: Anchor): Location | null =>
  locate(anchor, {
    graphs: new Map([['package-lock.json', aGraphOf(text)]]),
    manifests: new Map([['package.json', manifest]]),
    has: (path) => ['package-lock.json', 'package.json', 'other.json'].includes(path),
  })

const lineOf = (part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1

describe('locate', () => {
  it('finds an entry, its field, and the entry where the field is missing', () => {
    const anchor = { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/a' } as const
    const entry = { file: 'package-lock.json', line: lineOf('"node_modules/a"') }
    expect(locationOf(anchor)).toEqual(entry)
    expect(locationOf({ ...anchor, field: 'resolved' })).toEqual({ ...entry, line: lineOf('"resolved"') })
    expect(locationOf({ ...anchor, field: 'integrity' })).toEqual(entry)
  })

  it('leaves the file for an entry that head does not have', () => {
    const anchor = { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/gone' } as const
    expect(locationOf(anchor)).toEqual({ file: 'package-lock.json' })
  })

  it('finds a dependency in its section and nowhere else', () => {
    const anchor = { kind: 'dependency', manifest: 'package.json', name: 'b' } as const
    expect(locationOf(anchor)).toEqual({ file: 'package.json', line: 9 })
    expect(locationOf({ ...anchor, name: 'a' })).toEqual({ file: 'package.json', line: 8 })
    expect(locationOf({ ...anchor, name: 'scripts' })).toEqual({ file: 'package.json' })
  })

  it('passes lines and files on, and knows what head does not have', () => {
    expect(locationOf({ kind: 'line', file: 'other.json', line: 7 })).toEqual({ file: 'other.json', line: 7 })
    expect(locationOf({ kind: 'file', file: 'other.json' })).toEqual({ file: 'other.json' })
    expect(locationOf({ kind: 'file', file: 'gone.json' })).toBe(null)
  })
})
