import { openWordDiff, type WordDiff } from '../../../change/diff-words.js'
import type { McpFacts, McpOffer, McpTool, PlaceIn } from '../../../package/mcp/mcp-facts.js'
import type { Severity } from '../../rule.js'
import { annotationChanges } from './annotation-changes.js'
import { parameterChanges } from './parameter-changes.js'
import { textChange } from './text-change.js'

/** One thing that a model was told of before and is told differently now. */
export interface ManifestChange {
  /** In our words: `description of a tool`. */
  readonly what: string
  /** The tool's, prompt's or resource's; empty for what the server says of itself. */
  readonly name: string
  readonly before?: string
  readonly after?: string
  /** Before and after in one line, what went as `[-…-]` and what came as `{+…+}`. */
  readonly shown: string
  readonly severity: Severity
  readonly at: PlaceIn
}

/** What the same tools, prompts, resources and the server itself tell a model now that they told differently before. */
export function manifestChanges(now: McpFacts, before: McpFacts): readonly ManifestChange[] {
  const diff = openWordDiff()
  return [
    ...paired(now.tools, before.tools).flatMap(([tool, old]) => toolChanges(tool, old, diff)),
    ...paired(now.prompts, before.prompts).flatMap(([prompt, old]) => offerChanges('prompt', prompt, old, diff)),
    ...paired(now.resources, before.resources).flatMap(([resource, old]) =>
      offerChanges('resource', resource, old, diff),
    ),
    ...instructionChanges(now, before, diff),
  ]
}

/** What bears a name that nothing bore before. */
export function unknownTo<T extends { readonly name: string }>(now: readonly T[], before: readonly T[]): readonly T[] {
  const known = new Set(before.map(({ name }) => name))
  return [...new Map([...now].reverse().map((one) => [one.name, one])).values()]
    .reverse()
    .filter(({ name }) => !known.has(name))
}

type Named = McpTool | McpOffer

/** A name may be declared at several places, one for each transport or setting: what was said at one of them before is not new. */
function paired<T extends Named>(now: readonly T[], before: readonly T[]): readonly (readonly [T, T])[] {
  const first = new Map([...before].reverse().map((one) => [one.name, one]))
  const told = new Set(before.map(toldBy))
  const pairs = new Map<string, readonly [T, T]>()
  for (const one of now) {
    const [old, words] = [first.get(one.name), toldBy(one)]
    if (old !== undefined && !told.has(words)) pairs.set(words, [one, old])
  }
  return [...pairs.values()]
}

const toldBy = (one: Named): string =>
  JSON.stringify([
    one.name,
    'title' in one ? one.title : undefined,
    one.description,
    one.parameters.map(({ name, type, description, required }) => [name, type, description, required]).sort(),
    'annotations' in one ? Object.entries(one.annotations ?? {}).sort() : [],
  ])

function toolChanges(tool: McpTool, old: McpTool, diff: WordDiff): readonly ManifestChange[] {
  const place = tool.descriptionAt ?? tool.at
  return [
    ...textChange('description of a tool', tool.name, old.description, tool.description, place, diff),
    ...titleChanges(tool, old, diff),
    ...annotationChanges(tool, old),
    ...parameterChanges('tool', tool, old, diff),
  ]
}

/** People read it; the name in other letters says nothing new. */
function titleChanges(tool: McpTool, old: McpTool, diff: WordDiff): readonly ManifestChange[] {
  const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  if (tool.title === undefined || letters(tool.title) === letters(tool.name)) return []
  return textChange('title of a tool', tool.name, old.title, tool.title, tool.at, diff).map((change) => ({
    ...change,
    severity: change.severity === 'high' ? 'medium' : change.severity,
  }))
}

const offerChanges = (
  kind: 'prompt' | 'resource',
  offer: McpOffer,
  old: McpOffer,
  diff: WordDiff,
): readonly ManifestChange[] => [
  ...textChange(
    `description of a ${kind}`,
    offer.name,
    old.description,
    offer.description,
    offer.descriptionAt ?? offer.at,
    diff,
  ),
  ...parameterChanges(kind, offer, old, diff),
]

function instructionChanges(now: McpFacts, before: McpFacts, diff: WordDiff): readonly ManifestChange[] {
  const place = now.instructions?.at ?? before.instructions?.at
  if (place === undefined || now.instructions === undefined) return []
  // What could not be read before may have been the same.
  const wasUnread = before.instructions === undefined && before.unresolved.some(({ what }) => what === 'instructions')
  return textChange('server instructions', '', before.instructions?.text, now.instructions.text, place, diff).map(
    (change) => (wasUnread ? { ...change, severity: 'low' } : change),
  )
}
