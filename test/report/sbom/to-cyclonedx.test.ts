import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { listComponents } from '../../../src/list-components.js'
import { toCycloneDx } from '../../../src/report/sbom/to-cyclonedx.js'
import { sbomReader } from '../../../src/repository/sbom/read-sbom.js'
import { cycloneDxErrors, schemaDigests } from '../../builders/cyclonedx-schema.js'
import { aPackageLock, integrityOf } from '../../builders/lockfile.js'
import { lockfileNames, writeLockfile, writtenFormats } from '../../builders/lockfile-writers.js'
import { aSnapshot } from '../../builders/memory-snapshot.js'

const errorsOf = cycloneDxErrors()
const commit = 'de0fac2e4500dabe0009e67214ff5f5447ce83dd'

/** The library's words for what is read here. */
interface WrittenComponent {
  readonly name: string
  readonly group?: string
  readonly version?: string
  readonly 'bom-ref': string
  readonly purl?: string
  readonly scope?: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly properties?: readonly { readonly name: string; readonly value: string }[]
}
interface WrittenBom {
  readonly metadata: { readonly timestamp?: string; readonly component?: WrittenComponent }
  readonly serialNumber?: string
  readonly components: readonly WrittenComponent[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[]
}

async function textOf(files: Readonly<Record<string, string>>, now?: Date): Promise<string> {
  const { projects } = await listComponents({ head: aSnapshot(files), defaultHosts: [] })
  const { graphs, manifests } = projects.head
  return toCycloneDx({ changes: projects.changes, graphs, manifests, version: '0.1.0', ...(now && { now }) })
}

const bomOf = async (files: Readonly<Record<string, string>>, now?: Date): Promise<WrittenBom> =>
  JSON.parse(await textOf(files, now)) as WrittenBom

const lockOf = (packages: Record<string, string | Record<string, unknown>>) => ({
  'package-lock.json': aPackageLock({ packages }),
})

describe('toCycloneDx', () => {
  it('is tested against the schemas whose digests are on record', () => {
    const record = readFileSync(new URL('../../fixtures/cyclonedx/README.md', import.meta.url), 'utf8')
    expect(schemaDigests().filter((digest) => !record.includes(digest))).toEqual([])
  })

  it('is refused by the schema where a key is none of CycloneDX', async () => {
    const bom = await bomOf(lockOf({ a: '1.0.0' }))
    expect(errorsOf(JSON.stringify(bom))).toEqual([])
    expect(errorsOf(JSON.stringify({ ...bom, more: 1 }))).not.toEqual([])
    expect(errorsOf(JSON.stringify({ ...bom, components: [{ type: 'none', name: 'a' }] }))).not.toEqual([])
  })

  it('writes a component with its hash in hexadecimal, its scope, and a purl whose scope is encoded', async () => {
    const { components } = await bomOf(lockOf({ '@acme/a': '1.0.0+build.1' }))
    const integrity = integrityOf('@acme/a@1.0.0+build.1')
    expect(components).toEqual([
      {
        type: 'library',
        group: '@acme',
        name: 'a',
        version: '1.0.0+build.1',
        'bom-ref': 'pkg:npm/%40acme/a@1.0.0%2Bbuild.1',
        purl: 'pkg:npm/%40acme/a@1.0.0%2Bbuild.1',
        scope: 'required',
        hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice(7), 'base64').toString('hex') }],
      },
    ])
  })

  it('says of git and of addresses where they come from, without who may fetch them', async () => {
    const { components } = await bomOf(
      lockOf({
        a: {
          version: '1.0.0',
          resolved: `git+https://user:secret@git.example/o/a.git#${commit}`,
          integrity: undefined,
        },
        b: { version: '1.0.0', resolved: 'https://user:secret@files.example/b.tgz?x=1' },
        c: { version: '1.0.0', resolved: `git+ssh://git@git.example/o/c.git#${commit}`, integrity: undefined },
      }),
    )
    expect(components.map(({ purl }) => purl)).toEqual([
      `pkg:npm/a@1.0.0?vcs_url=git%2Bhttps%3A%2F%2Fgit.example%2Fo%2Fa%40${commit}`,
      'pkg:npm/b@1.0.0',
      `pkg:npm/c@1.0.0?vcs_url=git%2Bhttps%3A%2F%2Fgit.example%2Fo%2Fc%40${commit}`,
    ])
  })

  it('tells development, optional and bundled packages from those that are always there', async () => {
    const { components } = await bomOf(
      lockOf({
        a: { version: '1.0.0', dependencies: { d: '1.0.0' }, bundleDependencies: ['d'] },
        b: { version: '1.0.0', dev: true },
        c: { version: '1.0.0', optional: true },
        'node_modules/a/node_modules/d': {
          version: '1.0.0',
          inBundle: true,
          resolved: undefined,
          integrity: undefined,
        },
      }),
    )
    expect(components.map(({ name, scope, properties }) => [name, scope, properties?.map((one) => one.name)])).toEqual([
      ['a', 'required', undefined],
      ['b', 'excluded', ['cdx:npm:package:development']],
      ['c', 'optional', undefined],
      ['d', 'required', ['cdx:npm:package:bundled']],
    ])
  })

  it('says who needs whom, the repository first, as npm resolves it', async () => {
    const { metadata, dependencies } = await bomOf({
      'package.json': '{"name": "project", "version": "2.0.0", "dependencies": {"a": "1.0.0", "b": "2.0.0"}}',
      'package-lock.json': aPackageLock({
        dependencies: { a: '1.0.0', b: '2.0.0' },
        packages: {
          a: { version: '1.0.0', dependencies: { b: '^1.0.0' } },
          b: '2.0.0',
          'node_modules/a/node_modules/b': '1.0.0',
        },
      }),
    })
    expect(metadata.component).toEqual({
      type: 'application',
      name: 'project',
      version: '2.0.0',
      'bom-ref': 'root:.',
    })
    expect(dependencies).toEqual([
      { ref: 'pkg:npm/a@1.0.0', dependsOn: ['pkg:npm/b@1.0.0'] },
      { ref: 'pkg:npm/b@1.0.0' },
      { ref: 'pkg:npm/b@2.0.0' },
      { ref: 'root:.', dependsOn: ['pkg:npm/a@1.0.0', 'pkg:npm/b@2.0.0'] },
    ])
  })

  it('lists workspaces as what they are: the repository’s own', async () => {
    const { components, dependencies } = await bomOf({
      'package.json': '{"name": "project", "workspaces": ["packages/*"]}',
      'packages/w/package.json': '{"name": "@acme/w", "version": "3.0.0", "dependencies": {"a": "1.0.0"}}',
      'package-lock.json': aPackageLock({
        workspaces: ['packages/*'],
        packages: {
          'node_modules/@acme/w': { resolved: 'packages/w', link: true },
          'packages/w': { name: '@acme/w', version: '3.0.0', dependencies: { a: '1.0.0' } },
          a: '1.0.0',
        },
      }),
    })
    expect(components.map((one) => [one['bom-ref'], one.group, one.name, one.version, one.purl])).toEqual([
      ['pkg:npm/a@1.0.0', undefined, 'a', '1.0.0', 'pkg:npm/a@1.0.0'],
      ['root:packages/w', '@acme', 'w', '3.0.0', undefined],
    ])
    expect(dependencies).toContainEqual({ ref: 'root:packages/w', dependsOn: ['pkg:npm/a@1.0.0'] })
  })

  it('lists a package of several lockfiles once, and twice where they lock other bytes', async () => {
    const other = { a: '1.0.0', b: { version: '1.0.0', integrity: integrityOf('other bytes') } }
    const { components } = await bomOf({
      'package-lock.json': aPackageLock({ packages: { a: { version: '1.0.0', dev: true }, b: '1.0.0' } }),
      'docs/package-lock.json': aPackageLock({ packages: other }),
    })
    expect(components.map((one) => [one['bom-ref'], one.scope])).toEqual([
      ['pkg:npm/a@1.0.0', 'required'],
      ['pkg:npm/b@1.0.0', 'required'],
      ['pkg:npm/b@1.0.0#docs/package-lock.json', 'required'],
      ['root:docs', undefined],
    ])
  })

  it('gives the same bytes each time, without a number of its own, and a time only where one is given', async () => {
    const files = lockOf({ b: '1.0.0', a: '1.0.0' })
    const bom = await bomOf(files)
    expect(await textOf(files)).toBe(await textOf(lockOf({ a: '1.0.0', b: '1.0.0' })))
    expect([bom.serialNumber, bom.metadata.timestamp]).toEqual([undefined, undefined])
    const dated = await textOf(files, new Date('2026-11-20T12:00:00Z'))
    expect([(JSON.parse(dated) as WrittenBom).metadata.timestamp, errorsOf(dated)]).toEqual([
      '2026-11-20T12:00:00.000Z',
      [],
    ])
  })

  for (const format of writtenFormats) {
    it(`is valid for a lockfile of ${format}`, async () => {
      const project = { dependencies: { '@acme/a': '1.0.0' }, packages: { '@acme/a': { version: '1.0.0' } } }
      const text = await textOf({
        'package.json': `${JSON.stringify({ name: 'project', dependencies: project.dependencies })}\n`,
        [lockfileNames[format]]: writeLockfile(format, project),
      })
      expect(errorsOf(text)).toEqual([])
      const { components, dependencies } = JSON.parse(text) as WrittenBom
      expect(components.map(({ purl, scope }) => [purl, scope])).toEqual([['pkg:npm/%40acme/a@1.0.0', 'required']])
      expect(dependencies).toContainEqual({ ref: 'root:.', dependsOn: ['pkg:npm/%40acme/a@1.0.0'] })
    })
  }

  it('is read back as the components that the lockfile installs', async () => {
    const text = await textOf(lockOf({ '@acme/a': '1.0.0', b: '2.0.0-rc.1+x' }))
    const read = sbomReader.read('bom.json', text, () => false)
    expect(read.sboms?.map(({ components }) => [...components].sort())).toEqual([['@acme/a@1.0.0', 'b@2.0.0-rc.1+x']])
  })

  const hostile = '\u202e<script>\u0007'
  it('lets no invisible character of a lockfile out', async () => {
    const text = await textOf(lockOf({ a: { version: `1.0.0${hostile}`, resolved: undefined } }))
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(errorsOf(text)).toEqual([])
  })
})
