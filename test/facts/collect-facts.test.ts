import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { collectFacts } from '../../src/facts/collect-facts.js'
import type { FactSources } from '../../src/facts/fact-sources.js'
import type { FactName } from '../../src/facts/facts.js'
import { known } from '../../src/gap.js'
import type { PackageFacts } from '../../src/package/package-facts.js'
import type { PackageStore } from '../../src/store/package-store.js'
import { aDependencyChange } from '../builders/dependency-change.js'
import { aRegistry, type FakeRegistryOptions, offline, tarballGap } from '../builders/fake-registry.js'
import { integrityOf } from '../builders/lockfile.js'
import { aManifest } from '../builders/manifest.js'
import { aPackage } from '../builders/package-facts.js'

const everything: ReadonlySet<FactName> = new Set<FactName>(['package', 'previousPackage', 'integrity', 'manifest'])
const locked = integrityOf('left-pad@1.0.1')
const lockedBefore = integrityOf('left-pad@1.0.0')
const tarballs = { 'left-pad@1.0.0': 'left-pad@1.0.0', 'left-pad@1.0.1': 'left-pad@1.0.1' }

function aStore(...stored: readonly PackageFacts[]): PackageStore & { readonly facts: Map<string, PackageFacts> } {
  const facts = new Map(stored.map((each) => [each.integrity, each]))
  return {
    facts,
    get: async (integrity) => facts.get(integrity),
    put: async (each) => {
      facts.set(each.integrity, each)
    },
  }
}

function someSources(options: FakeRegistryOptions = {}, store = aStore()) {
  const registry = aRegistry({ manifest: (version) => known(stating(version)), ...options })
  const analyse = async (stream: Readable) => {
    const text = Buffer.concat(await stream.toArray()).toString()
    return aPackage({ integrity: integrityOf(text), manifest: { version: text.split('@').at(-1) ?? '' } })
  }
  const toolsFor = () => ({ build: false, release: false })
  return { registry, store, analyse, toolsFor } satisfies FactSources
}

const stating = (version: string) =>
  aManifest({ name: 'left-pad', version, integrity: integrityOf(`left-pad@${version}`) })

