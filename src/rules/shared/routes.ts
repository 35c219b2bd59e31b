import { publicHosts } from '../../registry/public-registry.js'
import type { InstallSettings, Place, PostureState, PythonManifest } from '../../repository/posture/posture-state.js'
import { itemsOf, memberOf, type PlacedValue, scalarText, textsOf } from '../../repository/settings/placed-value.js'
import { defaultRegistry, scopeRegistries } from '../../repository/settings/scope-registries.js'

/** Whether an address is one that everybody uses, where names are free for anybody to take. */
export function isPublicAddress(address: string): boolean {
  const host = URL.canParse(address) ? new URL(address).host : ''
  return publicHosts.includes(host) || publicPythonHosts.has(host)
}

const publicPythonHosts: ReadonlySet<string> = new Set(['pypi.org', 'pypi.python.org', 'test.pypi.org'])

/** The scopes that settings send to a registry of their own. */
export const routedScopes = ({ settings }: PostureState): ReadonlySet<string> =>
  new Set(settings.flatMap(scopeRegistries).flatMap(({ scope, address }) => (isPublicAddress(address) ? [] : [scope])))

/** A registry of its own for all that no scope sends elsewhere: one that serves private and public names alike. */
export const mergedRegistry = (
  settings: InstallSettings,
): { readonly line: number; readonly address: string } | undefined => {
  const registry = defaultRegistry(settings)
  return registry === undefined || isPublicAddress(registry.address) ? undefined : registry
}

/** Where pip and its kin look for packages, as far as a file says so. */
export interface PythonIndex extends Place {
  /** `--index-url` replaces PyPI, `--extra-index-url` stands beside it; `--source` is asked first, or only for what names it. */
  readonly option: '--index-url' | '--extra-index-url' | '--source'
  readonly address: string
}

export const indexesOf = ({ options }: PythonManifest): readonly PythonIndex[] =>
  options.flatMap(({ file, line, name, value }) =>
    name === '--index-url' || name === '--extra-index-url' || name === '--source'
      ? [{ file, line, option: name, address: value }]
      : [],
  )

/** The indexes of the pip.conf files, in any of their sections. */
export const configuredIndexes = ({ settings }: PostureState): readonly PythonIndex[] =>
  settings.flatMap(({ file, format, values }) =>
    format !== 'pip-conf' ? [] : [...values.members.values()].flatMap(({ value }) => indexesInSection(file, value)),
  )

function indexesInSection(file: string, section: PlacedValue): readonly PythonIndex[] {
  const extra = memberOf(section, 'extra-index-url')?.value
  const own = memberOf(section, 'index-url')
  const address = scalarText(own?.value) ?? scalarText(itemsOf(own?.value)[0])
  return [
    ...(own !== undefined && address !== undefined
      ? [{ file, line: own.line, option: '--index-url' as const, address }]
      : []),
    ...textsOf(extra).flatMap(({ line, text }) =>
      text.split(/\s+/).map((one) => ({ file, line, option: '--extra-index-url' as const, address: one })),
    ),
  ]
}

/** Whether what these indexes name is asked for before, or instead of, the public one; false where that one has its say too. */
export const keepsToItself = (indexes: readonly PythonIndex[]): boolean =>
  indexes.some(({ option, address }) => option !== '--extra-index-url' && !isPublicAddress(address)) &&
  !indexes.some(({ option }) => option === '--extra-index-url')

/** Values of a variable wherever a workflow, an image or a command sets it. */
export function variableValues(
  { commands, workflows }: PostureState,
  name: string,
): readonly (Place & { value: string })[] {
  const set = workflows.flatMap(({ environment, jobs }) => [
    ...environment,
    ...jobs.flatMap((job) => [...job.environment, ...job.steps.flatMap((step) => step.environment)]),
  ])
  const found = set.flatMap((variable) => (variable.name === name ? [variable] : []))
  const known = new Set(found.map(({ file, value }) => JSON.stringify([file, value])))
  const more = new Map<string, Place & { value: string }>()
  for (const { file, line, environment } of commands) {
    const value = environment.get(name)
    if (value === undefined) continue
    const key = JSON.stringify([file, value])
    if (!known.has(key) && !more.has(key)) more.set(key, { file, line, value })
  }
  return [...found, ...more.values()]
}
