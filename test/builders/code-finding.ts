import { foreign } from '../../src/foreign.js'
import type { PackageFacts } from '../../src/package/package-facts.js'
import type { Observation } from '../../src/rules/rule.js'
import { anAnalysedPackage } from './analysed-package.js'

type Files = Readonly<Record<string, string>>

/** What a rule that compares code is given: both versions, read as any package is. */
export async function codeFacts(
  before: Files,
  now: Files,
  manifest: object = {},
): Promise<{ package: PackageFacts; previousPackage: PackageFacts }> {
  return {
    package: await anAnalysedPackage(now, manifest),
    previousPackage: await anAnalysedPackage(before, manifest),
  }
}

/** One line of evidence: label, text, file, line, column. */
export type CodeEvidence = readonly [label: string, value: string, file: string, line: number, column: number]

/** A finding about the code of left-pad, shown at its version in the lockfile. */
export const codeObservation = (
  message: string,
  evidence: readonly CodeEvidence[],
  more: Partial<Observation> = {},
): Observation => ({
  message,
  evidence: evidence.map(([label, value, file, line, column]) => ({
    label,
    value: foreign(value),
    file,
    line,
    column,
  })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
  ...more,
})
