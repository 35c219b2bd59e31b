import { agentFileAdded } from './code/agent-file-added.js'
import { beaconAdded } from './code/beacon-added.js'
import { binAdded } from './code/bin-added.js'
import { capabilityAdded } from './code/capability-added.js'
import { codeHidden } from './code/code-hidden.js'
import { codeObfuscated } from './code/code-obfuscated.js'
import { dependencyPhantom } from './code/dependency-phantom.js'
import { fileUnanalysable } from './code/file-unanalysable.js'
import { globalHooked } from './code/global-hooked.js'
import { invisibleCharactersAdded } from './code/invisible-characters-added.js'
import { keyMaterialSent } from './code/key-material-sent.js'
import { manifestMismatch } from './code/manifest-mismatch.js'
import { networkHostAdded } from './code/network-host-added.js'
import { recipientAdded } from './code/recipient-added.js'
import { remoteCodeRun } from './code/remote-code-run.js'
import { scannerEvasion } from './code/scanner-evasion.js'
import { secretsExfiltrated } from './code/secrets-exfiltrated.js'
import { secretsHarvested } from './code/secrets-harvested.js'
import { selfPropagation } from './code/self-propagation.js'
import { combinedRisk } from './combinations/combined-risk.js'
import { advisoryKnown } from './identity/advisory-known.js'
import { advisoryMalicious } from './identity/advisory-malicious.js'
import { internalNamePublic } from './identity/internal-name-public.js'
import { internalNameUnscoped } from './identity/internal-name-unscoped.js'
import { nameImitatesService } from './identity/name-imitates-service.js'
import { nameResemblesPopular } from './identity/name-resembles-popular.js'
import { packageDeprecated } from './identity/package-deprecated.js'
import { packageUnpublished } from './identity/package-unpublished.js'
import { packageYoung } from './identity/package-young.js'
import { provenanceAbsent } from './identity/provenance-absent.js'
import { provenanceChanged } from './identity/provenance-changed.js'
import { provenanceInvalid } from './identity/provenance-invalid.js'
import { provenanceLost } from './identity/provenance-lost.js'
import { publisherChanged } from './identity/publisher-changed.js'
import { releaseAfterSilence } from './identity/release-after-silence.js'
import { releaseBurst } from './identity/release-burst.js'
import { releaseFresh } from './identity/release-fresh.js'
import { repositoryMismatch } from './identity/repository-mismatch.js'
import { signatureInvalid } from './identity/signature-invalid.js'
import { implicitBuildAdded } from './install/implicit-build-added.js'
import { installScriptAdded } from './install/install-script-added.js'
import { installScriptChanged } from './install/install-script-changed.js'
import { installScriptDangerous } from './install/install-script-dangerous.js'
import { installScriptPresent } from './install/install-script-present.js'
import { nativeBinaryAdded } from './install/native-binary-added.js'
import { tarballUnsafe } from './install/tarball-unsafe.js'
import { exoticSourceAdded } from './lockfile/exotic-source-added.js'
import { integrityChanged } from './lockfile/integrity-changed.js'
import { integrityMismatch } from './lockfile/integrity-mismatch.js'
import { integrityMissing } from './lockfile/integrity-missing.js'
import { integrityWeak } from './lockfile/integrity-weak.js'
import { lockfileChangedAlone } from './lockfile/lockfile-changed-alone.js'
import { lockfileEntryMalformed } from './lockfile/lockfile-entry-malformed.js'
import { lockfileEntryOrphaned } from './lockfile/lockfile-entry-orphaned.js'
import { lockfileMissing } from './lockfile/lockfile-missing.js'
import { lockfileOutOfSync } from './lockfile/lockfile-out-of-sync.js'
import { registryHostUnexpected } from './lockfile/registry-host-unexpected.js'
import { resolvedInsecure } from './lockfile/resolved-insecure.js'
import { resolvedUrlMismatch } from './lockfile/resolved-url-mismatch.js'
import { serverAutoApproved } from './mcp/server-auto-approved.js'
import { serverConfigChanged } from './mcp/server-config-changed.js'
import { serverEnvironmentExcessive } from './mcp/server-environment-excessive.js'
import { serverUnpinned } from './mcp/server-unpinned.js'
import { toolAdded } from './mcp/tool-added.js'
import { toolChanged } from './mcp/tool-changed.js'
import { toolDescriptionPoisoned } from './mcp/tool-description-poisoned.js'
import { toolHandlerChanged } from './mcp/tool-handler-changed.js'
import { toolHidden } from './mcp/tool-hidden.js'
import { toolNotAllowed } from './mcp/tool-not-allowed.js'
import { toolParameterSensitive } from './mcp/tool-parameter-sensitive.js'
import { toolShadowed } from './mcp/tool-shadowed.js'
import { actionUnpinned } from './posture/action-unpinned.js'
import { agentHookAdded } from './posture/agent-hook-added.js'
import { auditMissing } from './posture/audit-missing.js'
import { buildApprovalStale } from './posture/build-approval-stale.js'
import { checksumsMissing } from './posture/checksums-missing.js'
import { hashesMissing } from './posture/hashes-missing.js'
import { installPolicyWeakened } from './posture/install-policy-weakened.js'
import { installScriptsEnabled } from './posture/install-scripts-enabled.js'
import { installUnlocked } from './posture/install-unlocked.js'
import { packageRunnerUnpinned } from './posture/package-runner-unpinned.js'
import { policyInvalid } from './posture/policy-invalid.js'
import { publishTokenExposed } from './posture/publish-token-exposed.js'
import { registryOrderUnsafe } from './posture/registry-order-unsafe.js'
import { registryScopeMissing } from './posture/registry-scope-missing.js'
import { remoteScriptPiped } from './posture/remote-script-piped.js'
import { sbomMissing } from './posture/sbom-missing.js'
import { sbomStale } from './posture/sbom-stale.js'
import { workflowPrivilegedInstall } from './posture/workflow-privileged-install.js'
import type { Rule } from './rule.js'
import { rangeUnpinned } from './version/range-unpinned.js'
import { versionDowngraded } from './version/version-downgraded.js'
import { versionJump } from './version/version-jump.js'
import { versionOutOfOrder } from './version/version-out-of-order.js'

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [
  actionUnpinned,
  advisoryKnown,
  advisoryMalicious,
  agentFileAdded,
  agentHookAdded,
  auditMissing,
  beaconAdded,
  binAdded,
  buildApprovalStale,
  capabilityAdded,
  checksumsMissing,
  codeHidden,
  codeObfuscated,
  combinedRisk,
  dependencyPhantom,
  exoticSourceAdded,
  fileUnanalysable,
  globalHooked,
  hashesMissing,
  implicitBuildAdded,
  installPolicyWeakened,
  installScriptAdded,
  installScriptChanged,
  installScriptDangerous,
  installScriptPresent,
  installScriptsEnabled,
  installUnlocked,
  integrityChanged,
  integrityMismatch,
  integrityMissing,
  integrityWeak,
  internalNamePublic,
  internalNameUnscoped,
  invisibleCharactersAdded,
  keyMaterialSent,
  lockfileChangedAlone,
  lockfileEntryMalformed,
  lockfileEntryOrphaned,
  lockfileMissing,
  lockfileOutOfSync,
  manifestMismatch,
  nameImitatesService,
  nameResemblesPopular,
  nativeBinaryAdded,
  networkHostAdded,
  packageDeprecated,
  packageRunnerUnpinned,
  packageUnpublished,
  packageYoung,
  policyInvalid,
  provenanceAbsent,
  provenanceChanged,
  provenanceInvalid,
  provenanceLost,
  publishTokenExposed,
  publisherChanged,
  rangeUnpinned,
  recipientAdded,
  registryHostUnexpected,
  registryOrderUnsafe,
  registryScopeMissing,
  releaseAfterSilence,
  releaseBurst,
  releaseFresh,
  remoteCodeRun,
  remoteScriptPiped,
  repositoryMismatch,
  resolvedInsecure,
  resolvedUrlMismatch,
  sbomMissing,
  sbomStale,
  scannerEvasion,
  secretsExfiltrated,
  secretsHarvested,
  selfPropagation,
  serverAutoApproved,
  serverConfigChanged,
  serverEnvironmentExcessive,
  serverUnpinned,
  signatureInvalid,
  tarballUnsafe,
  toolAdded,
  toolChanged,
  toolDescriptionPoisoned,
  toolHandlerChanged,
  toolHidden,
  toolNotAllowed,
  toolParameterSensitive,
  toolShadowed,
  versionDowngraded,
  versionJump,
  versionOutOfOrder,
  workflowPrivilegedInstall,
]
