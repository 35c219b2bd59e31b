import type { WordDiff } from '../../../change/diff-words.js'
import type { McpOffer, McpParameter, McpTool } from '../../../package/mcp/mcp-facts.js'
import type { ManifestChange } from './manifest-changes.js'
import { textChange } from './text-change.js'

/** What a model is asked for now and was not, and what it is asked for otherwise. */
export function parameterChanges(
  kind: 'tool' | 'prompt' | 'resource',
  now: McpTool | McpOffer,
  before: McpTool | McpOffer,
  diff: WordDiff,
): readonly ManifestChange[] {
  const old = new Map(before.parameters.map((parameter) => [parameter.name, parameter]))
  const names = new Set(now.parameters.map(({ name }) => name))
  const gone = before.parameters.filter(({ name }) => !names.has(name))
  return [
    ...now.parameters.flatMap((parameter) => {
      const previous = old.get(parameter.name)
      return previous === undefined ? [added(kind, now, parameter)] : changes(kind, now, parameter, previous, diff)
    }),
    ...gone.map((parameter) => removed(kind, now, parameter)),
  ]
}

function added(kind: string, { name }: { readonly name: string }, parameter: McpParameter): ManifestChange {
  const after = sayParameter(parameter)
  return { what: `parameter of a ${kind}`, name, after, shown: `{+${after}+}`, severity: 'high', at: parameter.at }
}

/** What is no longer asked for asks for nothing. */
function removed(kind: string, { name, at }: McpTool | McpOffer, parameter: McpParameter): ManifestChange {
  const before = sayParameter(parameter)
  return { what: `parameter of a ${kind}`, name, before, shown: `[-${before}-]`, severity: 'low', at }
}

function changes(
  kind: string,
  { name }: { readonly name: string },
  now: McpParameter,
  before: McpParameter,
  diff: WordDiff,
): readonly ManifestChange[] {
  const texts = textChange(`parameter of a ${kind}`, name, before.description, now.description, now.at, diff).map(
    (change) => ({ ...change, shown: `${now.name}: ${change.shown}` }),
  )
  const [was, is] = [sayShape(before), sayShape(now)]
  if (was === is) return texts
  const isAsked = now.required && !before.required
  const shape: ManifestChange = {
    what: `parameter of a ${kind}`,
    name,
    before: was,
    after: is,
    shown: `${now.name}: [-${was}-] {+${is}+}`,
    // A type that nobody told, or that may be left out from now on, asks for no more than before.
    severity: isAsked || (now.type !== before.type && before.type !== undefined) ? 'high' : 'low',
    at: now.at,
  }
  return [shape, ...texts]
}

const sayShape = ({ type, required }: McpParameter): string =>
  [type, required ? 'required' : 'optional'].filter(Boolean).join(', ')

const sayParameter = (parameter: McpParameter): string =>
  `${parameter.name} (${sayShape(parameter)})${parameter.description === undefined ? '' : `: ${parameter.description}`}`
