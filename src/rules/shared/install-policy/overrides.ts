import { compare, minVersion, validRange } from 'semver'
import type { InstallSettings, Place } from '../../../repository/posture/posture-state.js'
import { memberAt, membersOf, type PlacedValue } from '../../../repository/settings/placed-value.js'

/** One package that a setting puts in the place of what others ask for. */
export interface Override extends Place {
  /** What it holds for, as written: `a`, `b>a`, `a@^1`. */
  readonly selector: string
  readonly specifier: string
}

export interface OverrideMove extends Override {
  readonly before?: string
  readonly why: 'leaves the registry' | 'goes back'
}

const paths: readonly (readonly [InstallSettings['format'], string])[] = [
  ['manifest', 'overrides'],
  ['manifest', 'resolutions'],
  ['manifest', 'pnpm.overrides'],
  ['pnpm-workspace', 'overrides'],
]

/** Overrides that are new or other than base's, where they lead out of the registry or below what base's asked for; others only move versions, which the lockfile shows. */
export function compareOverrides(
  before: readonly InstallSettings[],
  after: readonly InstallSettings[],
): readonly OverrideMove[] {
  const was = new Map(overridesOf(before).map((one) => [one.selector, one.specifier]))
  return overridesOf(after).flatMap((one): OverrideMove[] => {
    const old = was.get(one.selector)
    if (old === one.specifier) return []
    const moved = { ...one, ...(old !== undefined && { before: old }) }
    if (leavesRegistry(one.specifier)) return [{ ...moved, why: 'leaves the registry' }]
    return old !== undefined && goesBack(old, one.specifier) ? [{ ...moved, why: 'goes back' }] : []
  })
}

function overridesOf(files: readonly InstallSettings[]): readonly Override[] {
  return files.flatMap(({ file, format, values }) =>
    paths.flatMap(([wanted, path]) => (wanted === format ? flatten(file, memberAt(values, path)?.value) : [])),
  )
}

/** npm nests what holds only below a package; `.` is that package itself. */
function flatten(file: string, root: PlacedValue | undefined): readonly Override[] {
  const found: Override[] = []
  const open: { readonly prefix: string; readonly value: PlacedValue | undefined }[] = [{ prefix: '', value: root }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [key, { line, value }] of membersOf(next.value)) {
      const selector = key === '.' ? next.prefix : [next.prefix, key].filter((part) => part !== '').join('>')
      if (value.kind === 'text') found.push({ file, line, selector, specifier: value.text })
      else if (value.kind === 'object') open.push({ prefix: selector, value })
    }
  }
  return found
}

/** Files, folders and workspaces of the repository are what its reviewers see. */
const leavesRegistry = (specifier: string): boolean =>
  /^(?:git\b|git\+|github:|gitlab:|bitbucket:|gist:|https?:|ssh:)/i.test(specifier) ||
  /^[\w.-]+\/[\w.-]+(?:#.*)?$/.test(specifier)

function goesBack(before: string, after: string): boolean {
  const [was, is] = [before, after].map((range) => {
    const bare = range.replace(/^npm:(?:@[^/@]+\/)?[^@]+@/, '')
    return validRange(bare) === null ? null : minVersion(bare)
  })
  return was != null && is != null && compare(is, was) < 0
}
