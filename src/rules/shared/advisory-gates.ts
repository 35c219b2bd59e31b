import type { PostureState, WorkflowStep } from '../../repository/posture/posture-state.js'
import { type CiCommand, ciCommands } from './ci-commands.js'

/** Whether CI stops where a locked package has a known advisory. */
export const hasAdvisoryGate = (posture: PostureState): boolean =>
  ciCommands(posture).some(stopsOnAdvisories) ||
  posture.workflows.some(({ jobs }) =>
    jobs.some(({ uses, steps }) => isGateAction(uses?.text ?? '') || steps.some(isGateStep)),
  )

/** Programs whose purpose it is, and that end with an error by themselves. */
const gatePrograms: ReadonlySet<string> = new Set([
  'audit-ci',
  'better-npm-audit',
  'npm-audit-resolver',
  'check-audit',
  'improved-yarn-audit',
  'osv-scanner',
  'auditjs',
  'retire',
  'lockwarden',
])

function stopsOnAdvisories({ command: { invocation }, program, words }: CiCommand): boolean {
  if (invocation.failureIgnored) return false
  if (gatePrograms.has(program)) return true
  const verbs = words.filter((word) => !word.startsWith('-'))
  switch (program) {
    case 'npm':
      return verbs[0] === 'audit' && verbs[1] !== 'fix' && !asksNothing(words)
    case 'pnpm':
      return verbs[0] === 'audit' && !words.includes('--fix') && !words.includes('--ignore-registry-errors')
    case 'yarn':
      return verbs[0] === 'audit' || (verbs[0] === 'npm' && verbs[1] === 'audit')
    case 'bun':
      return verbs[0] === 'audit'
    case 'snyk':
      return verbs[0] === 'test'
    case 'socket':
      return verbs[0] === 'ci' || verbs[0] === 'scan'
    case 'trivy':
      return words.some((word, index) => /^--exit-code(?:=[1-9]|$)/.test(word) && words[index + 1] !== '0')
    case 'grype':
      return words.some((word) => /^(?:-f|--fail-on)/.test(word))
    default:
      return false
  }
}

/** npm's own way to list advisories without an error. */
const asksNothing = (words: readonly string[]): boolean =>
  words.includes('--audit-level=none') || words[words.indexOf('--audit-level') + 1] === 'none'

const gateActions =
  /^(?:actions\/dependency-review-action|google\/osv-scanner(?:-action)?|snyk\/actions|socketdev\/action|anchore\/scan-action|oke-py\/npm-audit-action)(?:[/@]|$)/i

const isGateAction = (uses: string): boolean => gateActions.test(uses)

function isGateStep({ uses, inputs }: WorkflowStep): boolean {
  if (uses === undefined) return false
  // Trivy reports unless it is told to fail.
  if (/^aquasecurity\/trivy-action(?:@|$)/i.test(uses.text)) return /^[1-9]/.test(inputs.get('exit-code') ?? '')
  return isGateAction(uses.text)
}
