import { type Gap, known, type Outcome, unknown } from '../../gap.js'
import type { Attestation, ProvenanceState, SigningKey } from '../../registry/provenance/provenance.js'
import type { TrustRoot } from '../../registry/provenance/trust-root.js'
import type { Subject } from '../../registry/provenance/verify-attestation.js'
import type { PackageReference, Registry } from '../../registry/registry.js'
import type { Packument } from '../../registry/registry-facts.js'
import { keepsRecords } from './records.js'
import { knownKeys } from './signature.js'

export interface ProvenanceSources {
  readonly registry: Registry
  /** Read where it is needed: most packages have no statement. */
  readonly trustRoot: () => TrustRoot
  readonly signal?: AbortSignal | undefined
}

/** A statement about how a version was built (https://slsa.dev/provenance), and the registry's own about who published it. */
const provenanceType = 'https://slsa.dev/provenance/'
const publishType = 'https://github.com/npm/attestation/tree/main/specs/publish/'

/**
 * What a version's statements come to, held against its name and the bytes that `sha512` names. Unknown where the registry has none to
 * hand out that its record speaks of, or keeps no records at all, as mirrors do.
 */
export async function readProvenance(
  reference: PackageReference,
  sha512: string | undefined,
  packument: Packument,
  sources: ProvenanceSources,
): Promise<Outcome<ProvenanceState>> {
  if (!keepsRecords(packument)) return unknown(gapOf(reference, 'the registry keeps no record of how it was published'))
  const recorded = packument.releases.get(reference.version)?.attestations ?? []
  if (recorded.length === 0) return known({ state: 'absent' })
  const subject = subjectOf(reference, sha512)
  const root = sources.trustRoot()
  const by = `${root.id}|${subject.sha512}`
  const build = await sources.registry.keptBuild(reference, by)
  if (build !== undefined) return known({ state: 'verified', build })
  const answer = await sources.registry.attestations(reference, sources.signal)
  if (!answer.known) return answer
  const { signingKeys } = await knownKeys(reference.name, sources)
  const judged = await judge(answer.value, subject, root, signingKeys)
  if (judged.state === 'verified') await sources.registry.keepBuild(reference, by, judged.build)
  return known(judged)
}

/** `pkg:npm/%40scope/name@1.0.0`, as npm itself writes it into what it signs. */
function subjectOf({ name, version }: PackageReference, sha512: string | undefined): Subject {
  const digest = Buffer.from(sha512?.replace(/^sha512-/, '') ?? '', 'base64').toString('hex')
  return { purl: `pkg:npm/${name.replace(/^@/, '%40')}@${version}`, sha512: digest }
}

/** One statement that is wrong makes all of them doubtful; the registry's own counts only where its key is known. */
async function judge(
  attestations: readonly Attestation[],
  subject: Subject,
  root: TrustRoot,
  keys: readonly SigningKey[],
): Promise<ProvenanceState> {
  // Loaded here: a tenth of a second, for which most reviews have no use.
  const [{ verifyProvenance, verifyStatement }, { withKeys }, material] = await Promise.all([
    import('../../registry/provenance/verify-attestation.js'),
    import('../../registry/provenance/trust-material.js'),
    root.material(),
  ])
  const builds = attestations
    .filter(({ predicateType }) => predicateType.startsWith(provenanceType))
    .map((attestation) => verifyProvenance(attestation, subject, material))
  const published = attestations
    .filter(({ predicateType }) => predicateType.startsWith(publishType))
    .map((attestation) => verifyStatement(attestation, subject, withKeys(material, keys)))
  const states = [...builds, ...published.filter((one) => one.state === 'invalid')]
  return (
    states.find(({ state }) => state === 'invalid') ??
    states.find(({ state }) => state === 'unverifiable') ??
    states[0] ?? { state: 'absent' }
  )
}

const gapOf = ({ name, version }: PackageReference, detail: string): Gap => ({
  code: 'attestations-unavailable',
  package: `${name}@${version}`,
  fact: 'provenance',
  detail,
})
