import { runCommandLine } from '../dist/cli/run-command-line.js'
import { CodePool } from '../dist/package/code/pool.js'
import { processorMs } from './measure.js'

// `review` with these options, as a person would start it. Sends { ms, processorMs, report }: from the start of the process, so that what is
// loaded for a review counts.
const code = new CodePool()
let text = ''
let errors = ''
const exitCode = await runCommandLine(['review', '--format', 'json', '--quiet', ...process.argv.slice(2)], {
  env: process.env,
  cwd: process.cwd(),
  stdout: { write: (part) => (text += part) },
  stderr: { write: (part) => (errors += part) },
  now: () => new Date(),
  code,
})
if (exitCode === 3) throw new Error(errors)
await code.close()
const measured = { ms: performance.now(), processorMs: processorMs() }
const { verdict, coverage, findings, gaps } = JSON.parse(text)
process.send({
  ...measured,
  verdict,
  coverage,
  rules: findings.map(({ rule }) => rule),
  gaps: gaps.map((gap) => gap.code),
})
process.disconnect()
