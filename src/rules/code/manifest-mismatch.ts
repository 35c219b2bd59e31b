import { foreign } from '../../foreign.js'
import type { PackageFacts } from '../../package/package-facts.js'
import type { Manifest } from '../../registry/registry-facts.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { asPublished, dependencyFields, type PublishedManifest } from '../shared/published-manifest.js'

export const manifestMismatch = defineRule({
  id: 'manifest-mismatch',
  title: 'manifest mismatch',
  severity: 'high',
  confidence: 'high',
  fix: 'Trust the tarball, not the registry page: installers run what the tarball says, and most tools and people look at the other.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package', 'manifest'],

  inspect(change, { package: now, manifest }) {
    const differences = compareManifests(manifest, now)
    if (differences.length === 0) return []
    const evidence = differences.map(toEvidence)
    const anchors = [entryField(change, 'version')] as const
    if (differences.some(({ weighs }) => weighs)) {
      return [{ message: 'holds another package.json than the registry shows', evidence, anchors }]
    }
    const message = 'holds another package.json than the registry shows, in parts that no install uses'
    return [{ message, evidence, anchors, severity: 'low', confidence: 'low' }]
  },
})

interface Difference {
  readonly field: string
  /** Of an entry in a map. */
  readonly name?: string
  readonly registry?: string | undefined
  readonly tarball?: string | undefined
  /** False where it changes neither what is installed nor what runs on install: release tools strip such parts. */
  readonly weighs: boolean
}

function compareManifests(manifest: Manifest, { manifest: packed, files }: PackageFacts): Difference[] {
  const registry = asPublished(manifest)
  const tarball = asPublished(packed)
  const paths = files.map(({ path }) => path)
  return [
    ...compareTexts(registry, tarball),
    ...compareMaps('scripts', withoutMadeScripts(registry.scripts, packed, paths), tarball.scripts, scriptWeighs),
    ...(isBinFolder(registry.bin, tarball.bin, paths) ? [] : compareMaps('bin', registry.bin, tarball.bin, () => true)),
    ...dependencyFields.flatMap((field) =>
      compareMaps(
        field,
        registry.dependencies.get(field) ?? new Map(),
        tarball.dependencies.get(field) ?? new Map(),
        () => field !== 'devDependencies',
      ),
    ),
  ]
}

const compareTexts = (registry: PublishedManifest, tarball: PublishedManifest): Difference[] =>
  (['name', 'version', 'main', 'exports'] as const)
    .filter((field) => registry[field] !== tarball[field])
    .map((field) => ({ field, registry: registry[field], tarball: tarball[field], weighs: true }))

type Texts = ReadonlyMap<string, string>

function compareMaps(
  field: string,
  registry: Texts,
  tarball: Texts,
  weighs: (name: string, inTarball: boolean) => boolean,
): Difference[] {
  return [...new Set([...registry.keys(), ...tarball.keys()])]
    .filter((name) => registry.get(name) !== tarball.get(name))
    .map((name) => ({
      field,
      name,
      registry: registry.get(name),
      tarball: tarball.get(name),
      weighs: weighs(name, tarball.has(name)),
    }))
}

/** A hook that only the registry shows does not run: tools such as pinst take it out while packing. */
const scriptWeighs = (name: string, inTarball: boolean): boolean => inTarball && /^(?:pre|post)?install$/.test(name)

/** npm writes these into what it sends where the package has the file and no script of its own. */
function withoutMadeScripts(scripts: Texts, packed: Manifest, paths: readonly string[]): Texts {
  const own = (name: string): boolean => Object.hasOwn(packed.scripts, name)
  const builds = !own('install') && !own('preinstall') && packed.gypfile !== false && paths.some(isRootGyp)
  const serves = !own('start') && paths.includes('server.js')
  const isMade = ([name, command]: [string, string]): boolean =>
    (name === 'install' && command === 'node-gyp rebuild' && builds) ||
    (name === 'start' && command === 'node server.js' && serves)
  return new Map([...scripts].filter((entry) => !isMade(entry)))
}

const isRootGyp = (path: string): boolean => /^[^/]+\.gyp$/.test(path)

/** npm lists the files of `directories.bin` as commands in what it sends; the package.json names only the folder. */
const isBinFolder = (registry: Texts, tarball: Texts, paths: readonly string[]): boolean =>
  tarball.size === 0 &&
  registry.size > 0 &&
  [...registry].every(
    ([name, path]) => path.endsWith(`/${name}`) && paths.some((held) => held === path || held.startsWith(`${path}/`)),
  )

function toEvidence({ field, name, registry, tarball }: Difference): Evidence {
  const say = (value: string | undefined): string => (value === undefined || value === '' ? 'nothing' : value)
  const values = `${say(registry)} in the registry, ${say(tarball)} in the tarball`
  return { label: field, value: foreign(name === undefined ? values : `${name}: ${values}`), file: 'package.json' }
}
