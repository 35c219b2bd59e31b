import { maxAnnotations } from '../limits.js'
import type { Policy } from '../policy/policy.js'
import {
  againNotice,
  joinCheckOutputs,
  type LabelledReport,
  type Notice,
  uncommentedNotice,
} from '../report/check-texts.js'
import { indexPaths } from '../report/finding-text.js'
import { annotationText } from '../report/inline-comment.js'
import type { Report, ReportedFinding } from '../report/report.js'
import type { CheckOutput } from '../report/to-markdown.js'

export type Conclusion = 'success' | 'neutral' | 'action_required' | 'failure' | 'cancelled'

export interface Annotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly annotation_level: 'notice' | 'warning' | 'failure'
  readonly message: string
  readonly title: string
  readonly raw_details?: string
}

/** All that will be sent to complete a check run. */
export interface CheckPlan {
  readonly conclusion: Conclusion
  readonly output: CheckOutput
  readonly annotations: readonly Annotation[]
}

/** One review of a commit: where it counts, and what came out. */
export interface Judged {
  /** `#12 into main`, `push to main`, `merge group for main`. */
  readonly label: string
  readonly report: Report
  readonly policy: Policy
  readonly conclusion: Conclusion
}

/** From the one that passes a required check best to the one that does so least. */
const badness: readonly Conclusion[] = ['success', 'neutral', 'action_required', 'failure']

/**
 * `commented`: fingerprints of findings that a comment on their line shows already. `again`: when the commit is reviewed once more, in milliseconds
 * since the epoch.
 */
export function planCheck(
  judged: readonly [Judged, ...Judged[]],
  commented: ReadonlySet<string>,
  uncommented = 0,
  again?: number,
): CheckPlan {
  const labelled = judged.map((one): LabelledReport & { readonly conclusion: Conclusion } => ({
    label: one.label,
    report: one.report,
    threshold: one.policy,
    conclusion: one.conclusion,
  }))
  const [worst, ...rest] = labelled.toSorted((a, b) => badness.indexOf(b.conclusion) - badness.indexOf(a.conclusion))
  if (!worst) throw new Error('a check has at least one review')
  const output = joinCheckOutputs([worst, ...rest])
  const notices = [
    ...(again === undefined ? [] : [againNotice(new Date(again))]),
    ...(uncommented === 0 ? [] : [uncommentedNotice(uncommented)]),
  ]
  const summary = [...notices, output.summary].join('\n\n')
  return {
    conclusion: worst.conclusion,
    output: { ...output, summary },
    annotations: planAnnotations(judged, commented),
  }
}

export const toPlan = (conclusion: Conclusion, notice: Notice): CheckPlan => ({
  conclusion,
  output: { ...notice, text: '' },
  annotations: [],
})

const levels = { critical: 'failure', high: 'failure', medium: 'warning', low: 'notice' } as const

function planAnnotations(judged: readonly Judged[], commented: ReadonlySet<string>): Annotation[] {
  const planned = new Map<string, Annotation>()
  for (const { report } of judged) {
    const index = indexPaths(report.changes)
    const shown = report.findings.filter(({ accepted, fingerprint }) => !accepted && !commented.has(fingerprint))
    for (const finding of shown) {
      const annotation = toAnnotation(finding, annotationText(finding, index))
      if (annotation) planned.set(keyOf(annotation), annotation)
    }
  }
  return [...planned.values()].slice(0, maxAnnotations)
}

/** What makes two annotations the same: GitHub adds what it is sent, so this is how we know what it has. */
export const keyOf = ({
  path,
  start_line,
  title,
  message,
}: Omit<Annotation, 'end_line' | 'annotation_level'>): string => JSON.stringify([path, start_line, title, message])

function toAnnotation(
  { severity, location }: ReportedFinding,
  { title, message, rawDetails }: ReturnType<typeof annotationText>,
): Annotation | undefined {
  if (location?.line === undefined) return undefined
  return {
    path: location.file,
    start_line: location.line,
    end_line: location.line,
    annotation_level: levels[severity],
    message,
    title,
    ...(rawDetails !== '' && { raw_details: rawDetails }),
  }
}
