import { createHash } from 'node:crypto'
import type { Anchor } from '../lockfile/anchor.js'
import type { Evidence, Observation, Subjects } from './rule.js'

type Subject = Subjects[keyof Subjects]

const fileOf = (anchor: Anchor): string => {
  if (anchor.kind === 'entry') return anchor.lockfile
  if (anchor.kind === 'dependency') return anchor.manifest
  return anchor.file
}

// A package's finding is the same in every lockfile; a repository's is not the same in every file.
const identityOf = (subject: Subject, anchor: Anchor): readonly string[] =>
  subject.kind === 'project' || subject.kind === 'repository'
    ? [fileOf(anchor)]
    : [subject.name, subject.after?.version ?? '']

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/**
 * SHA-256, as hex, of what makes an observation the same one in the next review of the same change. Lines, columns and
 * the wording stay out: a reformatted lockfile or a better sentence must not reopen what a person accepted.
 */
export function fingerprintOf(rule: string, subject: Subject, observation: Observation): string {
  const evidence = observation.evidence
    .map(({ label, value, file }: Evidence) => JSON.stringify([label, value, file ?? '']))
    .sort(byText)
  const parts = [rule, subject.kind === 'project' || subject.kind === 'repository' ? 'file' : 'package']
  return createHash('sha256')
    .update(JSON.stringify([...parts, ...identityOf(subject, observation.anchors[0]), evidence]))
    .digest('hex')
}
