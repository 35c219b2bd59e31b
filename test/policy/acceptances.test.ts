import { describe, expect, it } from '@jest/globals'
import type { Gap } from '../../src/gap.js'
import { applyAcceptances } from '../../src/policy/acceptances.js'
import type { Acceptance } from '../../src/policy/policy.js'

const sha512 = (letter: string): string => `sha512-${Buffer.alloc(64, letter).toString('base64')}`
const sha1 = `sha1-${Buffer.alloc(20, 'a').toString('base64')}`

const anAcceptance = (overrides: Partial<Acceptance> = {}): Acceptance => ({
  package: 'left',
  version: '1.2.0',
  covers: { rule: 'bin-added' },
  reason: 'known tool',
  until: '2026-12-31',
  by: 'policy',
  ...overrides,
})

const left = { name: 'left', before: '1.1.0', after: '1.2.0' }

function apply(
  acceptance: Acceptance,
  {
    finding,
    gap,
    now = '2026-11-20T12:00:00Z',
    locked = [] as readonly string[],
  }: {
    finding?: { rule: string; package?: { name: string; before?: string; after?: string } }
    gap?: Gap
    now?: string
    locked?: readonly string[]
  },
) {
  return applyAcceptances(
    [acceptance],
    { findings: finding ? [finding] : [], gaps: gap ? [gap] : [] },
    { now: new Date(now), integritiesOf: (name, version) => (`${name}@${version}` === 'left@1.2.0' ? locked : []) },
  )
}

const isAccepted = (acceptance: Acceptance, given: Parameters<typeof apply>[1]): boolean => {
  const { findings, gaps } = apply(acceptance, given)
  return [...findings, ...gaps].some(({ accepted }) => accepted !== undefined)
}

const gapOf = (name: string | undefined, code: Gap['code'] = 'tarball-unavailable'): Gap => ({
  code,
  fact: 'package',
  detail: '503',
  ...(name === undefined ? {} : { package: name }),
})

describe('applyAcceptances', () => {
  it('marks what is accepted with who, why and until when, and keeps the rest as it is', () => {
    const other = { rule: 'tarball-unsafe', package: left }
    const gap = gapOf('left@1.2.0')
    const applied = applyAcceptances(
      [anAcceptance(), anAcceptance({ covers: { gap: 'tarball-unavailable' }, by: 'organisation policy' })],
      { findings: [{ rule: 'bin-added', package: left }, other], gaps: [gap, gapOf('right@1.0.0')] },
      { now: new Date('2026-11-20'), integritiesOf: () => [] },
    )

    expect(applied).toEqual({
      findings: [
        { rule: 'bin-added', package: left, accepted: { by: 'policy', reason: 'known tool', until: '2026-12-31' } },
        other,
      ],
      gaps: [
        { ...gap, accepted: { by: 'organisation policy', reason: 'known tool', until: '2026-12-31' } },
        gapOf('right@1.0.0'),
      ],
      notes: [],
    })
  })

  it.each([
    ['2026-12-31T23:59:59.999Z', true],
    ['2027-01-01T00:00:00.000Z', false],
  ])('counts up to the end of its last day in UTC: at %s it is %s', (now, counts) => {
    expect(isAccepted(anAcceptance(), { finding: { rule: 'bin-added', package: left }, now })).toBe(counts)
  })

  it('notes an acceptance that ran out', () => {
    const { notes } = apply(anAcceptance({ until: '2026-11-19' }), { finding: { rule: 'bin-added', package: left } })

    expect(notes).toEqual([
      'policy: the acceptance of bin-added for left 1.2.0 ran out on 2026-11-19 and counts for nothing',
    ])
  })

  it.each([
    ['1.2.0', '1.2.0', true],
    ['1.2.0', '1.2.1', false],
    ['1.2.0', '1.2.0+other', false],
    ['>=1.2 <2', '1.9.0', true],
    ['>=1.2 <2', '2.0.0', false],
    ['>=1.2 <2', '1.9.0-beta.1', false],
    ['*', '2.0.0-beta.1', true],
    ['*', '', true],
    ['>=0', '', false],
  ])('reads the version %s as covering %j: %s', (version, after, covers) => {
    const finding = { rule: 'bin-added', package: { name: 'left', after } }

    expect(isAccepted(anAcceptance({ version }), { finding })).toBe(covers)
  })

  it('covers a removed package only at every version', () => {
    const finding = { rule: 'bin-added', package: { name: 'left', before: '1.2.0' } }

    expect(isAccepted(anAcceptance(), { finding })).toBe(false)
    expect(isAccepted(anAcceptance({ version: '*' }), { finding })).toBe(true)
  })

  it('never covers another rule, another gap, or a gap by the name of a rule', () => {
    expect(isAccepted(anAcceptance(), { finding: { rule: 'tarball-unsafe', package: left } })).toBe(false)
    expect(isAccepted(anAcceptance({ covers: { gap: 'limit-reached' } }), { gap: gapOf('left@1.2.0') })).toBe(false)
    expect(isAccepted(anAcceptance({ covers: { rule: 'tarball-unavailable' } }), { gap: gapOf('left@1.2.0') })).toBe(
      false,
    )
  })

  it.each([
    ['@acme/*', '*', '@acme/x@1.0.0', true],
    ['@acme/*', '1.0.0', '@acme/x@1.0.0', true],
    ['@acme/*', '2.0.0', '@acme/x@1.0.0', false],
    ['@acme/*', '*', '@other/x@1.0.0', false],
    ['left', '*', 'left@git+ssh://git@host.example/o/r.git#0', true],
    ['left', '*', 'left', true],
  ])('reads the package %s at %s as covering a gap of %s: %s', (name, version, about, covers) => {
    const acceptance = anAcceptance({ package: name, version, covers: { gap: 'tarball-unavailable' } })

    expect(isAccepted(acceptance, { gap: gapOf(about) })).toBe(covers)
  })

  it('covers what is about no package only by the package * at the version *', () => {
    const covers = { gap: 'repository-unreadable' } as const
    const gap = gapOf(undefined, 'repository-unreadable')

    expect(isAccepted(anAcceptance({ package: '*', version: '*', covers }), { gap })).toBe(true)
    expect(isAccepted(anAcceptance({ package: '*', version: '>=1', covers }), { gap })).toBe(false)
    expect(isAccepted(anAcceptance({ package: '*', version: '*', covers, integrity: sha512('a') }), { gap })).toBe(
      false,
    )
  })

  it.each([
    ['the same bytes', [sha512('a')], true],
    ['the same bytes in two lockfiles', [sha512('a'), sha512('a')], true],
    ['the same bytes and a weaker hash', [`${sha1} ${sha512('a')}`], true],
    ['other bytes', [sha512('b')], false],
    ['the same bytes in one lockfile and others in another', [sha512('a'), sha512('b')], false],
    ['a choice of two', [`${sha512('a')} ${sha512('b')}`], false],
    ['a weaker hash alone', [sha1], false],
    ['no hash', [], false],
    ['no valid hash', ['sha512-x y'], false],
  ])('accepts by integrity for %s: %p', (_, locked, accepts) => {
    const finding = { rule: 'bin-added', package: left }

    expect(isAccepted(anAcceptance({ integrity: sha512('a') }), { finding, locked })).toBe(accepts)
  })
})
