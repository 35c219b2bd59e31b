import { foreign } from '../../foreign.js'
import { isCodePath } from '../../package/code/code-files.js'
import type { PackageFacts } from '../../package/package-facts.js'
import type { DependencyField } from '../../registry/registry-facts.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { bringsCommand } from '../shared/well-known-commands.js'

export const dependencyPhantom = defineRule({
  id: 'dependency-phantom',
  title: 'dependency that nothing loads',
  severity: 'high',
  confidence: 'medium',
  fix: 'Look the dependency up: who publishes it, since when, and what it runs on install. Ask the maintainers what it is for.',
  on: ['upgraded', 'downgraded'],
  needs: ['package', 'previousPackage'],

  inspect(change, { package: now, previousPackage: previous }) {
    const known = new Set(namesIn(previous, ['dependencies', 'optionalDependencies', 'peerDependencies']))
    const phantoms = phantomsOf(now, change.name).filter(([name]) => !known.has(name))
    if (phantoms.length === 0) return []
    const evidence = phantoms.map(([name, range]) => ({
      label: 'dependency',
      value: foreign(`${name}@${range}`),
      file: 'package.json',
    }))
    const anchors = [entryField(change, 'version')] as const
    const message = 'adds a dependency that none of its files loads'
    const observation = { message, evidence: shownEvidence(evidence), anchors }
    const isUsual = phantomsOf(previous, change.name).length >= habit
    const builtOn = namesIn(previous, ['dependencies', 'optionalDependencies'])
    const loaded = (now.code?.modules ?? []).filter(({ reach }) => reach === 'load').map(({ name }) => name)
    const trusted = scopesOf([change.name, ...builtOn, ...loaded])
    if (!isUsual && !phantoms.every(([name, range]) => trusted.has(scopeOf(name)) && isFromRegistry(range)))
      return [observation]
    return [{ ...observation, severity: 'medium', confidence: 'low' }]
  },
})

/** So many unused ones say that the package is bundled and lists what is in the bundle; there one more says little. */
const habit = 2

/**
 * Those of the package, whose owners publish such to count downloads (@swc/counter), of what it was built on before, and of what it loads now:
 * others cannot publish there, whose code runs anyway has no need of more, and generated clients (@aws-sdk) list more of one scope than each loads.
 */
const scopesOf = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.filter((name) => name.startsWith('@')).map(scopeOf))

const scopeOf = (name: string): string => name.slice(0, name.indexOf('/') + 1)

/** A version, a range or a tag: no address, no path, and no other name. */
const isFromRegistry = (range: string): boolean => !/[:/]/.test(range)

/** `name`: as the lockfile has it, since the tarball's own may be anything. Dependencies that an installer brings and that neither code nor another text of the package names. */
function phantomsOf(facts: PackageFacts, name: string): readonly (readonly [name: string, range: string])[] {
  const { manifest, code, namedDependencies, files } = facts
  // Without all of its code nobody can say what loads nothing; a package without code is a list of others.
  if (code === undefined || namedDependencies === undefined || !files.some(({ path }) => isCodePath(path))) return []
  const { dependencies, optionalDependencies } = manifest.dependencies
  const elsewhere = new Set(namesIn(facts, ['peerDependencies']))
  const used = new Set([...code.modules.map(({ name }) => name), ...namedDependencies])
  const optional = new Set(Object.keys(optionalDependencies ?? {}))
  return Object.entries({ ...dependencies, ...optionalDependencies }).filter(
    ([dependency, range]) =>
      !used.has(dependency) &&
      !elsewhere.has(dependency) &&
      !dependency.startsWith('@types/') &&
      !(bringsCommand(dependency) && isFromRegistry(range)) &&
      !(optional.has(dependency) && isFromRegistry(range) && isOwnPlatform(dependency, name)) &&
      !isBundled(dependency, facts),
  )
}

const namesIn = ({ manifest }: PackageFacts, fields: readonly DependencyField[]): readonly string[] =>
  fields.flatMap((field) => Object.keys(manifest.dependencies[field] ?? {}))

const platform =
  /(?:^|[/.-])(?:linux|linuxmusl|darwin|macos|win32|windows|freebsd|openbsd|netbsd|android|sunos|aix|openharmony|wasm|wasm32)(?:[.-]|$)/

/** `@esbuild/linux-x64` of esbuild, `@swc/core-linux-x64-gnu` of @swc/core, `@img/sharp-win32-x64` of sharp, `turbo-darwin-64` of turbo. */
function isOwnPlatform(dependency: string, name: string): boolean {
  if (!platform.test(dependency)) return false
  const [scope, own = scope] = name.startsWith('@') ? name.slice(1).split('/') : [name]
  const words = dependency.replace('@', '').replace('/', '-')
  return [scope, own].some((part) => part !== undefined && `-${words}-`.includes(`-${part}-`))
}

/** Its files are in this very tarball, and judged with it. */
const isBundled = (name: string, { manifest, files }: PackageFacts): boolean =>
  Object.hasOwn(manifest.dependencies.bundleDependencies ?? {}, name) &&
  files.some(({ path }) => path === `node_modules/${name}/package.json`)
