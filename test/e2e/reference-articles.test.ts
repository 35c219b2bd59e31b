import { describe, expect, it } from '@jest/globals'
import { audit } from '../../src/audit.js'
import type { Snapshot } from '../../src/change/snapshot.js'
import { openNpmAdvisories } from '../../src/registry/advisories/npm-source.js'
import { openNpmRegistry } from '../../src/registry/npm-registry.js'
import type { Report, ReportedFinding } from '../../src/report/report.js'
import { review } from '../../src/review.js'
import { openMemoryStore } from '../../src/store/memory-store.js'
import { askLoopback } from '../builders/advisories.js'
import { inProcessAnalyser } from '../builders/code-analyser.js'
import { aSnapshot } from '../builders/memory-snapshot.js'
import { anOperator } from '../builders/registry.js'
import { startRegistry } from '../emulator/registry.js'
import type { RepositoryState } from '../replays/replay.js'
import { setStage } from '../replays/stage.js'
import type { Article, ChecklistLine } from './reference-articles/article.js'
import { compromisedDependency } from './reference-articles/compromised-dependency.js'
import { dependencyConfusion } from './reference-articles/dependency-confusion.js'
import { environmentOfServers } from './reference-articles/environment-of-servers.js'
import { mcpSupplyChain } from './reference-articles/mcp-supply-chain.js'

const articles = [dependencyConfusion, compromisedDependency, mcpSupplyChain, environmentOfServers]

const privateAddress = 'https://npm.corp.example/'

/** A busy machine must not make a gap of what is asked for. */
const patiently = (registry: string) =>
  askLoopback({ registry, limits: { connectMs: 30_000, idleMs: 30_000, retryDelayMs: 1 } })

interface Told {
  readonly report: Report
  /** Path → text of the state that was looked at. */
  readonly files: Readonly<Record<string, string>>
}

/** The audit of a state, or the review of what leads to it from `before`. */
async function tell(article: Article, state: RepositoryState, before?: RepositoryState): Promise<Told> {
  const expected = { verdict: 'clear', findings: [] } as const
  const { packages, privateNames = [], advisories = {} } = article
  const stage = await setStage({ description: '', packages, head: state, expected })
  const earlier = before && (await setStage({ description: '', packages, head: before, expected }))
  const isPrivate = ([name]: readonly [string, unknown]): boolean => privateNames.includes(name)
  const published = Object.entries(stage.published)
  const open = await startRegistry({
    packages: Object.fromEntries(published.filter((one) => !isPrivate(one))),
    advisories,
  })
  const closed = await startRegistry({ packages: Object.fromEntries(published.filter(isPrivate)) })
  const moved = (files: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll(privateAddress, closed.url)]))
  try {
    const files = moved(stage.headFiles)
    const head = aSnapshot(files)
    const base: Snapshot | undefined = earlier && aSnapshot(moved(earlier.headFiles))
    const options = {
      openRegistry: (given: Partial<Parameters<typeof openNpmRegistry>[0]>) =>
        openNpmRegistry({
          operator: anOperator({ registry: open.url, allowedHosts: [closed.host] }),
          ...given,
          concurrency: 4,
        }),
      store: openMemoryStore(),
      advisories: {
        usual: 'registry' as const,
        open: () => openNpmAdvisories({ ask: patiently(open.url), registry: open.url }),
      },
      code: inProcessAnalyser,
      ...(stage.trustRoot && { trustRoot: stage.trustRoot }),
      now: new Date('2026-11-20T12:00:00Z'),
      concurrency: 4,
    }
    const { report } = base
      ? await review({ ...options, change: { base, head, policy: base } })
      : await audit({ ...options, head, openPackages: false })
    return { report, files }
  } finally {
    await Promise.all([open.close(), closed.close()])
  }
}

const placed = ({ report, files }: Told): readonly (readonly [string, string, string])[] =>
  report.findings
    .map(({ rule, location }: ReportedFinding) => {
      const text =
        location?.line === undefined ? '' : (files[location.file]?.split('\n')[location.line - 1] ?? '(none)')
      return [rule, location?.file ?? '(nowhere)', text.trim()] as const
    })
    .sort(byText)

const wanted = (lines: readonly ChecklistLine[]) =>
  [...lines]
    .sort((a, b) => byText(a.slice(1, 3), b.slice(1, 3)))
    .map(([, rule, file, line = '']) => [rule, file, typeof line === 'string' ? line : expect.stringMatching(line)])

const byText = (a: readonly unknown[], b: readonly unknown[]): number => (a.join(' ') < b.join(' ') ? -1 : 1)

describe('the reference articles', () => {
  for (const article of articles) {
    const { title, followed, faulty } = article

    for (const { description, state, audited = [], reviewed = [], tree = {} } of faulty) {
      it(`are covered, ${title} by an audit: ${description}`, async () => {
        const told = await tell(article, state)
        expect(placed(told)).toEqual(wanted(audited))
        expect(told.report.tree).toMatchObject(tree)
      })

      it(`are covered, ${title} by a review: ${description}`, async () => {
        expect(placed(await tell(article, state, followed))).toEqual(wanted(reviewed))
      })
    }

    it(`hold nothing against a change that comes to follow ${title}`, async () => {
      const { report } = await tell(article, followed, faulty[0]?.state)
      // Another server is started than before, which is told whatever it is.
      expect(report.findings.filter(({ rule }) => rule !== 'server-config-changed')).toEqual([])
    })

    it(`leave nothing to say where ${title} is followed`, async () => {
      const { report } = await tell(article, followed)
      expect([report.verdict, report.findings, report.gaps, report.grade]).toEqual([
        'clear',
        [],
        [],
        { letter: 'A', score: 100, provisional: false, deductions: [] },
      ])
    })
  }
})
