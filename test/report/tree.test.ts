import { describe, expect, it } from '@jest/globals'
import type { DependencyChange } from '../../src/lockfile/dependency-change.js'
import { treeText } from '../../src/report/audit-text.js'
import { buildTree, type Tree } from '../../src/report/tree.js'
import { installing } from '../builders/audited.js'
import { aDependencyChange, type DependencyChangeOverrides } from '../builders/dependency-change.js'

const added = (overrides: DependencyChangeOverrides = {}): DependencyChange =>
  aDependencyChange({ before: null, ...overrides })

const none: Tree = {
  packages: 0,
  installScripts: [],
  withIntegrity: 0,
  withoutIntegrity: 0,
  provenance: { direct: 0, attested: 0, unknown: 0 },
  sbom: { state: 'absent', files: [] },
}

describe('buildTree', () => {
  it('counts nothing where nothing is installed', () => {
    expect(buildTree([], [], [])).toEqual(none)
  })

  it('counts a package once, however many lockfiles and copies hold it', () => {
    const packages = [
      { change: added(), entry: { installScripts: true, provenance: true } },
      { change: added({ lockfile: 'docs/yarn.lock', manager: 'yarn', direct: false }) },
      { change: added({ after: { version: '2.0.0' } }), entry: { installScripts: false, provenance: false } },
    ]
    expect(buildTree(packages, [], [])).toEqual({
      ...none,
      packages: 2,
      installScripts: ['left-pad@1.0.1'],
      withIntegrity: 2,
      provenance: { direct: 2, attested: 1, unknown: 0 },
    })
  })

  it('counts a package as not locked by a hash where one of its lockfiles has none', () => {
    const packages = [{ change: added() }, { change: added({ lockfile: 'docs/x', after: { integrity: undefined } }) }]
    const { withIntegrity, withoutIntegrity } = buildTree(packages, [], [])
    expect({ withIntegrity, withoutIntegrity }).toEqual({ withIntegrity: 0, withoutIntegrity: 1 })
  })

  it("takes berry's checksum for a hash, and asks for none of what comes inside another tarball", () => {
    const packages = [
      { change: added({ name: 'a', after: { integrity: undefined, checksum: '10c0/ab' } }) },
      { change: added({ name: 'b', bundled: true, direct: false, after: { integrity: undefined } }) },
    ]
    expect(buildTree(packages, [], [])).toMatchObject({ packages: 2, withIntegrity: 1, withoutIntegrity: 0 })
  })

  it('leaves out what MCP servers fetch by themselves, and asks git for no provenance', () => {
    const packages = [
      { change: added({ manager: 'mcp', lockfile: '.mcp.json' }) },
      { change: added({ name: 'b', after: { source: 'git' } }) },
    ]
    expect(buildTree(packages, [], [])).toEqual({ ...none, packages: 1, withoutIntegrity: 1 })
  })

  it('says that provenance is unknown where nothing was learnt of it', () => {
    const packages = [{ change: added() }, { change: added({ name: 'b' }), entry: { installScripts: false } }]
    expect(buildTree(packages, [], []).provenance).toEqual({ direct: 2, attested: 0, unknown: 2 })
  })

  it('holds each bill of materials of the repository against its lockfile', () => {
    const bom = (components: readonly string[]) =>
      ({ file: 'bom.json', format: 'cyclonedx', components: new Set(components) }) as const
    const stateOf = (components: readonly string[]) => buildTree([], [bom(components)], [installing()]).sbom
    expect([stateOf(['left-pad@1.0.0']), stateOf(['left-pad@0.9.0']), stateOf([])]).toEqual([
      { state: 'current', files: ['bom.json'] },
      { state: 'stale', files: ['bom.json'] },
      { state: 'absent', files: [] },
    ])
  })
})

describe('treeText', () => {
  it('is one sentence where nothing is installed', () => {
    expect(treeText(none)).toBe('No lockfile here installs anything.')
  })

  it('names a dozen of the packages that run something, and counts the others', () => {
    const installScripts = Array.from({ length: 14 }, (_, i) => `p${i}@1.0.0`)
    const text = treeText({ ...none, packages: 20, installScripts, withIntegrity: 20 })
    expect(text).toMatch(
      /^Of 20 packages 14 run install scripts: p0@1\.0\.0, .*, p11@1\.0\.0 and 2 more\. All are locked by a hash\./,
    )
  })

  it('says where the registry keeps no record of provenance', () => {
    const provenance = { direct: 2, attested: 0, unknown: 2 }
    const sbom = { state: 'current', files: ['a.cdx.json', 'b.cdx.json'] } as const
    expect(treeText({ ...none, packages: 2, withIntegrity: 1, withoutIntegrity: 1, provenance, sbom })).toBe(
      'Of 2 packages none runs an install script. 1 is locked by a hash, 1 is not. This registry does not say whether the direct dependencies have provenance. Its bills of materials (a.cdx.json, b.cdx.json) agree with the lockfiles.',
    )
  })
})
