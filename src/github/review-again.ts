import type { Report, ReportedFinding } from '../report/report.js'
import type { Judged } from './check-plan.js'

const dayMs = 86_400_000

/** Clocks need not agree to the second, and a review that comes early would find what it found before. */
const marginMs = 60_000

/** An operator may fix the time that reviews believe in (`--now`): then nothing ever comes of age, and asking again must cost little. */
const leastWaitMs = 15 * 60_000

/**
 * When all fresh releases of a check that does not pass have come of age: a red check that would be green by now, and that nobody told so, teaches
 * people to look away. Milliseconds since the epoch, as is `now`; undefined where time alone changes nothing.
 */
export function reviewAgainAt(
  judged: readonly Pick<Judged, 'report' | 'policy' | 'conclusion'>[],
  now: number,
): number | undefined {
  const times = judged
    .filter(({ conclusion }) => conclusion !== 'success')
    .flatMap(({ report, policy }) => publishedAt(report).map((time) => time + policy.release.freshDays * dayMs))
  return times.length === 0 ? undefined : Math.max(...times.map((time) => time + marginMs), now + leastWaitMs)
}

const publishedAt = ({ findings }: Report): readonly number[] =>
  findings
    .filter(({ rule, accepted }) => rule === 'release-fresh' && accepted === undefined)
    .flatMap(({ evidence }: ReportedFinding) => evidence.filter(({ label }) => label === 'published'))
    .map(({ value }) => Date.parse(value))
    .filter((time) => !Number.isNaN(time))
