import type { Change } from '../../src/change/change.js'
import { foreign } from '../../src/foreign.js'
import type { ReviewResult } from '../../src/github/reviewer.js'
import { defaultPolicy, type Policy } from '../../src/policy/policy.js'
import { judge } from '../../src/policy/verdict.js'
import type { Report, ReportedFinding } from '../../src/report/report.js'

export const lockfile = 'package-lock.json'

/** A lockfile whose every `bad` version is a finding of the scripted review, on its own line. */
export function aLockfile(packages: Readonly<Record<string, string>>): string {
  const entries = Object.entries(packages).map(([name, version]) => [`node_modules/${name}`, { version }])
  return `${JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(entries) }, null, 2)}\n`
}

export const aManifest = (dependencies: Readonly<Record<string, string>>): string =>
  `${JSON.stringify({ name: 'shop', dependencies }, null, 2)}\n`

/**
 * Stands for the pipeline: reads base and head through the change's snapshots, as the real one does, and flags what head has
 * and base has not. What it could not read is a gap, so that a snapshot that hides a failure is seen.
 */
export async function reviewScripted(change: Change, policy: Policy = defaultPolicy): Promise<ReviewResult> {
  const [base, head] = [await readBad(change.base), await readBad(change.head)]
  const listings = [await change.base.list(), await change.head.list()]
  const readPolicy = await change.policy.read('.github/lockwarden.yml')
  const organisation = await change.organisationPolicy?.read('.github/lockwarden.yml')
  const gaps = [
    ...[base.gap, head.gap].flatMap((gap) => gap ?? []),
    ...listings.flatMap((listing) => listing.gaps),
    ...[readPolicy, organisation].flatMap((read) => (read?.kind === 'unreadable' ? [read.gap] : [])),
  ]
  const known = new Set(base.bad.map(({ key }) => key))
  const findings = head.bad.filter(({ key }) => !known.has(key)).map(toFinding)
  const draft: Report = {
    schemaVersion: 1,
    verdict: 'incomplete',
    base: change.base.origin,
    head: change.head.origin,
    changes: [],
    findings,
    gaps: gaps.map((gap) => ({ ...gap, matters: true })),
    notes: [],
    coverage: { changed: 0, expected: 0, analysed: 0, unverified: 0, filesAnalysed: 0, filesSkipped: 0 },
    timings: {},
  }
  const judgement = judge(draft, policy)
  return {
    report: { ...draft, verdict: judgement.verdict },
    policy,
    conclusion: judgement.conclusion,
    policyErrors: [],
  }
}

async function readBad(snapshot: Change['base']) {
  const read = await snapshot.read(lockfile)
  if (read.kind === 'unreadable') return { bad: [], gap: read.gap }
  const lines = read.kind === 'file' ? read.bytes.toString('utf8').split('\n') : []
  const bad = lines.flatMap((line, index) => {
    const version = /"version": "(\d[\d.]*-bad[^"]*)"/.exec(line)?.[1]
    const name = /"node_modules\/([^"]+)"/.exec(lines[index - 1] ?? '')?.[1] ?? ''
    return version === undefined ? [] : [{ key: `${name}@${version}`, name, version, line: index + 1 }]
  })
  return { bad, gap: undefined }
}

const toFinding = (bad: { key: string; name: string; version: string; line: number }): ReportedFinding => ({
  fingerprint: Buffer.from(bad.key).toString('hex'),
  rule: 'install-script-added',
  title: 'install script added',
  severity: 'high',
  confidence: 'high',
  package: { name: bad.name, after: bad.version },
  message: 'runs a new postinstall script on install',
  fix: 'Read the script before you merge.',
  location: { file: lockfile, line: bad.line },
  evidence: [{ label: 'postinstall', value: foreign(`node ${bad.name}.js`) }],
})
