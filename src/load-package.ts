import { basename } from 'node:path'
import npa from 'npm-package-arg'
import semver from 'semver'
import { collectFacts } from './facts/collect-facts.js'
import { contentGaps } from './facts/content-gaps.js'
import type { FactSources } from './facts/fact-sources.js'
import type { CollectedFacts } from './facts/facts.js'
import { type Gap, known, matters } from './gap.js'
import type { DependencyChange, Locked } from './lockfile/dependency-change.js'
import type { PackageFacts } from './package/package-facts.js'
import { readLocalPackage } from './package/read-local-package.js'
import { TarballInvalid } from './package/tarball-invalid.js'
import type { Packument } from './registry/registry-facts.js'

/** One package that a person named, and what could be learnt about it. */
export interface LoadedPackage {
  readonly name: string
  readonly version: string
  /** Absent where its content could not be read; then `gaps` say why. */
  readonly content?: PackageFacts
  readonly facts: CollectedFacts
  readonly gaps: readonly Gap[]
}

/** What was named is not a package that can be read: the text is for the person who typed it. */
export class SpecifierError extends Error {}

/**
 * `name@version`, `name@tag`, `name@range`, a .tgz file or a folder. Throws SpecifierError for anything else, and for a
 * name or version that does not exist; what exists and cannot be read is a gap.
 */
export async function loadPackage(specifier: string, cwd: string, sources: FactSources): Promise<LoadedPackage> {
  const parsed = parseSpecifier(specifier, cwd)
  switch (parsed.type) {
    case 'file':
    case 'directory':
      return loadLocal(parsed.fetchSpec ?? specifier, sources)
    case 'version':
    case 'range':
    case 'tag':
      return loadPublished(parsed.name ?? '', parsed.fetchSpec ?? '', sources)
    default:
      throw new SpecifierError(
        `${specifier} is a ${parsed.type} source, which is not fetched: name a version, file or folder`,
      )
  }
}

function parseSpecifier(specifier: string, cwd: string): npa.Result {
  if (specifier.trim() === '') throw new SpecifierError('an empty text names no package')
  try {
    return npa(specifier, cwd)
  } catch (error) {
    throw new SpecifierError(error instanceof Error ? error.message : String(error))
  }
}

async function loadLocal(path: string, { analyse, signal }: FactSources): Promise<LoadedPackage> {
  try {
    const content = await analyse(await readLocalPackage(path), signal)
    const { name = basename(path), version = '' } = content.manifest
    return { name, version, content, facts: { package: known(content) }, gaps: [] }
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof TarballInvalid) {
      const gap: Gap = { code: 'tarball-invalid', file: path, fact: 'package', detail: error.message }
      return { name: basename(path), version: '', facts: {}, gaps: [gap] }
    }
    if (isSystemError(error)) throw new SpecifierError(`${path} cannot be read (${error.code})`)
    throw error
  }
}

async function loadPublished(name: string, wanted: string, sources: FactSources): Promise<LoadedPackage> {
  const publication = await sources.registry.publication({ name, version: wanted }, sources.signal)
  if (publication.known && publication.value.state === 'name-absent') {
    throw new SpecifierError(`the registry has no package named ${name}`)
  }
  const packument = await sources.registry.packument(name, sources.signal)
  if (!packument.known) {
    return { name, version: wanted, facts: {}, gaps: [packument.gap] }
  }
  const version = pickVersion(packument.value, wanted)
  if (version === undefined) throw new SpecifierError(`the registry has no ${name}@${wanted}`)
  const { facts, gaps } = await collectFacts(asAdded(name, version), new Set(), sources)
  const content = facts.package
  if (content === undefined || content === 'not-applicable') return { name, version, facts, gaps }
  return content.known
    ? { name, version, content: content.value, facts, gaps }
    : { name, version, facts, gaps: [...gaps, content.gap] }
}

/** As npm picks: an exact version, a tag, else the highest that the range allows, `latest` first. */
function pickVersion({ versions, distTags }: Packument, wanted: string): string | undefined {
  if (versions.includes(wanted)) return wanted
  if (Object.hasOwn(distTags, wanted)) return distTags[wanted]
  const latest = Object.hasOwn(distTags, 'latest') ? distTags.latest : undefined
  if (wanted === '*' || wanted === '') return latest
  if (latest !== undefined && semver.satisfies(latest, wanted)) return latest
  return semver.maxSatisfying([...versions], wanted) ?? undefined
}

/** Nothing is locked for what a person named: the registry's own statement is what its bytes are held against. */
const asAdded = (name: string, version: string): DependencyChange => ({
  kind: 'added',
  lockfile: '',
  manager: 'npm',
  name,
  after: lockedAt(version),
  beforeStays: false,
  direct: true,
  dev: false,
  optional: false,
  bundled: false,
  paths: [[name]],
})

/** As it would be installed from a registry, also where it lies on disk: of a published package no `prepare` runs. */
export const lockedAt = (version: string): Locked => ({ key: '', version, source: 'registry' })

/** Whether something about it that matters stayed unknown. */
export const isIncomplete = ({ content, gaps }: LoadedPackage): boolean =>
  content === undefined || contentGaps('', content).length > 0 || gaps.some(matters)

const isSystemError = (error: unknown): error is { readonly code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
