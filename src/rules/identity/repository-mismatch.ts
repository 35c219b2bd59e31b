import { foreign } from '../../foreign.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { repositoryPath } from '../shared/service-owners.js'

export const repositoryMismatch = defineRule({
  id: 'repository-mismatch',
  title: 'repository of another owner',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Find out whose repository this package is built from now: a move is announced in the old one, a copy under a similar address is not.',
  on: ['added', 'upgraded', 'downgraded'],
  needs: ['packument'],
  wants: ['provenance'],

  inspect(change, { packument: { releases }, provenance }) {
    const now = releases.get(change.after?.version ?? '')?.repository
    const before = releases.get(change.before?.version ?? '')?.repository
    const built = provenance?.state === 'verified' ? provenance.build.repository : undefined
    const isBuiltElsewhere = haveOtherOwners(built, now)
    const hasMoved = haveOtherOwners(before, now)
    if (!isBuiltElsewhere && !hasMoved) return []
    return [
      {
        message: [
          ...(isBuiltElsewhere ? ['was built in a repository of another owner than the one that it names'] : []),
          ...(hasMoved ? ['names a repository of another owner than the version before did'] : []),
        ].join(', and '),
        evidence: [
          ...evidenceOf('repository', now),
          ...(isBuiltElsewhere ? evidenceOf('built in', built) : []),
          ...(hasMoved ? evidenceOf('before', before) : []),
        ],
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})

const evidenceOf = (label: string, address: string | undefined): readonly Evidence[] =>
  address === undefined ? [] : [{ label, value: foreign(address) }]

/** Where either names none that can be read, nothing differs. */
function haveOtherOwners(one: string | undefined, other: string | undefined): boolean {
  const [owner, otherOwner] = [ownerOf(one ?? ''), ownerOf(other ?? '')]
  return owner !== undefined && otherOwner !== undefined && owner !== otherOwner
}

/** `host/owner` */
const ownerOf = (address: string): string | undefined => repositoryPath(address)?.split('/').slice(0, 2).join('/')