describe('collectFacts', () => {
  it('reads both tarballs of an upgrade, each verified against its locked integrity, and stores what they say', async () => {
    const sources = someSources({ tarballs })

    const { facts, gaps } = await collectFacts(aDependencyChange(), everything, sources)

    expect(gaps).toEqual([])
    expect(facts.package).toEqual(known(sources.store.facts.get(locked)))
    expect(facts.previousPackage).toEqual(known(sources.store.facts.get(lockedBefore)))
    expect(facts.integrity).toEqual(known({ locked, stated: locked, agreement: 'same' }))
    expect(sources.registry.asked.map(([label]) => label)).toEqual(['left-pad@1.0.1', 'left-pad@1.0.0'])
  })

  it('always knows what the policy says of a server by this name, and of services', async () => {
    const services = [{ service: 'mail', scopes: ['@mail'], repositories: [] }]
    const serverFor = (name: string) => ({ allow: [name], blockedPatterns: [] })
    const workspace = aDependencyChange({ after: { source: 'workspace' } })

    const { facts } = await collectFacts(workspace, everything, { ...someSources(), serverFor, services })
    const { facts: without } = await collectFacts(workspace, everything, someSources())

    expect([facts.allowance, facts.services]).toEqual([
      known({ allow: ['left-pad'], blockedPatterns: [] }),
      known(services),
    ])
    expect([without.allowance, without.services]).toEqual([known({ blockedPatterns: [] }), known([])])
  })

  it('asks for no tarball whose facts are stored under the locked integrity', async () => {
    const stored = aPackage({ integrity: locked })
    const sources = someSources({ tarballs }, aStore(stored, aPackage({ integrity: lockedBefore })))

    const { facts } = await collectFacts(aDependencyChange(), everything, sources)

    expect(facts.package).toEqual(known(stored))
    expect(sources.registry.asked).toEqual([])
  })

  it('never takes stored facts for a sha1 lock that the registry does not confirm', async () => {
    const sources = someSources(
      {
        tarballs,
        manifest: () => known({ ...aManifest(), integrity: locked }),
      },
      aStore(aPackage({ integrity: locked })),
    )

    await collectFacts(
      aDependencyChange({ before: null, after: { integrity: integrityOf('x', 'sha1') } }),
      everything,
      sources,
    )

    expect(sources.registry.asked.map(([label]) => label)).toEqual(['left-pad@1.0.1'])
  })

  it('does not download what the registry itself states otherwise than the lockfile', async () => {
    const sources = someSources({ tarballs })
    const change = aDependencyChange({ after: { integrity: integrityOf('evil') } })

    const { facts } = await collectFacts(change, everything, sources)

    expect(facts.integrity).toEqual(known({ locked: integrityOf('evil'), stated: locked, agreement: 'differs' }))
    expect(facts.package).toMatchObject({ known: false, gap: { code: 'integrity-unverified' } })
    expect(sources.registry.asked.map(([label]) => label)).toEqual(['left-pad@1.0.0'])
  })

  it('reports served bytes that are not the locked ones and throws away what they said', async () => {
    const gap = { ...tarballGap('left-pad@1.0.1'), code: 'integrity-unverified' as const }
    const sources = someSources({ mismatch: { served: integrityOf('evil'), gap } })

    const { facts } = await collectFacts(aDependencyChange({ before: null }), everything, sources)

    expect(facts.integrity).toEqual(
      known({ locked, stated: locked, servedInstead: integrityOf('evil'), agreement: 'differs' }),
    )
    expect(facts.package).toEqual({ known: false, gap })
    expect(sources.store.facts.size).toBe(0)
  })

  it('calls a previous tarball that is missing a gap that does not matter', async () => {
    const sources = someSources({ tarballs: { 'left-pad@1.0.1': 'left-pad@1.0.1' } })

    const { facts } = await collectFacts(aDependencyChange(), everything, sources)

    expect(facts.previousPackage).toMatchObject({
      known: false,
      gap: { code: 'previous-unavailable', package: 'left-pad@1.0.0', detail: '503 from registry.example' },
    })
    expect(facts.package?.valueOf()).toMatchObject({ known: true })
  })

  it('reports one cause once when the registry cannot be asked at all', async () => {
    const sources = someSources({ publication: offline('packument-unavailable', 'left-pad@1.0.1') })

    const { facts, gaps } = await collectFacts(aDependencyChange(), everything, sources)

    const gap = { code: 'packument-unavailable', package: 'left-pad@1.0.1', fact: 'packument', detail: 'offline' }
    expect(gaps).toEqual([gap])
    expect([facts.publication, facts.packument, facts.manifest, facts.integrity, facts.package]).toEqual(
      Array.from({ length: 5 }, () => ({ known: false, gap })),
    )
    expect(facts.previousPackage).toMatchObject({ gap: { code: 'previous-unavailable', detail: 'offline' } })
  })

  it('still reads what is stored under a locked sha512 when the registry cannot be asked, and keeps the gap', async () => {
    const stored = aPackage({ integrity: locked })
    const publication = offline('packument-unavailable', 'left-pad@1.0.1')
    const sources = someSources({ publication }, aStore(stored, aPackage({ integrity: lockedBefore })))

    const { facts, gaps } = await collectFacts(aDependencyChange(), everything, sources)

    expect(facts.package).toEqual(known(stored))
    expect(facts.previousPackage).toMatchObject({ known: true })
    expect(facts.manifest).toEqual(publication)
    expect(gaps).toMatchObject([{ code: 'packument-unavailable' }])
  })

  it('keeps a version that the registry does not know from counting as read', async () => {
    const sources = someSources({ publication: known({ state: 'version-absent' }) })

    const { facts, gaps } = await collectFacts(aDependencyChange(), everything, sources)

    expect(facts.publication).toEqual(known({ state: 'version-absent' }))
    expect(facts.package).toBe('not-applicable')
    expect(gaps).toEqual([
      {
        code: 'tarball-unavailable',
        package: 'left-pad@1.0.1',
        fact: 'package',
        detail: 'the registry does not know this version',
      },
    ])
  })

  it.each([
    ['git', 'git-source-unread'],
    ['url', 'tarball-unavailable'],
  ] as const)('fetches nothing for a %s source and says so', async (source, code) => {
    const sources = someSources({ tarballs })

    const { facts, gaps } = await collectFacts(aDependencyChange({ after: { source } }), everything, sources)

    expect(facts.package).toBe('not-applicable')
    expect(gaps).toMatchObject([{ code, package: 'left-pad@1.0.1' }])
    expect(sources.registry.asked).toEqual([])
  })

  it('calls the forge’s archive of a commit unread like the git source that it is, and any other address unavailable', async () => {
    const archive = `https://codeload.github.com/o/r/tar.gz/${'d'.repeat(40)}`
    const codesOf = async (resolved: string): Promise<string[]> => {
      const change = aDependencyChange({ after: { source: 'url', resolved } })
      return (await collectFacts(change, everything, someSources())).gaps.map(({ code }) => code)
    }
    expect([await codesOf(archive), await codesOf('https://files.example/a.tgz')]).toEqual([
      ['git-source-unread'],
      ['tarball-unavailable'],
    ])
  })

  it('needs nothing for a removed, a bundled or a linked package', async () => {
    const sources = someSources()
    const changes = [
      aDependencyChange({ after: null }),
      aDependencyChange({ bundled: true }),
      aDependencyChange({ after: { source: 'link' } }),
    ]

    const collections = await Promise.all(changes.map((change) => collectFacts(change, everything, sources)))

    expect(collections.map(({ facts, gaps }) => [facts.package, gaps])).toEqual(
      changes.map(() => ['not-applicable', []]),
    )
  })

  it('reads a tarball that lies in the repository, and calls one that is missing a gap', async () => {
    const vendored = { source: 'file', resolved: 'file:vendor/left-pad-1.0.1.tgz', integrity: locked } as const
    const change = aDependencyChange({ lockfile: 'web/package-lock.json', after: vendored })
    const repositoryTarball = async (path: string) =>
      path === 'web/vendor/left-pad-1.0.1.tgz' ? Readable.from([Buffer.from('left-pad@1.0.1')]) : undefined

    const read = await collectFacts(change, everything, { ...someSources(), repositoryTarball })
    const other = await collectFacts(
      aDependencyChange({
        lockfile: 'web/package-lock.json',
        after: { ...vendored, integrity: integrityOf('other') },
      }),
      everything,
      { ...someSources(), repositoryTarball },
    )
    const unread = await collectFacts(change, everything, someSources())

    expect(read.facts.package).toMatchObject({ known: true, value: { integrity: locked } })
    expect(unread.gaps).toMatchObject([{ code: 'tarball-unavailable', package: 'left-pad@1.0.1' }])
    expect(other.gaps).toMatchObject([{ code: 'integrity-unverified', package: 'left-pad@1.0.1' }])
    expect(other.facts.package).toBe('not-applicable')
  })
})
