import type { PackageFacts } from '../../package/package-facts.js'
import { type Confidence, defineRule, type Severity, severities } from '../rule.js'
import { byWhen, evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { type FlowAt, gainedFlows } from '../shared/gained-flows.js'
import { isOwnProgram } from '../shared/own-service.js'
import { shownEvidence } from '../shared/shown-evidence.js'

export const remoteCodeRun = defineRule({
  id: 'remote-code-run',
  title: 'foreign text run as code',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not run this version: what it does is decided by whoever answers, or was packed so that nobody reads it. Decode the text shown, or ask the maintainers for its source.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const judged = gainedFlows(now, before)
      .filter((flow) => flow.sink.kind === 'evaluation' && !isOwnProgram(flow, before ?? now))
      .map((flow) => ({ ...flow, ...judge(flow, before) }))
      .sort((one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity) || byWhen(one, other))
    const [worst] = judged
    if (worst === undefined) return []
    return [
      {
        message: messages[worst.source.kind === 'decoded' ? 'decoded' : 'download'],
        evidence: shownEvidence(judged.flatMap(toEvidence)),
        anchors: [entryField(change, 'version')],
        severity: worst.severity,
        confidence: worst.confidence,
      },
    ]
  },
})

const messages = {
  download: 'runs as code what somebody else sends it',
  decoded: 'runs as code what it decodes first, so that nobody can read it',
}

/**
 * A loader gets its address from who calls it: module loaders for browsers and editors are made for that, and nothing happens until somebody
 * does. One step less, two of a package that has always been such.
 */
function judge(
  { source, when, reach }: FlowAt,
  before: PackageFacts | undefined,
): { readonly severity: Severity; readonly confidence: Confidence } {
  const isAsked = source.kind === 'download' && source.host === undefined && when === 'call'
  if (isAsked)
    return { severity: before === undefined || reach === 'unreached' ? 'medium' : 'high', confidence: 'medium' }
  return { severity: reach === 'unreached' ? 'high' : 'critical', confidence: 'high' }
}

const toEvidence = ({ source, sink }: FlowAt) => [
  evidenceAt(source.kind === 'decoded' ? 'decoded' : 'downloaded', source.excerpt, source),
  evidenceAt('run', sink.excerpt, sink),
]
