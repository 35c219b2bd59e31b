import { known, type Outcome, unknown } from '../gap.js'
import type { Requirement } from './dependency-graph.js'
import { lineCounter, scanJson } from './json-text.js'
import { isRecord, type RawEntry, requirementsIn } from './npm/raw-entry.js'

/** What the lockfile stage needs of one of the repository's own package.json files. */
export interface ProjectManifest {
  readonly file: string
  readonly name?: string
  readonly requirements: readonly Requirement[]
  /** Patterns of the folders that are its workspaces. */
  readonly workspaces: readonly string[]
  /** What `overrides` (npm, Bun), `resolutions` (Yarn) and `pnpm.overrides` put in the place of ranges: `[name, specifier]`. */
  readonly overrides: readonly (readonly [string, string])[]
}

export const dependencySections = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
] as const

export function parseManifest(file: string, text: string): Outcome<ProjectManifest> {
  const clean = text.replace(/^\ufeff/, '')
  const mistake = (detail: string): Outcome<never> =>
    unknown({ code: 'repository-unreadable', file, fact: 'repository', detail })
  let value: unknown
  try {
    value = JSON.parse(clean)
  } catch {
    // A SyntaxError quotes hostile text and states no line.
    return mistake(`the manifest is not JSON, line ${lineCounter(clean)(scanJson(clean, () => {}) ?? 0)}`)
  }
  if (!isRecord(value)) return mistake('the manifest is not a JSON object')
  const wrong = dependencySections.find((section) => !isMapOfTexts(value[section]))
  if (wrong !== undefined) return mistake(`its field ${wrong} does not map names to texts`)
  const { name } = value
  return known({
    file,
    ...(typeof name === 'string' ? { name } : {}),
    requirements: requirementsIn(value),
    workspaces: workspacePatterns(value.workspaces),
    overrides: [value.overrides, value.resolutions, isRecord(value.pnpm) ? value.pnpm.overrides : undefined].flatMap(
      overridesIn,
    ),
  })
}

const isMapOfTexts = (value: unknown): boolean =>
  value === undefined || (isRecord(value) && Object.values(value).every((range) => typeof range === 'string'))

function workspacePatterns(value: unknown): readonly string[] {
  const list = isRecord(value) ? value.packages : value
  return Array.isArray(list) ? list.filter((pattern) => typeof pattern === 'string') : []
}

/** All that any depth of the tree says about a name: where exactly it applies is more than a range check needs. */
export function overridesIn(tree: unknown): [string, string][] {
  const found: [string, string][] = []
  const open: { name: string; value: unknown }[] = [{ name: '', value: tree }]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node.value === 'string') found.push([node.name, node.value])
    else if (isRecord(node.value)) for (const child of childrenOf(node.name, node.value)) open.push(child)
  }
  return found
}

const childrenOf = (parent: string, map: RawEntry): { name: string; value: unknown }[] =>
  Object.entries(map).map(([key, value]) => ({ name: key === '.' ? parent : overriddenName(key), value }))

// `a`, `a@^1`, `@s/a@1`, pnpm's `x>a`, and Yarn's `x/a` with any pattern before it, all speak of `a`.
function overriddenName(key: string): string {
  const last = key.slice(key.lastIndexOf('>') + 1)
  return /(?:^|\/)((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?$/.exec(last)?.[1] ?? last
}
