import type { Foreign } from '../../foreign.js'
import { foreign } from '../../foreign.js'
import type { Capability, Place, Sighting } from '../../package/code/file-code.js'
import { type AnalysedFile, type Reach, type When, whenOf } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { type Evidence, type Severity, severities } from '../rule.js'

/** A file of code whose bytes the version before did not have under any path. */
export interface ChangedFile extends AnalysedFile {
  /** What stood at the same path before; absent where nothing did, or nothing that had anything to say. */
  readonly before?: AnalysedFile
  /** No file stood at this path before, whatever was in it. */
  readonly isNew: boolean
}

/** The files of code that this version brings; all of them where there is no version before. */
export function changedCode(now: PackageFacts, previous: PackageFacts | undefined): readonly ChangedFile[] {
  const bytesBefore = new Set((previous?.files ?? []).map(({ sha256 }) => sha256))
  const pathsBefore = new Set((previous?.files ?? []).map(({ path }) => path))
  const codeBefore = new Map((previous?.code?.files ?? []).map((file) => [file.path, file]))
  const bytesNow = new Map(now.files.map(({ path, sha256 }) => [path, sha256]))
  return (now.code?.files ?? [])
    .filter(({ path }) => !bytesBefore.has(bytesNow.get(path) ?? ''))
    .map((file) => {
      const before = codeBefore.get(file.path)
      return { ...file, ...(before && { before }), isNew: !pathsBefore.has(file.path) }
    })
}

/** A sighting with the file that it is in and the moment at which it runs. */
export interface SightingAt extends Sighting {
  readonly file: string
  readonly reach: Reach
  readonly when: When
}

/** All places of a package with one of the abilities, files that did not change included. */
export function sightingsOf(facts: PackageFacts, abilities: ReadonlySet<Capability>): readonly SightingAt[] {
  return (facts.code?.files ?? []).flatMap((file) => sightingsIn(file, abilities))
}

export function sightingsIn(file: AnalysedFile, abilities: ReadonlySet<Capability>): readonly SightingAt[] {
  return file.code.sightings
    .filter(({ capability }) => abilities.has(capability))
    .map((sighting) => ({ ...sighting, file: file.path, reach: file.reach, when: whenOf(file, sighting) }))
}

/** What runs on install or on load runs whether or not anybody calls it: one step more, up to critical. */
export function severityWhen(severity: Severity, when: When): Severity {
  if (when === 'call') return severity
  return severities[Math.min(severities.indexOf(severity) + 1, severities.length - 1)] ?? severity
}

/** Earliest first: what runs on install before what runs on load before what is called. */
export const byWhen = (one: { readonly when: When }, other: { readonly when: When }): number =>
  moments.indexOf(one.when) - moments.indexOf(other.when)

const moments: readonly When[] = ['install', 'load', 'call']

/** Evidence that points to a place in a file of the package. */
export function evidenceAt(
  label: string,
  value: string,
  { file, line, column }: Place & { readonly file: string },
): Evidence {
  const shown: Foreign = foreign(value)
  return { label, value: shown, file, line, column }
}
