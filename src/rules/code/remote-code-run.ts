import type { FlowSource } from '../../package/code/file-code.js'
import type { Reach, When } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { type Confidence, defineRule, type Evidence, type Severity, severities } from '../rule.js'
import { byWhen, evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { type FetchedCode, gainedFetchedCode } from '../shared/fetched-code.js'
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
    const flows = gainedFlows(now, before)
      .filter((flow) => flow.sink.kind === 'evaluation' && !isOwnProgram(flow, now, before))
      .map((flow) => judgeFlow(flow, before))
    const fetched = gainedFetchedCode(now, before).map((found) => judgeFetched(found, before))
    const judged = [...flows, ...fetched].sort(
      (one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity) || byWhen(one, other),
    )
    const [worst] = judged
    if (worst === undefined) return []
    return [
      {
        message: messages[worst.kind],
        evidence: shownEvidence(judged.flatMap(({ evidence }) => evidence)),
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

interface Judged {
  readonly kind: keyof typeof messages
  readonly severity: Severity
  readonly confidence: Confidence
  readonly when: When
  readonly evidence: readonly Evidence[]
}

/** Letters made of numbers in a function: readers of binary data do so with what they are given, and write functions for its keys. */
const isReader = ({ kind, detail }: FlowSource, when: When): boolean =>
  kind === 'decoded' && detail.startsWith('String.') && when === 'call'

/**
 * A loader gets its address from who calls it: module loaders for browsers and editors are made for that, and nothing happens until somebody
 * does. One step less, two of a package that has always been such.
 */
function judgeFlow({ source, sink, when, reach }: FlowAt, before: PackageFacts | undefined): Judged {
  const isAddressGiven = source.kind === 'download' && source.host === undefined && when === 'call'
  const isAsked = isAddressGiven || isReader(source, when)
  return {
    kind: source.kind === 'decoded' ? 'decoded' : 'download',
    severity: isAsked ? severityAsked(reach, before) : reach === 'unreached' ? 'high' : 'critical',
    confidence: isAsked ? 'medium' : 'high',
    when,
    evidence: [
      evidenceAt(source.kind === 'decoded' ? 'decoded' : 'downloaded', source.excerpt, source),
      evidenceAt('run', sink.excerpt, sink),
    ],
  }
}

/** Tools that set others up on demand run such commands, and widgets load what they show: only what runs unasked is sure. */
function judgeFetched({ kind, label, seen, place }: FetchedCode, before: PackageFacts | undefined): Judged {
  const isAsked = place.when === 'call'
  return {
    kind,
    severity: isAsked ? severityAsked(place.reach, before) : 'critical',
    confidence: isAsked ? 'medium' : 'high',
    when: place.when,
    evidence: [evidenceAt(label, seen, place)],
  }
}

const severityAsked = (reach: Reach, before: PackageFacts | undefined): Severity =>
  before === undefined || reach === 'unreached' ? 'medium' : 'high'
