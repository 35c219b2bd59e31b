import type { McpFacts, McpUnresolved } from '../../package/mcp/mcp-facts.js'
import { defineRule, type Evidence, type Severity, severities } from '../rule.js'
import { evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { type ManifestChange, manifestChanges } from './shared/manifest-changes.js'

export const toolChanged = defineRule({
  id: 'tool-changed',
  title: 'other words for a model',
  severity: 'high',
  confidence: 'high',
  fix: 'Read what came and what went as a model would: does it ask for more, name other tools, or promise what the code does not keep? Its release notes should say why.',
  on: ['upgraded', 'downgraded'],
  needs: ['package', 'previousPackage'],

  inspect(change, { package: { mcp: now }, previousPackage: { mcp: before } }) {
    if (now === undefined || before === undefined) return []
    const changes = [...manifestChanges(now, before)].sort(byWeight)
    const lost = noLongerRead(now, before)
    const severity = strongest([...changes.map((one) => one.severity), ...(lost.length > 0 ? ['medium' as const] : [])])
    if (severity === undefined) return []
    return [
      {
        message: changes.length > 0 ? tell(changes) : 'declares tools in a way that can no longer be read',
        evidence: shownEvidence([...changes.map(showChange), ...lost]),
        anchors: [entryField(change, 'version')],
        severity,
      },
    ]
  },
})

const byWeight = (one: ManifestChange, other: ManifestChange): number =>
  severities.indexOf(other.severity) - severities.indexOf(one.severity)

const strongest = (found: readonly Severity[]): Severity | undefined =>
  [...found].sort((a, b) => severities.indexOf(b) - severities.indexOf(a))[0]

function tell(changes: readonly ManifestChange[]): string {
  const kinds = [...new Set(changes.map(({ what }) => what))]
  const isSlight = changes.every(({ severity }) => severity === 'low')
  return `tells a model ${isSlight ? 'slightly other things' : 'something else'} than the version before: ${kinds.join(', ')}`
}

const showChange = ({ what, name, shown, at }: ManifestChange): Evidence =>
  evidenceAt(what, name === '' ? shown : `${name}: ${shown}`, at)

/** Tools of the version before that are gone while more than before could not be read: they may still be there, under other words. */
function noLongerRead(now: McpFacts, before: McpFacts): readonly Evidence[] {
  const names = new Set(now.tools.map(({ name }) => name))
  const gone = before.tools.filter(({ name }) => !names.has(name))
  const [unread, unreadBefore] = [now.unresolved.filter(mayBeTool), before.unresolved.filter(mayBeTool)]
  if (gone.length === 0 || unread.length <= unreadBefore.length) return []
  return unread.map(({ reason, at }) => evidenceAt('could not be read', reason, at))
}

const mayBeTool = ({ what }: McpUnresolved): boolean => what === 'tool' || what === 'file'
