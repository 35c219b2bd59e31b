import { emptySnapshot } from './change/empty-snapshot.js'
import type { Snapshot } from './change/snapshot.js'
import { type AuditDepth, type Examined, type ExamineOptions, examine } from './examine.js'
import type { Gap } from './gap.js'
import { ignoredPathIn } from './lockfile/project-files.js'
import { gradeOf } from './policy/grade.js'
import { listFew, plural } from './report/plural.js'
import { buildTree } from './report/tree.js'
import { conclude, type Review } from './review.js'

export interface AuditOptions extends Omit<ExamineOptions, 'change' | 'audit'>, AuditDepth {
  readonly head: Snapshot
  /** The organisation's `.github` repository, whose policy is a floor. */
  readonly organisationPolicy?: Snapshot
}

/** The report has no base. */
const nowhere = { kind: 'directory', path: '' } as const

const unsearchedNote = 'code was not searched for MCP servers that it starts: `lockwarden audit` in a clone does that'

/** One state of a repository, judged by the policy that stands in it. Rejects only when `signal` aborts or for a bug of ours. */
export async function audit({
  head,
  organisationPolicy,
  openPackages,
  readsAreRequests = false,
  ...options
}: AuditOptions): Promise<Review> {
  const whole: ExamineOptions = {
    ...options,
    audit: { openPackages, readsAreRequests },
    change: { base: emptySnapshot(nowhere), head, policy: head, ...(organisationPolicy && { organisationPolicy }) },
  }
  const examined = await examine(whole)
  const { projects } = examined
  const concluded = conclude(whole, {
    ...examined,
    projects: {
      ...projects,
      notes: [...withoutIgnored(projects.notes), ...(readsAreRequests ? [unsearchedNote] : [])],
    },
    gaps: [...examined.gaps, ...nothingToAudit(examined)],
  })
  const { base: _, timings, ...report } = concluded.report
  return { ...concluded, report: { ...report, grade: gradeOf(report), tree: treeOf(examined), timings } }
}

/** Nothing changed, and who leaves out a folder of fixtures wants one line about it. */
function withoutIgnored(notes: readonly string[]): readonly string[] {
  const paths = notes.flatMap((note) => ignoredPathIn(note) ?? [])
  const others = notes.filter((note) => ignoredPathIn(note) === undefined)
  return paths.length === 0
    ? others
    : [...others, `the policy leaves out ${plural(paths.length, 'file')}: ${listFew(paths)}`]
}

/** Who audits the wrong folder must not read that all is well there. */
function nothingToAudit({ projects, repository: { posture } }: Examined): Gap[] {
  if (projects.projects.length > 0 || projects.changes.length > 0 || (posture?.changed.size ?? 0) > 0) return []
  const detail = 'no lockfile, manifest or setting that could be audited is here'
  return [{ code: 'repository-unreadable', fact: 'repository', detail }]
}

function treeOf({ projects, inspected, repository: { installed, posture } }: Examined): ReturnType<typeof buildTree> {
  const packages = projects.changes.map((change, index) => {
    const entry = inspected[index]?.tree
    return { change, ...(entry && { entry }) }
  })
  return buildTree(packages, posture?.after.sboms ?? [], installed ?? [])
}
