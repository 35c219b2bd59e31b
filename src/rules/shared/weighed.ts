import { type Confidence, type Severity, severities } from '../rule.js'
import { byWhen, type SightingAt, severityWhen } from './changed-code.js'

/** A place with what a rule makes of it. */
export interface Weighed {
  readonly place: SightingAt
  readonly label: string
  readonly severity: Severity
  readonly confidence: Confidence
}

const confidences: readonly Confidence[] = ['low', 'medium', 'high']

/** The most severe first, then the surest, then what runs first. */
export const byWeight = (one: Weighed, other: Weighed): number =>
  severities.indexOf(other.severity) - severities.indexOf(one.severity) ||
  confidences.indexOf(other.confidence) - confidences.indexOf(one.confidence) ||
  byWhen(one.place, other.place)

/** One step more where it runs by itself, one less where nothing in the package leads to it: somebody outside must load it by its path. */
export function severityOfPlace(severity: Severity, { when, reach }: Pick<SightingAt, 'when' | 'reach'>): Severity {
  if (reach === 'unreached') return severities[Math.max(severities.indexOf(severity) - 1, 0)] ?? severity
  return severityWhen(severity, when)
}
