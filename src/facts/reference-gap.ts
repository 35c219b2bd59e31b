import { type Gap, type GapCode, unknown } from '../gap.js'
import type { PackageReference } from '../registry/registry.js'
import type { Facts } from './facts.js'

/** What is not known of one version. */
export const gap = (reference: PackageReference, code: GapCode, detail: string, fact: keyof Facts): Gap => ({
  code,
  // A git source of an old npm lockfile states no version.
  package: reference.version === '' ? reference.name : `${reference.name}@${reference.version}`,
  fact,
  detail,
})

/** The same as a fact. */
export const gapOf = (reference: PackageReference, code: GapCode, detail: string, fact: keyof Facts = 'package') =>
  unknown(gap(reference, code, detail, fact))
