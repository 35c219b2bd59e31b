/**
 * The rules of each group, which are the folders here and the headings of the catalogue; ids of rules that are yet to come included, so that
 * what counts groups counts them from their first day.
 */
const idsByGroup = {
  lockfile:
    'integrity-changed integrity-mismatch integrity-missing integrity-weak registry-host-unexpected resolved-url-mismatch ' +
    'resolved-insecure exotic-source-added lockfile-missing lockfile-out-of-sync lockfile-entry-orphaned ' +
    'lockfile-entry-malformed lockfile-changed-alone',
  version: 'version-jump version-downgraded version-out-of-order range-unpinned',
  install:
    'install-script-added install-script-changed install-script-present install-script-dangerous implicit-build-added ' +
    'native-binary-added tarball-unsafe',
  code:
    'capability-added secrets-harvested secrets-exfiltrated key-material-sent beacon-added remote-code-run code-obfuscated ' +
    'code-hidden file-unanalysable invisible-characters-added network-host-added recipient-added global-hooked ' +
    'self-propagation scanner-evasion agent-file-added manifest-mismatch dependency-phantom bin-added',
  identity:
    'name-resembles-popular name-imitates-service internal-name-unscoped internal-name-public package-unpublished ' +
    'publisher-changed repository-mismatch provenance-absent provenance-lost provenance-changed provenance-invalid ' +
    'signature-invalid release-fresh package-young release-burst release-after-silence package-deprecated ' +
    'advisory-malicious advisory-known',
  mcp:
    'tool-description-poisoned tool-hidden tool-added tool-changed tool-parameter-sensitive tool-handler-changed ' +
    'tool-not-allowed tool-shadowed server-unpinned server-environment-excessive server-config-changed server-auto-approved',
  posture:
    'install-unlocked install-scripts-enabled package-runner-unpinned remote-script-piped audit-missing sbom-missing ' +
    'sbom-stale registry-scope-missing registry-order-unsafe hashes-missing checksums-missing install-policy-weakened ' +
    'build-approval-stale action-unpinned workflow-privileged-install publish-token-exposed policy-invalid agent-hook-added',
  combinations: 'combined-risk',
} as const

export type RuleGroup = keyof typeof idsByGroup

const groups: ReadonlyMap<string, RuleGroup> = new Map(
  (Object.keys(idsByGroup) as RuleGroup[]).flatMap((group) =>
    idsByGroup[group].split(' ').map((id): [string, RuleGroup] => [id, group]),
  ),
)

/** Undefined for what is no rule of the catalogue. */
export const groupOf = (rule: string): RuleGroup | undefined => groups.get(rule)
