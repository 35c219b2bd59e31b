import type { PostureState, WorkflowStep } from '../../repository/posture/posture-state.js'
import { type CiCommand, ciCommands } from './ci-commands.js'

/** Whether CI makes a bill of materials, which then need not lie in the repository. */
export const makesSbom = (posture: PostureState): boolean =>
  ciCommands(posture).some(isMaker) ||
  posture.workflows.some(({ jobs }) => jobs.some(({ steps }) => steps.some(isMakerStep)))

const makers: ReadonlySet<string> = new Set([
  '@cyclonedx/cyclonedx-npm',
  'cyclonedx-npm',
  '@cyclonedx/cdxgen',
  'cdxgen',
  'syft',
  'sbom-tool',
])

function isMaker({ program, words }: CiCommand): boolean {
  if (makers.has(program)) return true
  const verb = words.find((word) => !word.startsWith('-'))
  switch (program) {
    case 'npm':
    case 'pnpm':
      return verb === 'sbom'
    case 'yarn':
      return verb === 'cyclonedx'
    case 'lockwarden':
      return verb === 'audit' && words.some((word) => word.startsWith('--sbom'))
    case 'trivy':
      return words.some((word) => /^(?:--format=)?(?:cyclonedx|spdx(?:-json)?)$/.test(word))
    default:
      return false
  }
}

const makerActions =
  /^(?:anchore\/sbom-action|cyclonedx\/gh-node-module-generatebom|advanced-security\/sbom-generator-action|actions\/attest-sbom)(?:[/@]|$)/i

function isMakerStep({ uses, inputs }: WorkflowStep): boolean {
  if (uses === undefined) return false
  if (/^docker\/build-push-action(?:@|$)/i.test(uses.text)) return /^(?:true|generator=)/.test(inputs.get('sbom') ?? '')
  if (/^aquasecurity\/trivy-action(?:@|$)/i.test(uses.text))
    return /^(?:cyclonedx|spdx)/.test(inputs.get('format') ?? '')
  return makerActions.test(uses.text)
}
