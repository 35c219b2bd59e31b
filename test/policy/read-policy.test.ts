import { describe, expect, it } from '@jest/globals'
import type { Snapshot } from '../../src/change/snapshot.js'
import { defaultPolicy } from '../../src/policy/policy.js'
import { policyFile, readPolicy } from '../../src/policy/read-policy.js'
import { aSnapshot } from '../builders/memory-snapshot.js'

const rules = [{ id: 'bin-added', severity: 'low' as const }]

const holding = (text: string | undefined): Snapshot => aSnapshot(text === undefined ? {} : { [policyFile]: text })

const unreadable: Snapshot = {
  ...aSnapshot({}),
  read: async (path) => ({
    kind: 'unreadable',
    gap: { code: 'repository-unreadable', file: path, fact: 'repository', detail: '503' },
  }),
}

interface Texts {
  readonly policy?: string | undefined
  readonly base?: string | undefined
  readonly head?: string | undefined
  readonly organisation?: string
  readonly operator?: string
}

/** `base` and `head` hold what the policy's tip holds, unless they are given. */
function read({ policy, organisation, operator, ...given }: Texts) {
  const base = 'base' in given ? given.base : policy
  return readPolicy({
    change: {
      base: holding(base),
      head: holding('head' in given ? given.head : base),
      policy: holding(policy),
      ...(organisation === undefined ? {} : { organisationPolicy: holding(organisation) }),
    },
    rules,
    ...(operator === undefined ? {} : { operator: { file: 'mine.yml', text: operator } }),
  })
}

const clean = { errors: [], organisationErrors: [], headErrors: [], gaps: [], notes: [] }

const typo = 'version: 1\nfailOn: hihg\n'
const typoError = {
  file: policyFile,
  line: 2,
  path: 'failOn',
  seen: '"hihg"',
  wanted: 'one of critical, high, medium, low, never',
}
const typoGap = (whose: string) => ({
  code: 'policy-invalid',
  file: policyFile,
  fact: 'policy',
  detail: `${whose} is invalid: line 2, failOn: saw "hihg", wanted one of critical, high, medium, low, never`,
})

describe('readPolicy', () => {
  it('gives the defaults where there is no file', async () => {
    expect(await read({})).toEqual({ policy: defaultPolicy, ...clean })
  })

  it('reads the tip of the base branch, and neither the merge base nor head', async () => {
    const texts = {
      policy: 'version: 1\nfailOn: low\n',
      base: 'version: 1\nfailOn: critical\n',
      head: 'version: 1\nfailOn: never\n',
    }

    expect(await read(texts)).toEqual({ policy: { ...defaultPolicy, failOn: 'low' }, ...clean })
  })

  it("puts the repository's file over the organisation's, which is a floor", async () => {
    const { policy, notes } = await read({
      policy: 'version: 1\nfailOn: never\ncomments: { limit: 3 }\n',
      organisation: 'version: 1\nfailOn: medium\n',
    })

    expect(policy).toEqual({ ...defaultPolicy, failOn: 'medium', comments: { from: 'high', limit: 3 } })
    expect(notes).toHaveLength(1)
  })

  it("takes the operator's file for the repository's", async () => {
    expect(await read({ policy: typo, operator: 'version: 1\nfailOn: low\n' })).toEqual({
      ...clean,
      policy: { ...defaultPolicy, failOn: 'low' },
      headErrors: [typoError],
    })
    expect((await read({ operator: typo })).errors).toEqual([{ ...typoError, file: 'mine.yml' }])
  })

  it("reviews without an invalid file of base, under the organisation's, and says so by errors and a gap", async () => {
    expect(await read({ policy: typo, organisation: 'version: 1\nfailOn: low\n' })).toEqual({
      ...clean,
      policy: { ...defaultPolicy, failOn: 'low' },
      errors: [typoError],
      gaps: [typoGap('the policy')],
    })
  })

  it('lets a change that mends the policy pass, with a note', async () => {
    const mended = await read({ policy: typo, head: 'version: 1\nfailOn: high\n' })

    expect(mended).toEqual({
      ...clean,
      policy: defaultPolicy,
      notes: [expect.stringContaining('this change mends it')],
    })
  })

  it('does not call it mended when the change leaves the file alone or removes it', async () => {
    const old = 'version: 1\n'

    expect((await read({ policy: typo, base: old, head: old })).errors).toEqual([typoError])
    expect((await read({ policy: typo, head: undefined })).errors).toEqual([typoError])
  })

  it("reports head's mistakes where the change makes them", async () => {
    expect(await read({ policy: 'version: 1\n', head: typo })).toEqual({
      ...clean,
      policy: defaultPolicy,
      headErrors: [typoError],
    })
  })

  it("reports head's mistakes beside base's only where the change touched the file", async () => {
    expect((await read({ policy: typo })).headErrors).toEqual([])
    expect((await read({ policy: typo, head: `${typo}# touched\n` })).headErrors).toEqual([typoError])
  })

  it("calls an organisation's file that is invalid a gap", async () => {
    expect(await read({ organisation: typo })).toEqual({
      ...clean,
      policy: defaultPolicy,
      organisationErrors: [typoError],
      gaps: [typoGap("the organisation's policy")],
    })
  })

  it('calls a file that cannot be read a gap that matters, never a missing one', async () => {
    const change = {
      base: holding(undefined),
      head: holding(undefined),
      policy: unreadable,
      organisationPolicy: unreadable,
    }
    const gap = (whose: string) => ({
      code: 'repository-unreadable',
      file: policyFile,
      fact: 'policy',
      detail: `${whose}: 503`,
    })

    expect(await readPolicy({ change, rules })).toEqual({
      ...clean,
      policy: defaultPolicy,
      gaps: [gap('the policy'), gap("the organisation's policy")],
    })
  })

  it('does not follow a symbolic link', async () => {
    const link: Snapshot = { ...aSnapshot({}), read: async () => ({ kind: 'symlink', target: '../elsewhere.yml' }) }
    const { errors } = await readPolicy({ change: { base: link, head: link, policy: link }, rules })

    expect(errors).toEqual([
      { file: policyFile, line: 1, path: '', seen: 'a symbolic link to ../elsewhere.yml', wanted: 'a file' },
    ])
  })
})
