import { compare, valid } from 'semver'
import type { DependencyChange, DependencyChangeKind, Locked } from '../../src/lockfile/dependency-change.js'
import { integrityOf, registryTarball } from './lockfile.js'

/** Fields of one side; `undefined` leaves one out that would be there by default. */
export type LockedOverrides = { readonly [K in keyof Locked]?: Locked[K] | undefined }

export type DependencyChangeOverrides = Partial<Omit<DependencyChange, 'before' | 'after'>> & {
  /** `null`: the package was not in base. */
  readonly before?: LockedOverrides | null
  /** `null`: the package is not in head. */
  readonly after?: LockedOverrides | null
}

/**
 * An ordinary upgrade of left-pad 1.0.0 → 1.0.1, direct, from the public registry. The kind follows from the two sides;
 * `resolved` and `integrity` follow from name and version, so that one override is one reason.
 */
export function aDependencyChange(overrides: DependencyChangeOverrides = {}): DependencyChange {
  const { before: beforeOverrides, after: afterOverrides, ...rest } = overrides
  const name = overrides.name ?? 'left-pad'
  const before = beforeOverrides === null ? undefined : locked(name, '1.0.0', beforeOverrides)
  const after = afterOverrides === null ? undefined : locked(name, '1.0.1', afterOverrides)
  return {
    kind: kindOf(before, after),
    lockfile: 'package-lock.json',
    manager: 'npm',
    name,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    beforeStays: false,
    direct: true,
    dev: false,
    optional: false,
    bundled: false,
    paths: after === undefined ? [] : [[name]],
    ...rest,
  }
}

function locked(name: string, defaultVersion: string, overrides: LockedOverrides = {}): Locked {
  const version = overrides.version ?? defaultVersion
  const source = overrides.source ?? 'registry'
  const fromRegistry = source === 'registry' || source === 'url'
  const fields = {
    key: `node_modules/${overrides.alias ?? name}`,
    version,
    source,
    ...(fromRegistry ? { resolved: registryTarball(name, version), integrity: integrityOf(`${name}@${version}`) } : {}),
    ...overrides,
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as Locked
}

function kindOf(before: Locked | undefined, after: Locked | undefined): DependencyChangeKind {
  if (before === undefined) return 'added'
  if (after === undefined) return 'removed'
  if (before.version === after.version) {
    return before.source === after.source && before.resolved === after.resolved ? 'replaced' : 'resourced'
  }
  if (valid(before.version) === null || valid(after.version) === null) return 'upgraded'
  return compare(after.version, before.version) < 0 ? 'downgraded' : 'upgraded'
}
