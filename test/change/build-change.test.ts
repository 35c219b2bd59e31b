import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { buildChange, type Sides } from '../../src/change/build-change.js'
import { type GitRepository, openGitRepository } from '../../src/change/git-repository.js'
import { aGitRepository } from '../builders/git-repository.js'

const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** `main` is one commit ahead of the merge base, `topic` another one; the clone stands on `topic`. */
async function aBranchedRepository() {
  const made = aGitRepository()
  cleanups.push(made.remove)
  const fork = made.commit({ a: 'fork' })
  const main = made.commit({ a: 'main' })
  made.git('switch', '--quiet', '--create', 'topic', fork)
  const topic = made.commit({ a: 'topic' })
  const opened = await openGitRepository(made.directory)
  if (!opened.ok) throw new Error(opened.failure.message)
  cleanups.push(() => opened.value.close())
  return { fork, main, topic, repository: opened.value }
}

async function originsOf(sides: Sides, repository?: GitRepository) {
  const built = await buildChange(sides, repository)
  if (!built.ok) return built.failure.code
  const { base, head, policy } = built.value
  return { base: base.origin, head: head.origin, policy: policy.origin }
}

const reference = (ref: string) => ({ kind: 'reference' as const, ref })

describe('buildChange', () => {
  it("compares HEAD with its merge base with the default branch, and takes the policy from that branch's tip", async () => {
    const { fork, main, topic, repository } = await aBranchedRepository()

    expect(await originsOf({}, repository)).toEqual({
      base: { kind: 'git', ref: 'main', sha: fork },
      head: { kind: 'git', ref: 'HEAD', sha: topic },
      policy: { kind: 'git', ref: 'main', sha: main },
    })
  })

  it('does the same for references that are given', async () => {
    const { fork, main, topic, repository } = await aBranchedRepository()

    expect(await originsOf({ base: reference('topic'), head: reference('main') }, repository)).toEqual({
      base: { kind: 'git', ref: 'topic', sha: fork },
      head: { kind: 'git', ref: 'main', sha: main },
      policy: { kind: 'git', ref: 'topic', sha: topic },
    })
  })

  it('compares with the base itself when the head that was asked for is older, so that going back is reviewed', async () => {
    const { fork, main, repository } = await aBranchedRepository()

    expect(await originsOf({ base: reference('main'), head: reference(fork) }, repository)).toEqual({
      base: { kind: 'git', ref: 'main', sha: main },
      head: { kind: 'git', ref: fork, sha: fork },
      policy: { kind: 'git', ref: 'main', sha: main },
    })
  })

  it('takes directories for one side or for both', async () => {
    const { topic, repository } = await aBranchedRepository()
    const folder = mkdtempSync(join(tmpdir(), 'lockwarden-side-'))
    cleanups.push(() => rmSync(folder, { recursive: true }))
    const directory = { kind: 'directory' as const, path: folder }

    expect(await originsOf({ base: directory, head: directory })).toEqual({
      base: directory,
      head: directory,
      policy: directory,
    })
    expect(await originsOf({ base: reference('topic'), head: directory }, repository)).toEqual({
      base: { kind: 'git', ref: 'topic', sha: topic },
      head: directory,
      policy: { kind: 'git', ref: 'topic', sha: topic },
    })
  })

  it('says what it cannot find', async () => {
    const { repository } = await aBranchedRepository()

    expect(await originsOf({ base: reference('nowhere') }, repository)).toBe('reference-unknown')
    expect(await originsOf({ head: { kind: 'directory', path: '/nonexistent' } }, repository)).toBe('reference-invalid')
    expect(await originsOf({})).toBe('not-a-repository')
  })
})
