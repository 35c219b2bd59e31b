import { describe, expect, it } from '@jest/globals'
import { readMarker, writeMarker } from '../../src/github/comment-marker.js'
import { type CommentPlanInput, type OwnComment, planComments } from '../../src/github/inline-comments.js'
import type { ReportedFinding } from '../../src/report/report.js'
import { hunksOf } from '../builders/hunks.js'
import { aReport, aReportedFinding } from '../builders/report.js'

const file = 'package-lock.json'
const headSha = 'b'.repeat(40)

/** Lines 1 to 100 are added. */
const added = hunksOf('@@ -0,0 +1,100 @@', ...Array.from({ length: 100 }, (_, index) => `+line ${index + 1}`))
const diff = new Map([[file, { hunks: added }]])

const finding = (fingerprint: string, line = 12, overrides: Partial<ReportedFinding> = {}) =>
  aReportedFinding({ fingerprint, location: { file, line }, ...overrides })

function plan(
  findings: readonly ReportedFinding[],
  existing: readonly OwnComment[] = [],
  overrides: Partial<CommentPlanInput> = {},
) {
  const threshold = { from: 'high', limit: 20 } as const
  return planComments({ report: aReport({ findings }), threshold, headSha, diff, existing, ...overrides })
}

/** The comments that a plan creates, as GitHub would list them. */
const published = (findings: readonly ReportedFinding[], overrides: Partial<OwnComment> = {}): OwnComment[] =>
  plan(findings).create.map(({ body, line }, index) => ({
    id: index + 1,
    nodeId: `node-${index + 1}`,
    body,
    file,
    ...(line !== undefined && { line }),
    answered: false,
    ...overrides,
  }))

const nothing = { create: [], update: [], retire: [], restore: [], keep: [], shown: new Set(), left: 0 }

