import { createHash } from 'node:crypto'
import type { FileCode } from '../../src/package/code/file-code.js'
import type { AnalysedFile, PackageFlow } from '../../src/package/code/package-code.js'
import type { FileFacts, PackageFacts } from '../../src/package/package-facts.js'
import type { RegistryManifest } from '../../src/registry/registry-facts.js'

/** What a review would know of a case, but for what only the registry of origin says: dates, publishers, attestations. */
export interface CaseFacts {
  readonly package: PackageFacts
  /** Absent for a first addition. */
  readonly previousPackage?: PackageFacts
  readonly manifest: RegistryManifest
  /** All that the registry has. */
  readonly versions: readonly string[]
}

/** Characters of a sha256 that are kept: enough for the files of two versions to differ. */
const digestCharacters = 12
const excerptCharacters = 6

/**
 * Leaves away what no rule decides by: how the code looks around a place (but whether it looks as before), most of each digest, and the
 * outline of files that did not change. What is left gives the same findings, which `npm run corpus -- --update` makes sure of.
 */
export function trimFacts(facts: CaseFacts): CaseFacts {
  const { package: now, previousPackage: before } = facts
  const bytesBefore = new Set(before?.files.map(({ sha256 }) => sha256))
  const bytesNow = new Set(now.files.map(({ sha256 }) => sha256))
  return {
    ...facts,
    package: trimPackage(now, before === undefined ? undefined : bytesBefore),
    ...(before && { previousPackage: trimPackage(before, bytesNow) }),
  }
}

/** `others`: the digests of the other version's files, where there is one. */
function trimPackage(facts: PackageFacts, others: ReadonlySet<string> | undefined): PackageFacts {
  const changed = new Set(
    facts.files.filter(({ sha256 }) => others !== undefined && !others.has(sha256)).map(({ path }) => path),
  )
  const { code } = facts
  return {
    ...facts,
    files: facts.files.map(trimFile),
    ...(code && {
      code: {
        ...code,
        files: code.files.map((file) => trimCode(file, changed.has(file.path))),
        flows: code.flows.map(trimFlow),
      },
    }),
  }
}

const trimFile = (file: FileFacts): FileFacts => ({ ...file, sha256: file.sha256.slice(0, digestCharacters) })

function trimCode(file: AnalysedFile, hasChanged: boolean): AnalysedFile {
  // Ways between modules were followed when the package was read.
  const { flowPieces: _, ...code } = file.code
  const kept: FileCode = {
    ...code,
    sightings: code.sightings.map(withExcerptDigest),
    literals: code.literals.map(withoutExcerpt),
    hidden: code.hidden.map(withoutExcerpt),
    flows: code.flows.map((flow) => ({
      ...flow,
      source: withExcerptDigest(flow.source),
      sink: withExcerptDigest(flow.sink),
    })),
    ...(!hasChanged && { shape: { cuts: [] } }),
  }
  return { ...file, code: kept }
}

const trimFlow = (flow: PackageFlow): PackageFlow => ({
  ...flow,
  source: withExcerptDigest(flow.source),
  sink: withExcerptDigest(flow.sink),
})

const withoutExcerpt = <T extends { readonly excerpt: string }>(place: T): T => ({ ...place, excerpt: '' })

/** Code that moved is told by how it was written, whatever its blanks. */
const withExcerptDigest = <T extends { readonly excerpt: string }>(place: T): T => ({
  ...place,
  excerpt: createHash('sha256')
    .update(place.excerpt.replace(/\s+/g, ''))
    .digest('base64url')
    .slice(0, excerptCharacters),
})
