import { readFileSync, writeFileSync } from 'node:fs'
import { findInCase, type Spoken } from './find-in-cases.js'
import { holdAgainst, readJudged, toTable, withTable } from './judged-findings.js'
import { readPostureCases } from './read-cases.js'

// `npm run posture`: what the rules about the repository's own posture say of real files and of real changes, held against what people said of each
// finding. `-- details` with all findings; `-- unjudged` with the entries that are missing, to be filled in; `-- docs` writes the README's table.
const words = process.argv.slice(2)
const cases = readPostureCases()
if ('missing' in cases) {
  console.log(cases.missing)
  process.exitCode = 1
} else {
  const spoken: Spoken[] = []
  for (const one of cases) spoken.push(...(await findInCase(one)))
  const judged = readJudged()
  const { unjudged, gone } = holdAgainst(judged, spoken)
  const details = words.includes('details')
    ? [...spoken].sort((a, b) => (a.rule < b.rule ? -1 : Number(a.rule > b.rule)))
    : []
  for (const { path, rule, line, finding } of details) {
    console.log(`${rule} ${finding.severity} ${path}\n  ${line}`)
    for (const { label, value } of finding.evidence) console.log(`    ${label}: ${JSON.stringify(value)}`)
  }
  console.log(`${cases.length} cases, ${spoken.length} findings\n${toTable(judged)}`)
  for (const { path, rule, line, reason } of judged.filter(({ verdict }) => !verdict)) {
    console.log(`false: ${rule} ${path}\n  ${line}\n  ${reason}`)
  }
  for (const { path, rule, line } of unjudged) {
    console.log(
      words.includes('unjudged') ? JSON.stringify({ path, rule, line }) : `not judged: ${rule} ${path}\n  ${line}`,
    )
  }
  for (const { path, rule, line } of gone) console.log(`not told any more: ${rule} ${path}\n  ${line}`)
  if (words.includes('docs')) {
    const readme = 'test/posture/README.md'
    writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), judged))
  }
  process.exitCode = unjudged.length + gone.length > 0 ? 1 : 0
}
