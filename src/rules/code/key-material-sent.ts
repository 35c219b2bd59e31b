import { defineRule, type Severity, severities } from '../rule.js'
import { byWhen, evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { type FlowAt, gainedFlows } from '../shared/gained-flows.js'
import { isKeyTheft } from '../shared/own-service.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { severityOfPlace } from '../shared/weighed.js'

export const keyMaterialSent = defineRule({
  id: 'key-material-sent',
  title: 'key sent to a new host',
  severity: 'high',
  confidence: 'medium',
  fix: 'Ask the maintainers what that host is. Who has used this version with real keys moves what they protect to new ones.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const flows = gainedFlows(now, before)
      .filter((flow) => isKeyTheft(flow, now, before))
      .sort(byWhen)
    const [worst] = flows.map((flow) => severityOfPlace('high', flow)).sort(bySeverity)
    if (worst === undefined) return []
    const message =
      before === undefined
        ? 'sends keys or passwords that it is given to a host that is not its own'
        : 'sends keys or passwords that it is given to a host that the version before did not know'
    return [
      {
        message,
        evidence: shownEvidence(flows.flatMap(toEvidence)),
        anchors: [entryField(change, 'version')],
        severity: worst,
      },
    ]
  },
})

const toEvidence = ({ source, sink }: FlowAt) => [
  evidenceAt('key', source.excerpt, source),
  evidenceAt('sent', sink.excerpt, sink),
  evidenceAt('host', sink.host ?? '', sink),
]

const bySeverity = (one: Severity, other: Severity): number => severities.indexOf(other) - severities.indexOf(one)
