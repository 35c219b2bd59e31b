import type { Replay, ReplayOfChange, ReplayPackage } from './replay.js'

/** A published version with its number. */
export interface Release extends ReplayPackage {
  readonly version: string
}

export interface Upgrade {
  readonly before: Release
  readonly after: Release
}

type Scene = Pick<ReplayOfChange, 'packages' | 'base' | 'head'>

/** A pull request that moves the project's direct dependencies on by a version, and whatever `added` they bring along. */
export function upgradeOf(
  upgrades: Readonly<Record<string, Upgrade>>,
  added: Readonly<Record<string, Release>> = {},
): Scene {
  const names = Object.keys(upgrades)
  const dependencies = Object.fromEntries(names.map((name) => [name, `>=${upgrades[name]?.before.version}`]))
  const before = Object.entries(upgrades).map(([name, upgrade]) => [name, upgrade.before] as const)
  const after = Object.entries(upgrades).map(([name, upgrade]) => [name, upgrade.after] as const)
  return {
    packages: published([...before, ...after, ...Object.entries(added)]),
    base: { manifest: { dependencies }, locked: locked(before) },
    head: { manifest: { dependencies }, locked: locked([...after, ...Object.entries(added)]) },
  }
}

/** A pull request that takes up packages: those of `direct` in the project's package.json, `further` because these ask for them. */
export function additionOf(
  direct: Readonly<Record<string, Release>>,
  further: Readonly<Record<string, Release>> = {},
): Scene {
  const releases = [...Object.entries(direct), ...Object.entries(further)]
  const dependencies = Object.fromEntries(Object.entries(direct).map(([name, { version }]) => [name, version]))
  return {
    packages: published(releases),
    base: { manifest: {}, locked: {} },
    head: { manifest: { dependencies }, locked: locked(releases) },
  }
}

type Releases = ReadonlyArray<readonly [string, Release]>

function published(releases: Releases): Replay['packages'] {
  const packages: Record<string, Record<string, ReplayPackage>> = {}
  for (const [name, { version, ...source }] of releases) packages[name] = { ...packages[name], [version]: source }
  return packages
}

const locked = (releases: Releases): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    releases.map(([name, { version, manifest: { dependencies, optionalDependencies } = {} }]) => [
      name,
      {
        version,
        ...(dependencies !== undefined && { dependencies }),
        ...(optionalDependencies !== undefined && { optionalDependencies }),
      },
    ]),
  )
