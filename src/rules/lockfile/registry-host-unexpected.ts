import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { isExpectedHost, readAddress } from '../shared/resolved-address.js'

export const registryHostUnexpected = defineRule({
  id: 'registry-host-unexpected',
  title: 'unexpected registry host',
  severity: 'high',
  confidence: 'high',
  fix: 'Find out who runs that host: if it is yours, name it in the policy under registries; otherwise lock the package anew from the configured registry.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['expectations'],

  inspect(change, { expectations }) {
    const { before, after } = change
    // Other sources than a registry are exotic-source-added. No `resolved` means the configured registry.
    if (after?.source !== 'registry' || after.resolved === undefined) return []
    const address = readAddress(after.resolved)
    if (address !== null && isExpectedHost(address, change.name, expectations)) return []
    if (address !== null && before?.source === 'registry' && hostOf(before.resolved) === address.host) return []
    return [
      {
        message:
          address === null
            ? 'has an address that cannot be read, so nobody knows which host it names'
            : 'comes from a host that is not the registry configured for it',
        evidence: [{ label: 'resolved', value: foreign(after.resolved) }],
        anchors: [entryField(change, 'resolved')],
      },
    ]
  },
})

const hostOf = (resolved: string | undefined): string | undefined =>
  resolved === undefined ? undefined : readAddress(resolved)?.host
