import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import cacache from 'cacache'
import { collectFacts } from '../../src/facts/collect-facts.js'
import type { FactSources } from '../../src/facts/fact-sources.js'
import type { CollectedFact, CollectedFacts, FactName, Facts } from '../../src/facts/facts.js'
import { lockedAt } from '../../src/load-package.js'
import type { DependencyChange } from '../../src/lockfile/dependency-change.js'
import { analysePackage } from '../../src/package/analyse-package.js'
import type { CodeAnalyser } from '../../src/package/code/code-analyser.js'
import { memoAnalyser } from '../../src/package/code/memo-analyser.js'
import type { Registry } from '../../src/registry/registry.js'
import type { PackageStore } from '../../src/store/package-store.js'
import type { CaseFacts } from './case-facts.js'
import { type CorpusCase, labelOf } from './corpus-case.js'

export interface CorpusSources {
  readonly registry: Registry
  readonly code: CodeAnalyser
  /** Of one run: many a version is both the end of an upgrade and an addition. */
  readonly store: PackageStore
}

/** What a review would learn of a case. Throws where the registry does not have all of it: then the case is wrong. */
export async function readCase(one: CorpusCase, { registry, code, store }: CorpusSources): Promise<CaseFacts> {
  const shared = memoAnalyser(code)
  const sources: FactSources = {
    registry,
    store,
    analyse: (stream, signal) => analysePackage(stream, signal, { code: shared }),
    toolsFor: () => ({ build: false, release: false }),
  }
  const { facts } = await collectFacts(askedFor(one), new Set(['previousPackage']), sources)
  const learnt = <N extends FactName>(name: N): Facts[N] => factOf(facts, name, labelOf(one))
  return {
    package: learnt('package'),
    ...(one.before !== undefined && { previousPackage: learnt('previousPackage') }),
    manifest: learnt('manifest'),
    versions: learnt('packument').versions,
  }
}

function factOf<N extends FactName>(facts: CollectedFacts, name: N, label: string): Facts[N] {
  const fact: CollectedFact<N> | undefined = facts[name]
  if (fact === undefined || fact === 'not-applicable') throw new Error(`${label}: the registry has no ${name}`)
  if (!fact.known) throw new Error(`${label}: ${name}: ${fact.gap.code}: ${fact.gap.detail}`)
  return fact.value
}

/** Nothing is locked yet: the registry's own statement is what the bytes are held against. */
const askedFor = ({ name, before, after }: CorpusCase): DependencyChange => ({
  kind: before === undefined ? 'added' : 'upgraded',
  lockfile: 'package-lock.json',
  manager: 'npm',
  name,
  ...(before !== undefined && { before: lockedAt(before) }),
  after: lockedAt(after),
  beforeStays: false,
  direct: true,
  dev: false,
  optional: false,
  bundled: false,
  paths: [[name]],
})

/**
 * Takes tarballs out of npm's cache, by their integrity, before it asks for them; what was fetched goes there. Analysis starts when all
 * is there, so that a busy machine is not taken for a slow registry.
 */
export function withTarballCache(registry: Registry, folder: string): Registry {
  return {
    expectations: registry.expectations,
    publication: (reference, signal) => registry.publication(reference, signal),
    packument: (name, signal) => registry.packument(name, signal),
    versions: (name, signal) => registry.versions(name, signal),
    manifest: (reference, signal) => registry.manifest(reference, signal),
    attestations: (reference, signal) => registry.attestations(reference, signal),
    keptBuild: (reference, by) => registry.keptBuild(reference, by),
    keepBuild: (reference, by, build) => registry.keepBuild(reference, by, build),
    signingKeys: (name, signal) => registry.signingKeys(name, signal),
    namesake: (name, signal) => registry.namesake(name, signal),
    async tarball(reference, integrity, consume, signal) {
      const cached = integrity === undefined ? undefined : await readCached(folder, integrity)
      if (cached !== undefined) return { kind: 'verified', value: await consume(Readable.from([cached])) }
      const fetched = await registry.tarball(reference, integrity, (stream) => buffer(stream), signal)
      if (fetched.kind !== 'verified') return fetched
      await cacache.put(folder, `lockwarden:corpus:${reference.name}@${reference.version}`, fetched.value)
      return { kind: 'verified', value: await consume(Readable.from([fetched.value])) }
    },
  }
}

/** Undefined where it is absent or damaged: then it is fetched, and what is fetched is verified by itself. */
const readCached = (folder: string, integrity: string): Promise<Buffer | undefined> =>
  cacache.get.byDigest(folder, integrity).catch(() => undefined)
