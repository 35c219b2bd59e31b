import { foreign } from '../../foreign.js'
import type { Locked } from '../../lockfile/dependency-change.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { carriesIntegrity, strongestOf } from '../shared/integrity.js'

export const integrityMissing = defineRule({
  id: 'integrity-missing',
  title: 'integrity missing',
  severity: 'high',
  confidence: 'high',
  fix: 'Delete the entry from the lockfile and run the install again, so that the package manager writes the hash of the bytes it got.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: [],

  inspect(change) {
    const { before, after } = change
    if (after === undefined || !carriesIntegrity(change, after) || isHashed(after)) return []
    // Later Yarn keeps no checksum of what it did not unpack; it goes on keeping the one that it has.
    if (after.checksumAbsent === 'platform' && (change.kind !== 'replaced' || before?.checksum === undefined)) return []
    // A lockfile of later Yarn without any checksum says that of itself, not of an entry.
    if (change.manager === 'yarn-berry' && after.checksumAbsent === undefined) return []
    const carried = before !== undefined && carriesIntegrity(change, before)
    const lost = carried && isHashed(before)
    // Base locked this package by no hash either: the change did not bring that in.
    if (carried && !lost && change.kind !== 'resourced') return []
    return [
      {
        message: lost
          ? 'lost the hash that its bytes were checked against'
          : 'arrives without a hash that its bytes could be checked against',
        evidence: [
          ...(lost ? evidenceOf('integrity before', before.integrity) : []),
          ...(lost ? evidenceOf('checksum before', before.checksum) : []),
          // What no installer can read is passed over by it, and then checks nothing.
          ...evidenceOf('unreadable integrity', after.integrity),
          ...evidenceOf('resolved', after.resolved),
        ],
        anchors: [entryField(change, after.integrity === undefined ? 'resolved' : 'integrity')],
      },
    ]
  },
})

const isHashed = ({ integrity, checksum }: Locked): boolean => strongestOf(integrity) !== null || checksum !== undefined

const evidenceOf = (label: string, value: string | undefined): readonly Evidence[] =>
  value === undefined ? [] : [{ label, value: foreign(value) }]
