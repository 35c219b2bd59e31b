import type { FlowSinkKind, FlowSourceKind } from '../../package/code/file-code.js'
import type { Reach } from '../../package/code/package-code.js'
import { defineRule, type Evidence, type Severity, severities } from '../rule.js'
import { byWhen, evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { type GainedCommand, gainedCommands } from '../shared/gained-commands.js'
import { type FlowAt, gainedFlows } from '../shared/gained-flows.js'
import { asksWhomSettingsName } from '../shared/own-service.js'
import { shownEvidence } from '../shared/shown-evidence.js'

export const secretsExfiltrated = defineRule({
  id: 'secrets-exfiltrated',
  title: 'secrets sent out',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not install this version. Who has run it changes every token, key and password that was in the environment or in the files shown.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const flows = gainedFlows(now, before).filter(isExfiltration).map(toSending)
    const commands = gainedCommands(now, before).filter(isSending).map(toSent)
    const sent = [...flows, ...commands].sort(
      (one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity) || byWhen(one, other),
    )
    const [worst] = sent
    if (worst === undefined) return []
    return [
      {
        message: 'sends secrets to somebody: the environment, or what files of credentials hold',
        evidence: shownEvidence(sent.flatMap(({ evidence }) => evidence)),
        anchors: [entryField(change, 'version')],
        severity: worst.severity,
        ...(worst.severity === 'medium' && { confidence: 'low' }),
      },
    ]
  },
})

const secret: ReadonlySet<FlowSourceKind> = new Set(['environment', 'credential-file'])
const wayOut: ReadonlySet<FlowSinkKind> = new Set(['network', 'dns', 'shell'])

const isExfiltration = ({ source, sink }: FlowAt): boolean => secret.has(source.kind) && wayOut.has(sink.kind)

interface Sending extends Pick<FlowAt, 'when'> {
  readonly severity: Severity
  readonly evidence: readonly Evidence[]
}

const severityWhere = (reach: Reach): Severity => (reach === 'unreached' ? 'high' : 'critical')

const ends: Readonly<Record<FlowSinkKind, string>> = {
  network: 'goes to the network',
  dns: 'goes out as a name that is looked up',
  shell: 'goes to another program',
  evaluation: 'is run',
}

/** A client of registries is not told from a thief by what it reads; who has the address in the code is. */
const toSending = (flow: FlowAt): Sending => ({
  when: flow.when,
  severity: asksWhomSettingsName(flow) ? 'medium' : severityWhere(flow.reach),
  evidence: [
    evidenceAt(
      flow.source.kind === 'environment' ? 'the environment' : 'credentials',
      flow.source.excerpt,
      flow.source,
    ),
    evidenceAt(ends[flow.sink.kind], flow.sink.excerpt, flow.sink),
  ],
})

/** `printenv | curl -d @- …`, `curl -F f=@~/.npmrc …`. A variable in a header is how people talk to a service. */
const isSending = ({ acts }: GainedCommand): boolean =>
  acts.some(
    ({ action, detail, excerpt }) =>
      (action === 'secret-sent' && !detail.includes('$')) ||
      (action === 'secret-read' && acts.some((other) => other.action === 'download' && other.excerpt === excerpt)),
  )

const toSent = ({ command, place }: GainedCommand): Sending => ({
  when: place.when,
  severity: severityWhere(place.reach),
  evidence: [evidenceAt('command that sends secrets', command, place)],
})
