import { foreign } from '../../foreign.js'
import type { DependencyChange } from '../../lockfile/dependency-change.js'
import type { McpFacts, McpUnresolved } from '../../package/mcp/mcp-facts.js'
import { defineRule, type Evidence, type Observation, type Severity, severities } from '../rule.js'
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
    if (before === undefined) return []
    if (now === undefined) return before.tools.length === 0 ? [] : [noLongerServer(change, before)]
    const changes = [...manifestChanges(now, before)].sort(byWeight)
    const lost = noLongerRead(now, before)
    const severity = strongest([...changes.map((one) => one.severity), ...(lost.length > 0 ? ['medium' as const] : [])])
    if (severity === undefined) return []
    return [
      {
        message: changes.length > 0 ? tell(changes) : 'declares tools in a way that can no longer be read',
        evidence: shownEvidence([...showChanges(changes), ...lost]),
        anchors: [entryField(change, 'version')],
        severity,
      },
    ]
  },
})

/** Nothing of it looks like a server any more: it is none, or made so that nobody sees it. */
const noLongerServer = (change: DependencyChange, { tools }: McpFacts): Observation => ({
  message: 'no longer looks like the MCP server that the version before was',
  evidence: [{ label: 'tools of the version before', value: foreign(tools.map(({ name }) => name).join(', ')) }],
  anchors: [entryField(change, 'version')],
  severity: 'medium',
  confidence: 'low',
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

/** Releases that give their hints another meaning do so for many tools at once: these stand in one line. */
function showChanges(changes: readonly ManifestChange[]): readonly Evidence[] {
  const groups = new Map<string, ManifestChange[]>()
  for (const change of changes) {
    const isHint = change.what === 'annotation of a tool'
    const key = JSON.stringify([change.what, change.shown, isHint ? '' : change.name])
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [showChange(first, [...new Set(group.map(({ name }) => name))].join(', '))]
  })
}

const showChange = ({ what, shown, at }: ManifestChange, names: string): Evidence =>
  evidenceAt(what, names === '' ? shown : `${names}: ${shown}`, at)

/** Tools of the version before that are gone while more than before could not be read: they may still be there, under other words. */
function noLongerRead(now: McpFacts, before: McpFacts): readonly Evidence[] {
  const names = new Set(now.tools.map(({ name }) => name))
  const gone = before.tools.filter(({ name }) => !names.has(name))
  const [unread, unreadBefore] = [now.unresolved.filter(mayBeTool), before.unresolved.filter(mayBeTool)]
  if (gone.length === 0 || unread.length <= unreadBefore.length) return []
  return unread.map(({ reason, at }) => evidenceAt('could not be read', reason, at))
}

const mayBeTool = ({ what }: McpUnresolved): boolean => what === 'tool' || what === 'file'
