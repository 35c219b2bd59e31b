import type { ObservedRule } from '../../facts/facts.js'
import { foreign } from '../../foreign.js'
import { groupOf } from '../groups.js'
import { defineRule, type Evidence } from '../rule.js'
import { evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { addedAtLoad } from '../shared/load-time-abilities.js'

/** What runs by itself, and is new or dangerous. A script that only changed never is. */
const startsByItself: ReadonlySet<string> = new Set([
  'install-script-added',
  'install-script-present',
  'install-script-dangerous',
  'implicit-build-added',
])

/** What attacks bring along: secrets, remote code, obfuscation, and releases that somebody else may have made. */
const signsOfAttack: ReadonlySet<string> = new Set([
  'secrets-harvested',
  'secrets-exfiltrated',
  'key-material-sent',
  'remote-code-run',
  'code-obfuscated',
  'release-fresh',
  'provenance-lost',
  'publisher-changed',
  'dependency-phantom',
])

/** Mediums that so many good releases have that they say nothing more beside others. */
const uncounted: ReadonlySet<string> = new Set(['release-fresh', 'native-binary-added'])

const groupsThatMeet = 3

export const combinedRisk = defineRule({
  id: 'combined-risk',
  title: 'combined risk',
  severity: 'critical',
  confidence: 'medium',
  fix: 'Read the findings named here together: each has an innocent explanation, all of them at once rarely have one. Keep the version before until somebody knows why.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['observed'],
  wants: ['package', 'previousPackage'],

  inspect(change, { observed, package: now, previousPackage: previous }) {
    const anchors = [entryField(change, 'version')] as const
    const starts = [
      ...partsOf(observed, ({ rule }) => startsByItself.has(rule)),
      ...(now === undefined || previous === undefined ? [] : addedAtLoad(now, previous).slice(0, maxPlaces)).map(
        (sighting) => evidenceAt(`${sighting.capability} as soon as it is loaded`, sighting.excerpt, sighting),
      ),
    ]
    const signs = partsOf(observed, isSign)
    if (starts.length > 0 && signs.length > 0) {
      const message = 'starts something by itself and shows signs of an attack besides'
      return [{ message, evidence: [...starts, ...signs], anchors }]
    }
    const doubts = observed.filter(({ rule, severity }) => severity === 'medium' && !uncounted.has(rule))
    if (new Set(doubts.map(({ rule }) => groupOf(rule))).size < groupsThatMeet) return []
    const message = 'raises three doubts of different kinds at once'
    return [{ message, evidence: partsOf(doubts, () => true), anchors, severity: 'high' }]
  },
})

/**
 * What code alone shows counts only where its own rule is sure: a copy of the environment is an everyday sight. Of a release what its rule
 * thinks little of does not count: a new e-mail address, or a publisher who was new years ago.
 */
const isSign = ({ rule, severity }: ObservedRule): boolean =>
  signsOfAttack.has(rule) &&
  (groupOf(rule) === 'code' ? severity === 'high' || severity === 'critical' : severity !== 'low')

/** What a reader needs to see once. */
const maxPlaces = 6

/** Each rule once, whatever number of findings it made. */
const partsOf = (observed: readonly ObservedRule[], isPart: (one: ObservedRule) => boolean): readonly Evidence[] =>
  [...new Set(observed.filter(isPart).map(({ rule }) => rule))].map((rule) => ({ label: 'part', value: foreign(rule) }))
