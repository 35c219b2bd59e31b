import type { Observation, Severity } from '../rule.js'
import { shownEvidence } from './shown-evidence.js'

/** Of one finding; whoever mends a file sees the rest there. */
const maxPlaces = 12

/** Observations that say the same of one file, as one: a file with a thousand such lines is one thing to mend. The gravest of them counts, which is the rule's own severity where one has none. */
export function mergeByFile(observations: readonly Observation[]): readonly Observation[] {
  const groups = new Map<string, [Observation, ...Observation[]]>()
  for (const observation of observations) {
    const [anchor] = observation.anchors
    const file = anchor.kind === 'line' || anchor.kind === 'file' ? anchor.file : ''
    const key = JSON.stringify([file, observation.message])
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [observation])
    else known.push(observation)
  }
  return [...groups.values()].map(merge)
}

function merge(all: readonly [Observation, ...Observation[]]): Observation {
  const gravest = all.reduce((one, other) => (rankOf(other) < rankOf(one) ? other : one))
  const [first, ...others] = [gravest, ...all.filter((one) => one !== gravest)]
  if (first === undefined || others.length === 0) return shorten(gravest)
  return shorten({
    ...first,
    evidence: [first, ...others].flatMap(({ evidence }) => evidence),
    anchors: [...first.anchors, ...others.flatMap(({ anchors }) => anchors)],
  })
}

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low']

const rankOf = ({ severity }: Observation): number => (severity === undefined ? -1 : severities.indexOf(severity))

/** The first places and pieces of evidence, and how many more there are. */
export function shorten(observation: Observation): Observation {
  const [first, ...others] = observation.anchors
  return {
    ...observation,
    evidence: shownEvidence(observation.evidence),
    anchors: [first, ...others.slice(0, maxPlaces - 1)],
  }
}
