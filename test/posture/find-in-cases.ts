import type { Snapshot } from '../../src/change/snapshot.js'
import { known } from '../../src/gap.js'
import { readPosture } from '../../src/repository/posture/read-posture.js'
import type { RepositoryChange } from '../../src/repository/repository-change.js'
import { applyRules } from '../../src/rules/apply.js'
import type { Finding } from '../../src/rules/finding.js'
import { groupOf } from '../../src/rules/groups.js'
import { rules } from '../../src/rules/index.js'
import { aSnapshot } from '../builders/memory-snapshot.js'
import { theOwnNames } from '../builders/own-names.js'
import type { Files, PostureCase } from './read-cases.js'

/** A finding where a person finds it again: by the text of its line, since numbers say nothing in a table. */
export interface Spoken {
  readonly path: string
  readonly rule: string
  readonly line: string
  readonly finding: Finding
}

/** What all rules about the repository's own posture say of a case, as a review or an audit without a policy has them. */
export async function findInCase({ id, owner, before, after, judged }: PostureCase): Promise<readonly Spoken[]> {
  const open = (files: Files): Snapshot => ({ ...aSnapshot(files), owner })
  const { change } = await readPosture(before && open(before), open(after), { ignores: () => false })
  const subject: RepositoryChange = { kind: 'repository', policyErrors: [], posture: change }
  const { findings, skipped } = applyRules(postureRules, subject, {
    pins: known([]),
    ownNames: known(theOwnNames()),
    pythonPolicy: known({ requireHashes: false, index: 'none' }),
    approvals: known([]),
  })
  if (skipped.length > 0) throw new Error(`${id}: ${skipped.map(({ gap }) => gap.detail).join(', ')}`)
  return findings.flatMap((finding): readonly Spoken[] => {
    const [first] = finding.anchors
    if (first?.kind !== 'line' && first?.kind !== 'file') return []
    const text = first.kind === 'line' ? (after[first.file]?.split(/\r?\n/)[first.line - 1] ?? '') : ''
    const path = before === undefined ? id : `${id}/${first.file}`
    return judged.has(first.file) ? [{ path, rule: finding.rule, line: excerptOf(text), finding }] : []
  })
}

const postureRules = rules.filter(({ id }) => groupOf(id) === 'posture')

/** Enough to know the line again, and no more of somebody else's file. */
const excerptOf = (line: string): string => line.trim().slice(0, 80)
