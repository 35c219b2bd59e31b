import { shippedTrustRoot } from '../../../src/registry/provenance/trust-root.js'
import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const manifest = { main: 'index.js' }
const files = { 'index.js': compiledQueue }

/** A mirror cannot sign with npm's key, and no key of its own counts under that one's name. */
const [key] = shippedTrustRoot().registryKeys

export const replay = replayUpgrade({
  description:
    'A mirror serves bytes of its own with their own integrity, so that lockfiles made behind it agree with it. It leaves npm’s signature ' +
    'beside them, which is about other bytes.',
  name: 'small-queue',
  from: ['2.4.0', { manifest, files }],
  to: ['2.4.1', { manifest, files, signatures: [{ keyid: key?.keyId ?? '', sig: 'MEUCIQDinert' }] }],
  findings: [['signature-invalid', 'critical']],
})
