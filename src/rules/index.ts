import { exoticSourceAdded } from './lockfile/exotic-source-added.js'
import { integrityChanged } from './lockfile/integrity-changed.js'
import { integrityMismatch } from './lockfile/integrity-mismatch.js'
import { integrityMissing } from './lockfile/integrity-missing.js'
import { integrityWeak } from './lockfile/integrity-weak.js'
import { lockfileEntryMalformed } from './lockfile/lockfile-entry-malformed.js'
import { lockfileMissing } from './lockfile/lockfile-missing.js'
import { lockfileOutOfSync } from './lockfile/lockfile-out-of-sync.js'
import { registryHostUnexpected } from './lockfile/registry-host-unexpected.js'
import { resolvedInsecure } from './lockfile/resolved-insecure.js'
import { resolvedUrlMismatch } from './lockfile/resolved-url-mismatch.js'
import { policyInvalid } from './posture/policy-invalid.js'
import type { Rule } from './rule.js'

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [
  exoticSourceAdded,
  integrityChanged,
  integrityMismatch,
  integrityMissing,
  integrityWeak,
  lockfileEntryMalformed,
  lockfileMissing,
  lockfileOutOfSync,
  policyInvalid,
  registryHostUnexpected,
  resolvedInsecure,
  resolvedUrlMismatch,
]
