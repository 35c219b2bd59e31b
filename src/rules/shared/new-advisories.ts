import type { AdvisoryFacts } from '../../facts/facts.js'
import { foreign } from '../../foreign.js'
import type { Advisory, AdvisorySeverity } from '../../registry/advisories/advisory.js'
import type { Evidence, Severity } from '../rule.js'
import { isSameAdvisory } from './named-fix.js'

/** What the version under review is listed for and base's versions are not. */
export const newAdvisories = ({ after, before }: AdvisoryFacts): readonly Advisory[] =>
  after.filter((has) => !before.some((had) => isSameAdvisory(had, has)))

const ours: Readonly<Record<AdvisorySeverity, Severity>> = {
  critical: 'critical',
  high: 'high',
  moderate: 'medium',
  low: 'low',
  // Somebody found it worth an advisory, and nobody has said how bad it is.
  unknown: 'medium',
}

export const severityOf = ({ severity }: Advisory): Severity => ours[severity]

/** An advisory in one line, its other names in another, and where to read it. */
export function advisoryEvidence({ id, aliases, summary, link }: Advisory, label = 'advisory'): readonly Evidence[] {
  return [
    { label, value: foreign(summary === '' ? id : `${id}: ${summary}`) },
    ...(aliases.length > 0 ? [{ label: 'also known as', value: foreign(aliases.join(', ')) }] : []),
    { label: 'read it at', value: foreign(link) },
  ]
}
