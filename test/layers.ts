/** One folder or file of `src/` and what it, besides the layers above it in the list, may import. */
export interface Layer {
  /** `change` for the folder, `cli.ts` for a file. */
  readonly name: string
  /** Packages that no other layer may import, unless it names them too. */
  readonly packages?: readonly string[]
  /** Modules of Node that it may import besides those that are open to all. */
  readonly node?: readonly string[]
  /** Earlier layers that are closed to it all the same. */
  readonly not?: readonly string[]
}

/** Earliest first: each may import those before it, never those after it. The linter's guards and the docs are made from this. */
export const layers: readonly Layer[] = [
  { name: 'gap.ts' },
  { name: 'foreign.ts' },
  { name: 'limits.ts' },
  { name: 'clock.ts' },
  { name: 'change', packages: ['diff'], node: ['child_process', 'fs', 'os'] },
  { name: 'lockfile' },
  {
    name: 'registry',
    packages: ['pacote', 'npm-registry-fetch', '@npmcli', '@sigstore'],
    node: ['dns', 'http', 'net', 'os', 'timers', 'tls'],
  },
  { name: 'names', packages: ['npm-high-impact'] },
  {
    name: 'package',
    packages: ['tar', 'tar-stream', 'npm-packlist', 'meriyah', 'acorn', '@babel', 'unbash'],
    node: ['child_process', 'fs', 'os', 'timers', 'v8', 'worker_threads'],
  },
  { name: 'repository', packages: ['jsonc-parser', 'toml-eslint-parser', 'yaml', 'dockerfile-ast'] },
  { name: 'store', packages: ['cacache'], node: ['fs', 'os'] },
  { name: 'facts' },
  { name: 'rules' },
  // `isIP` is all that the policy takes from `node:net`.
  { name: 'policy', packages: ['yaml'], node: ['net'] },
  { name: 'report', packages: ['@cyclonedx'] },
  { name: 'inspect-changes.ts' },
  { name: 'load-package.ts' },
  { name: 'compare-packages.ts' },
  { name: 'examine.ts' },
  { name: 'review.ts' },
  { name: 'audit.ts' },
  { name: 'list-components.ts' },
  { name: 'github', packages: ['@octokit', 'probot'], node: ['timers'] },
  {
    name: 'jobs',
    node: ['timers'],
    not: [
      'review.ts',
      'audit.ts',
      'list-components.ts',
      'examine.ts',
      'github',
      'rules',
      'registry',
      'package',
      'lockfile',
      'report',
    ],
  },
  { name: 'app.ts', packages: ['probot'] },
  { name: 'server', packages: ['pino'], node: ['fs', 'http'] },
  { name: 'server.ts', packages: ['probot', 'pino'], node: ['fs', 'http', 'net', 'os', 'timers'] },
  { name: 'cli', packages: ['commander'], node: ['fs'] },
  { name: 'cli.ts' },
]

/** Modules of Node that compute and reach nothing outside; every other one is closed to whoever does not name it. */
export const openNodeModules = ['buffer', 'crypto', 'events', 'path', 'stream', 'url', 'util', 'zlib'] as const

const isFile = (name: string): boolean => name.endsWith('.ts')

export const globOf = ({ name }: Layer): string => (isFile(name) ? `src/${name}` : `src/${name}/**`)

/** What a layer may not import, in the linter's patterns. */
export function closedTo(layer: Layer): readonly string[] {
  const later = layers.slice(layers.indexOf(layer) + 1).map(({ name }) => name)
  const others = [...new Set(layers.flatMap(({ packages = [] }) => packages))]
  const own = layer.packages ?? []
  return [
    ...[...later, ...(layer.not ?? [])].map(toPattern),
    ...others.filter((name) => !own.includes(name)).flatMap((name) => [name, `${name}/**`]),
    '**/test/**',
    ...closedNodeModules(layer),
  ]
}

