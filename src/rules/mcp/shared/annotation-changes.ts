import type { McpTool } from '../../../package/mcp/mcp-facts.js'
import type { Severity } from '../../rule.js'
import type { ManifestChange } from './manifest-changes.js'

/** What clients take for said where a tool does not say it (the protocol's own defaults). */
const defaults: Readonly<Record<string, boolean>> = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: false,
  openWorldHint: true,
}

/** By these a client decides whether it asks the user before a call. */
const askedBy: ReadonlySet<string> = new Set(['readOnlyHint', 'destructiveHint'])

/** Hints that a tool gives about itself and that mean something else than before. Its title among them is a text like others. */
export function annotationChanges(now: McpTool, before: McpTool): readonly ManifestChange[] {
  const hints = [...new Set([...Object.keys(now.annotations ?? {}), ...Object.keys(before.annotations ?? {})])]
  return (
    hints
      // What only reads destroys nothing, whatever it says of that.
      .filter((hint) => hint !== 'title' && !(hint === 'destructiveHint' && stated(now, 'readOnlyHint') === true))
      .sort()
      .flatMap((hint) => {
        const [was, is] = [stated(before, hint), stated(now, hint)]
        const [meant, means] = [was ?? defaults[hint], is ?? defaults[hint]]
        if (meant === means) return []
        const [old, present] = [say(was), say(is)]
        return [
          {
            what: 'annotation of a tool',
            name: now.name,
            before: `${hint}: ${old}`,
            after: `${hint}: ${present}`,
            shown: `${hint}: [-${old}-] {+${present}+}`,
            severity: severityOf(hint, was, is),
            at: now.at,
          },
        ]
      })
  )
}

const stated = ({ annotations = {} }: McpTool, hint: string): boolean | string | undefined =>
  Object.hasOwn(annotations, hint) ? annotations[hint] : undefined

const say = (value: boolean | string | undefined): string => (value === undefined ? 'not stated' : String(value))

function severityOf(hint: string, was: boolean | string | undefined, is: boolean | string | undefined): Severity {
  if (!askedBy.has(hint)) return 'low'
  // Many servers begin to give hints with one of their releases; one that takes back what it said is another matter.
  return was !== undefined && is !== undefined ? 'high' : 'medium'
}