describe('planComments', () => {
  it('creates one comment for each line, with all findings of that line', () => {
    const { create, shown, left } = plan([finding('aa'), finding('bb', 30), finding('cc')])
    expect(create.map(({ line, fingerprints }) => [line, fingerprints])).toEqual([
      [12, ['aa', 'cc']],
      [30, ['bb']],
    ])
    expect(create.map(({ body }) => body.split('\n')[0])).toEqual([
      '<!-- lockwarden:aa,cc -->',
      '<!-- lockwarden:bb -->',
    ])
    expect([shown, left]).toEqual([new Set(['aa', 'cc', 'bb']), 0])
  })

  it('plans nothing for findings below the threshold and for accepted ones', () => {
    const low = finding('aa', 12, { severity: 'medium' })
    const accepted = finding('bb', 12, { accepted: { by: 'policy', reason: 'ours' } })
    expect(plan([low, accepted])).toEqual(nothing)
  })

  it('keeps a comment that says what is to be said, and plans the same when it is asked again', () => {
    const findings = [finding('aa')]
    const existing = published(findings)
    expect(plan(findings, existing)).toEqual({ ...nothing, keep: [1], shown: new Set(['aa']) })
  })

  it('does not mind how GitHub stores line ends', () => {
    const findings = [finding('aa')]
    const existing = published(findings).map((one) => ({ ...one, body: one.body.replaceAll('\n', '\r\n') }))
    expect(plan(findings, existing).keep).toEqual([1])
  })

  it('updates the comment in place when its finding reads differently now', () => {
    const { update, create } = plan([finding('aa', 12, { fix: 'Ask the author.' })], published([finding('aa')]))
    expect(create).toEqual([])
    expect(update.map(({ id, body }) => [id, body.includes('Ask the author.')])).toEqual([[1, true]])
  })

  it('never makes a second copy, also when the comment is not on the diff any more', () => {
    const outdated = published([finding('aa')]).map(({ line: _, ...comment }) => comment)
    expect(plan([finding('aa', 40)], outdated)).toMatchObject({ create: [], keep: [1], shown: new Set() })
  })

  it('adds a new finding to the comment that stands on its line', () => {
    const { create, update } = plan([finding('aa'), finding('bb')], published([finding('aa')]))
    expect(create).toEqual([])
    expect(update.map(({ body }) => readMarker(body)?.fingerprints)).toEqual([['aa', 'bb']])
  })

  it('retires a comment whose findings are gone, and minimises it unless somebody answered', () => {
    const body = published([finding('aa')])[0]?.body ?? ''
    const silent = plan([], published([finding('aa')])).retire
    const answered = plan([], published([finding('aa')], { answered: true })).retire
    expect(silent.map(({ id, nodeId }) => [id, nodeId])).toEqual([[1, 'node-1']])
    expect(answered.map(({ id, nodeId }) => [id, nodeId])).toEqual([[1, undefined]])
    expect(silent[0]?.body.split('\n').slice(0, 3)).toEqual([
      '<!-- lockwarden:outdated aa -->',
      `**No longer found** at ${headSha.slice(0, 12)}.`,
      '',
    ])
    expect(silent[0]?.body).toContain(body.split('\n').slice(1).join('\n'))
  })

  it('leaves a retired comment alone, and brings it back with its finding', () => {
    const [comment] = published([finding('aa')])
    const [retired] = plan([], comment ? [comment] : []).retire
    const old = { id: 1, nodeId: 'node-1', file, answered: false, body: retired?.body ?? '' }
    expect(plan([], [old])).toEqual(nothing)
    const back = plan([finding('aa')], [old])
    expect(back).toMatchObject({ create: [], restore: ['node-1'], update: [{ id: 1, body: comment?.body }] })
  })

  it('retires the second of two copies that an older version left', () => {
    const [comment] = published([finding('aa')])
    const copies = comment ? [comment, { ...comment, id: 2, nodeId: 'node-2' }] : []
    const { keep, retire } = plan([finding('aa')], copies)
    expect([keep, retire.map(({ id }) => id)]).toEqual([[1], [2]])
  })

  it('ignores comments of ours without a marker', () => {
    const other = { id: 1, nodeId: 'n', file, answered: false, body: 'Accepted until Friday.' }
    expect(plan([], [other])).toEqual(nothing)
  })

  it('stops at the limit, counts what has no comment, and counts those that stand', () => {
    const findings = [finding('aa', 1), finding('bb', 2), finding('cc', 3), finding('dd', 4)]
    const threshold = { from: 'high', limit: 2 } as const
    const fresh = plan(findings, [], { threshold })
    expect([fresh.create.map(({ line }) => line), fresh.left]).toEqual([[1, 2], 2])
    const later = plan(findings, published(findings.slice(0, 1)), { threshold })
    expect([later.create.map(({ line }) => line), later.left]).toEqual([[2], 2])
  })

  it('leaves what has no place in the diff to the check run', () => {
    const elsewhere = finding('aa', 12, { location: { file: 'other.json', line: 1 } })
    expect(plan([elsewhere])).toEqual({ ...nothing, left: 1 })
  })

  it('does not change what it is given', () => {
    const findings = Object.freeze([Object.freeze(finding('aa'))])
    const existing = Object.freeze(published(findings).map((one) => Object.freeze(one)))
    expect(plan(findings, existing)).toEqual(plan(findings, existing))
  })
})

describe('the marker of a comment', () => {
  it.each([
    { outdated: false, fingerprints: ['aa'] },
    { outdated: true, fingerprints: ['aa', 'bb'] },
  ])('is read as it was written: %j', (marker) => {
    expect(readMarker(`${writeMarker(marker)}\ntext`)).toEqual(marker)
  })

  it.each([
    'text',
    ' <!-- lockwarden:aa -->',
    'text\n<!-- lockwarden:aa -->',
    '<!-- lockwarden: -->',
    '<!-- other:aa -->',
  ])('is not found in "%s"', (body) => {
    expect(readMarker(body)).toBeUndefined()
  })
})