const closedNodeModules = ({ node = [] }: Layer): readonly string[] => [
  'node:*',
  'node:*/**',
  ...[...openNodeModules, ...node].flatMap((name) => [`!node:${name}`, `!node:${name}/**`]),
]

const toPattern = (name: string): string => (isFile(name) ? `**/${name.replace(/ts$/, 'js')}` : `**/${name}/**`)

/** Imports that the layer's patterns close, for the proof that they do. */
export const closedExamples = (layer: Layer): readonly string[] => [
  ...closedTo(layer)
    .filter((pattern) => !/^!?node:/.test(pattern))
    .map((pattern) =>
      pattern.startsWith('**/')
        ? `../${pattern.slice('**/'.length).replace('**', 'x.js')}`
        : pattern.replace('**', 'x'),
    ),
  ...['child_process', 'fs', 'fs/promises', 'http', 'net', 'timers/promises', 'vm']
    .filter((name) => !layer.node?.includes(name.split('/')[0] ?? ''))
    .map((name) => `node:${name}`),
]

/** Imports that the layer's patterns leave open. */
export const openExamples = (layer: Layer): readonly string[] => [
  ...layers.slice(0, layers.indexOf(layer)).flatMap(({ name }) => (layer.not?.includes(name) ? [] : [exampleOf(name)])),
  ...(layer.packages ?? []),
  ...[...openNodeModules, ...(layer.node ?? [])].map((name) => `node:${name}`),
  'node:stream/promises',
  'semver',
]

const exampleOf = (name: string): string => (isFile(name) ? `../${name.replace(/ts$/, 'js')}` : `../${name}/x.js`)

/** The linter's settings for one layer. */
export function toOverride(layer: Layer): unknown {
  const message = `${layer.name} may not import this: see "May and may not" in ARCHITECTURE.md.`
  const style = {
    noRestrictedImports: { level: 'error', options: { patterns: [{ group: closedTo(layer), message }] } },
    // Same input, same output: a rule sees only what it is given.
    ...(layer.name === 'rules' && {
      noRestrictedGlobals: { level: 'error', options: { deniedGlobals: deniedGlobals() } },
    }),
  }
  return { includes: [globOf(layer)], linter: { rules: { style } } }
}

const deniedGlobals = (): Record<string, string> =>
  Object.fromEntries(
    ['fetch', 'process', 'console', 'performance', 'crypto', 'setTimeout', 'setInterval', 'setImmediate'].map(
      (name) => [name, 'Rules are pure: everything they need is a fact.'],
    ),
  )

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')
const listed = (names: readonly string[]): string => (names.length === 0 ? '–' : code(names))

export function layerTable(): string {
  const rows = layers.map(({ name, packages = [], node = [], not = [] }, index) => {
    const later = layers[index + 1] === undefined ? '–' : 'anything below'
    const closed = [later, ...not.map((earlier) => `\`src/${earlier}\``)].join(', ')
    return `| \`src/${name}\` | ${listed(packages)} | ${listed(node.map((module) => `node:${module}`))} | ${closed} |`
  })
  return ['| in this order | packages of its own | Node modules | may not import |', '|---|---|---|---|', ...rows].join(
    '\n',
  )
}

const heading = '## May and may not'

const introduction = [
  'A layer may import what stands above it in this table, never what stands below. The packages in the second column are closed',
  'to every layer that does not name them, and so is each module of Node but those that reach nothing outside:',
  `${code(openNodeModules)}. Type imports count. The linter enforces the table, and`,
  '`test/layers.test.ts` proves that it does. The rules are closed to the global clock, console, network and process besides.',
].join('\n')

/** ARCHITECTURE.md with this section as the code has it; the section is added where it is missing. */
export function withLayerTable(document: string): string {
  const start = document.indexOf(`${heading}\n`)
  const section = `${heading}\n\n${introduction}\n\n${layerTable()}\n`
  if (start === -1) return `${document.trimEnd()}\n\n${section}`
  const next = document.indexOf('\n## ', start + heading.length)
  return `${document.slice(0, start)}${section}${next === -1 ? '' : document.slice(next)}`
}
