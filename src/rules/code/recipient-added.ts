import type { Literal } from '../../package/code/file-code.js'
import type { Reach } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { defineRule, type Severity, severities } from '../rule.js'
import { isAside } from '../shared/aside.js'
import { changedCode, evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { hostOf, ownerDomain } from '../shared/owner-domain.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { severityOfPlace } from '../shared/weighed.js'

export const recipientAdded = defineRule({
  id: 'recipient-added',
  title: 'hard-coded recipient',
  severity: 'high',
  confidence: 'high',
  fix: 'Do not send anything with this version: somebody gets a copy whom no caller named. Ask the maintainers whose address it is.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const recipients = newRecipients(now, before)
    const [worst] = recipients
    if (worst === undefined) return []
    return [
      {
        message: 'sends mail to an address that stands in its own code',
        evidence: shownEvidence(recipients.map((one) => evidenceAt(one.label, one.excerpt, one))),
        anchors: [entryField(change, 'version')],
        severity: worst.severity,
      },
    ]
  },
})

interface Recipient extends Literal {
  readonly file: string
  readonly reach: Reach
  readonly label: string
  readonly severity: Severity
}

/** The most severe first. */
function newRecipients(now: PackageFacts, before: PackageFacts | undefined): readonly Recipient[] {
  const known = new Set(
    (before?.code?.files ?? [])
      .flatMap(({ code }) => code.literals)
      .filter(isRecipient)
      .map(({ value }) => value),
  )
  const own = ownDomains(before)
  const found = changedCode(now, before)
    .filter((file) => !isAside(file))
    .flatMap(({ path, reach, code }) =>
      code.literals.filter(isRecipient).map((literal) => ({ ...literal, file: path, reach })),
    )
    .filter(({ value }) => !known.has(value) && !own.has(ownerDomain(domainOf(value))))
  return [...new Map(found.reverse().map((one) => [one.value, one])).values()]
    .reverse()
    .map((one) => ({
      ...one,
      label: one.decoded ? 'hidden recipient' : 'recipient',
      severity: severityOfPlace('high', { reach: one.reach, when: 'call' }),
    }))
    .sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))
}

const isRecipient = ({ kind, context }: Literal): boolean => kind === 'recipient' && context === 'code'

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** Whoever owned the package before may be written to: by what the version before says of itself, since an attacker wrote the new one. */
function ownDomains(before: PackageFacts | undefined): ReadonlySet<string> {
  const stated = [before?.manifest.homepage, before?.manifest.repository].map((address) => hostOf(address ?? ''))
  return new Set(stated.filter((host) => host !== undefined).map(ownerDomain))
}
