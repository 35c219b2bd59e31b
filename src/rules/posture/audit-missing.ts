import { posix } from 'node:path'
import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { hasAdvisoryGate } from '../shared/advisory-gates.js'
import { isWholeState } from '../shared/whole-state.js'

/** Workflows that are named: enough to see which were looked at. */
const shown = 5

const byNpm =
  'Let a workflow fail on known advisories, for example by `npm audit --audit-level=high` and `npm audit signatures` after `npm ci`.'

const withCommand = (command: string): string =>
  `Let a workflow fail on known advisories, for example by \`${command}\` after the install.`

/** Each asks about its own lockfile only. The command of Yarn 1 fails on any advisory, whatever its `--level`. */
const fixes: Readonly<Record<string, string>> = {
  'bun.lock': withCommand('bun audit --audit-level=high'),
  'pnpm-lock.yaml': withCommand('pnpm audit --audit-level=high'),
  'yarn.lock':
    'Let a workflow fail on known advisories, for example by `yarn npm audit --recursive --severity high` (Yarn 1: `yarn audit`) after the install.',
}

const fixOf = (lockfile: string): string | undefined => {
  const name = posix.basename(lockfile)
  return Object.hasOwn(fixes, name) ? fixes[name] : undefined
}

export const auditMissing = defineRule({
  id: 'audit-missing',
  title: 'no advisory gate in CI',
  severity: 'medium',
  confidence: 'medium',
  fix: byNpm,
  on: ['repository'],
  needs: [],

  inspect(repository) {
    const { posture, installed = [] } = repository
    const [first] = installed
    if (!isWholeState(repository) || posture === undefined || first === undefined) return []
    if (hasAdvisoryGate(posture.after)) return []
    const fix = fixOf(first.lockfile)
    return [
      {
        message: 'installs packages that no step of the workflows holds against known advisories',
        evidence: posture.after.workflows
          // A composite action starts for nothing by itself.
          .filter(({ triggers }) => triggers.length > 0)
          .slice(0, shown)
          .map(({ file }) => ({ label: 'workflow without one', value: foreign(file) })),
        anchors: [{ kind: 'file', file: first.lockfile }],
        ...(fix !== undefined && { fix }),
      },
    ]
  },
})
