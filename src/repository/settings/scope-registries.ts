import type { Snapshot } from '../../change/snapshot.js'
import { maxSettingsBytes } from '../../limits.js'
import type { InstallSettings } from '../posture/posture-state.js'
import { installSettingsReader } from './install-settings.js'
import { type Member, memberAt, memberOf, membersOf, scalarText } from './placed-value.js'

/** Where settings send a scope. */
export interface ScopeRegistry {
  /** `@acme` */
  readonly scope: string
  /** As written: an address, or one with variables, which nobody fills in. */
  readonly address: string
  readonly line: number
}

/** The scopes that a file of settings sends to a registry, in its package manager's spelling. */
export function scopeRegistries({ format, values }: InstallSettings): readonly ScopeRegistry[] {
  switch (format) {
    case 'npmrc':
    case 'yarnrc':
      return membersOf(values).flatMap(([key, member]) =>
        key.startsWith('@') && key.endsWith(':registry') ? named(key.slice(0, -':registry'.length), member) : [],
      )
    case 'yarnrc-yml':
      return membersOf(memberOf(values, 'npmScopes')?.value).flatMap(([scope, { value }]) =>
        named(`@${scope}`, memberOf(value, 'npmRegistryServer')),
      )
    case 'pnpm-workspace':
      return membersOf(memberOf(values, 'registries')?.value).flatMap(([scope, member]) =>
        scope.startsWith('@') ? named(scope, member) : [],
      )
    case 'bunfig':
      return membersOf(memberAt(values, 'install.scopes')?.value).flatMap(([scope, member]) =>
        named(
          scope.startsWith('@') ? scope : `@${scope}`,
          scalarText(member.value) === undefined ? memberOf(member.value, 'url') : member,
        ),
      )
    default:
      return []
  }
}

function named(scope: string, member: Member | undefined): readonly ScopeRegistry[] {
  const address = scalarText(member?.value)
  return member === undefined || address === undefined ? [] : [{ scope, address, line: member.line }]
}

/** The registry that settings name for all that no scope sends elsewhere. */
export function defaultRegistry({ format, values }: InstallSettings): Omit<ScopeRegistry, 'scope'> | undefined {
  const member = defaultMember(format, values)
  const address = scalarText(member?.value) ?? scalarText(memberOf(member?.value, 'url')?.value)
  return member === undefined || address === undefined ? undefined : { address, line: member.line }
}

function defaultMember(format: InstallSettings['format'], values: InstallSettings['values']): Member | undefined {
  switch (format) {
    case 'npmrc':
    case 'yarnrc':
      return memberOf(values, 'registry')
    case 'yarnrc-yml':
      return memberOf(values, 'npmRegistryServer')
    case 'pnpm-workspace':
      return memberAt(values, 'registries.default') ?? memberOf(values, 'registry')
    case 'bunfig':
      return memberAt(values, 'install.registry')
    default:
      return undefined
  }
}

/** The root's files only, as installers of a project that stands there read no other; where two speak of one scope, the first one counts. */
const rootFiles = ['.npmrc', '.yarnrc.yml', 'pnpm-workspace.yaml', 'bunfig.toml', '.yarnrc']

/**
 * Scope → what a state of the repository has written for it. Says what to expect and is never configuration: variables are not replaced, so that
 * no environment leaks into an address. A file that cannot be read says nothing.
 */
export async function readScopes(snapshot: Snapshot, signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const scopes = new Map<string, string>()
  for (const file of rootFiles) {
    const read = await snapshot.read(file, signal)
    if (read.kind !== 'file' || read.bytes.length > maxSettingsBytes) continue
    const { settings = [] } = installSettingsReader.read(file, read.bytes.toString('utf8'), () => false)
    for (const { scope, address } of settings.flatMap(scopeRegistries)) {
      if (!scopes.has(scope)) scopes.set(scope, address)
    }
  }
  return scopes
}
