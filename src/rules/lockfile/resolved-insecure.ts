import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { isLoopback, readAddress, sameOrigin } from '../shared/resolved-address.js'

const encryptedOrLocal: ReadonlySet<string> = new Set(['https', 'git+https', 'git+ssh', 'ssh', 'file', 'git+file'])
const unencrypted: ReadonlySet<string> = new Set(['http', 'git', 'git+http', 'ftp', 'ws', 'rsync'])

export const resolvedInsecure = defineRule({
  id: 'resolved-insecure',
  title: 'insecure download',
  severity: 'high',
  confidence: 'high',
  fix: 'Lock the package anew over https or ssh; an address without encryption lets anyone on the way choose the bytes.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: [],

  inspect(change) {
    const resolved = change.after?.resolved
    if (resolved === undefined || !isInsecure(resolved)) return []
    // Base downloaded it from there without encryption already.
    if (sameOrigin(change.before?.resolved, resolved)) return []
    return [
      {
        message: 'would be downloaded without encryption',
        evidence: [{ label: 'resolved', value: foreign(resolved) }],
        anchors: [entryField(change, 'resolved')],
      },
    ]
  },
})

function isInsecure(resolved: string): boolean {
  const [, scheme = '', slashes = ''] = /^\s*([a-z][a-z0-9+.-]*):(\/\/)?/i.exec(resolved) ?? []
  const name = scheme.toLowerCase()
  // Without slashes it is a shorthand (`github:`, `file:`) unless the scheme is one that URL readers repair.
  const suspect = unencrypted.has(name) || (slashes !== '' && !encryptedOrLocal.has(name))
  if (!suspect) return false
  const address = readAddress(resolved)
  return address === null || !isLoopback(address)
}
