import type { Deduction, Grade } from '../policy/grade.js'
import { shorten } from './escape.js'
import { listFew, plural } from './plural.js'
import type { Coverage } from './report.js'
import type { Tree } from './tree.js'

/** `grade C (72 of 100)`; no foreign text. */
export function gradeText({ letter, score, provisional }: Grade): string {
  return provisional
    ? `grade ${letter} at most (${score} of 100, and not all that is graded is known)`
    : `grade ${letter} (${score} of 100)`
}

/** `287 packages, judged by lockfile and registry`; no foreign text. */
export function treeCoverage({ packages }: Tree, { expected, analysed, unverified }: Coverage): string {
  const count = (n: number): string => n.toLocaleString('en-US')
  if (packages === 0) return 'no packages'
  if (expected === 0) return `${plural(packages, 'package')}, judged by lockfile and registry, not opened`
  return `${plural(packages, 'package')}, ${count(analysed)} analysed, ${count(unverified)} unverified`
}

const scriptsNamed = 12

/** npm takes names of at most 214 characters; lockfiles hold any. */
const longestName = 250

/** What the lockfiles install, in one paragraph. Names of packages and files are foreign text. */
export function treeText(tree: Tree): string {
  return [installText(tree), integrityText(tree), provenanceText(tree), sbomText(tree)]
    .filter((text) => text !== '')
    .join(' ')
}

function installText({ packages, installScripts }: Tree): string {
  if (packages === 0) return 'No lockfile here installs anything.'
  const run = installScripts.length
  if (run === 0) return `Of ${plural(packages, 'package')} none runs an install script.`
  const which = listFew(
    installScripts.map((name) => shorten(name, longestName)),
    scriptsNamed,
  )
  const what = run === 1 ? '1 runs an install script' : `${run.toLocaleString('en-US')} run install scripts`
  return `Of ${plural(packages, 'package')} ${what}: ${which}.`
}

function integrityText({ withIntegrity, withoutIntegrity }: Tree): string {
  const all = withIntegrity + withoutIntegrity
  if (all === 0) return ''
  if (withoutIntegrity === 0) return 'All are locked by a hash.'
  return `${areOrIs(withIntegrity)} locked by a hash, ${areOrIs(withoutIntegrity)} not.`
}

const areOrIs = (count: number): string => `${count.toLocaleString('en-US')} ${count === 1 ? 'is' : 'are'}`

function provenanceText({ provenance: { direct, attested, unknown } }: Tree): string {
  if (direct === 0) return ''
  if (unknown === direct) return 'This registry does not say whether the direct dependencies have provenance.'
  const rest = unknown === 0 ? '' : `, and of ${unknown.toLocaleString('en-US')} it is not known`
  return `Of ${plural(direct, 'direct dependency', 'direct dependencies')} ${attested.toLocaleString('en-US')} ${attested === 1 ? 'has' : 'have'} provenance${rest}.`
}

function sbomText({ packages, sbom: { state, files } }: Tree): string {
  if (state === 'absent') return packages === 0 ? '' : 'The repository holds no bill of materials.'
  const verb =
    files.length === 1 ? (state === 'current' ? 'agrees' : 'disagrees') : state === 'current' ? 'agree' : 'disagree'
  return `Its ${files.length === 1 ? 'bill' : 'bills'} of materials (${listFew(files.map((file) => shorten(file, longestName)))}) ${verb} with the lockfiles.`
}

/** `−15`, with the sign that people read. */
export const pointsText = ({ points }: Deduction): string => `−${points}`
