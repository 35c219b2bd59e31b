import { describe, expect, it } from '@jest/globals'
import { type AdvisoryQuestions, startAdvisories } from '../../../src/facts/identity/advisories.js'
import type { DependencyChange, Locked } from '../../../src/lockfile/dependency-change.js'
import type { LockfileEntry } from '../../../src/lockfile/dependency-graph.js'
import { type Advisory, type AdvisoryLookup, referenceKey } from '../../../src/registry/advisories/advisory.js'
import { publicHosts } from '../../../src/registry/public-registry.js'
import { anAdvisory } from '../../builders/advisories.js'
import { aDependencyChange } from '../../builders/dependency-change.js'

const [publicHost = ''] = publicHosts

const entry = (name: string, version: string, overrides: Partial<LockfileEntry> = {}): LockfileEntry => ({
  key: `node_modules/${name}`,
  name,
  version,
  source: 'registry',
  dev: false,
  optional: false,
  peer: false,
  bundled: false,
  ...overrides,
})

const added = (
  name: string,
  after: Partial<Locked> = {},
  overrides: Partial<DependencyChange> = {},
): DependencyChange => ({
  ...aDependencyChange({ before: null }),
  name,
  after: { key: `node_modules/${name}`, version: '1.0.0', source: 'registry', ...after },
  ...overrides,
})

/** Answers for all but `hidden`, and keeps what it was asked. */
function setUp(options: Partial<AdvisoryQuestions> = {}, listed: Readonly<Record<string, readonly Advisory[]>> = {}) {
  const asked: (readonly string[])[] = []
  const gap = { code: 'advisories-unavailable', fact: 'advisories', detail: 'out of order' } as const
  const questions: AdvisoryQuestions = {
    source: {
      lookup: async (references): Promise<AdvisoryLookup> => {
        asked.push(references.map(referenceKey))
        const found = references.map(referenceKey).filter((key) => !key.startsWith('hidden@'))
        return {
          found: new Map(found.map((key) => [key, listed[key] ?? []])),
          ...(found.length < references.length && { gap }),
        }
      },
    },
    expectations: { defaultHosts: ['registry.example', ...publicHosts], scopeHosts: {}, allowedHosts: [] },
    isInternal: () => false,
    required: false,
    ...options,
  }
  return { asked, gap, start: (changes: readonly DependencyChange[]) => startAdvisories(changes, questions) }
}

describe('startAdvisories', () => {
  it('asks about both sides of all changes at once, and gives each change its own answer', async () => {
    const [old, fresh] = [anAdvisory({ id: 'DB-1' }), anAdvisory({ id: 'DB-2' })]
    const baseEntries = new Map([['left-pad', [entry('left-pad', '1.0.0'), entry('left-pad', '0.9.0')]]])
    const { asked, start } = setUp(
      { baseEntries },
      { 'left-pad@0.9.0': [old], 'left-pad@1.0.0': [old], 'left-pad@1.0.1': [fresh] },
    )
    const upgrade = aDependencyChange()
    const advisoriesFor = start([upgrade, added('other')])
    expect(asked).toEqual([['left-pad@1.0.1', 'left-pad@1.0.0', 'left-pad@0.9.0', 'other@1.0.0']])
    expect([await advisoriesFor(upgrade), await advisoriesFor(added('other'))]).toEqual([
      { known: true, value: { after: [fresh], before: [old] } },
      { known: true, value: { after: [], before: [] } },
    ])
    expect(asked.length).toBe(1)
  })

  it('tells nobody about what is not public, and looks for it in no answer', async () => {
    const secret = [
      added('@acme/mapped'),
      added('@acme/allowed', { resolved: 'https://npm.acme.example/allowed.tgz' }),
      added('acme-internal'),
      added('elsewhere', { resolved: 'https://npm.acme.example/elsewhere.tgz' }),
      added('from-git', { source: 'git', resolved: 'git+https://git.example/x.git#0' }),
      added('from-url', { source: 'url', resolved: 'https://files.example/x.tgz' }),
      added('from-file', { source: 'file', resolved: 'file:x.tgz' }),
      added('linked', { source: 'link' }),
      added('workspace', { source: 'workspace' }),
      added('inside-another', {}, { bundled: true }),
      added('no name of a registry'),
      added('__proto__'),
      added('no-version', { version: '' }),
      aDependencyChange({ after: null }),
    ]
    const { asked, start } = setUp({
      expectations: {
        defaultHosts: publicHosts,
        scopeHosts: { '@acme': 'npm.acme.example', '@open': publicHost },
        allowedHosts: ['cdn.example'],
      },
      isInternal: (name) => name.startsWith('acme-'),
      // What base had under a public one's name from another host is as private.
      baseEntries: new Map([
        ['seen', [entry('seen', '0.1.0', { resolved: 'https://npm.acme.example/seen.tgz' }), entry('seen', '0.2.0')]],
      ]),
    })
    const open = [
      added('@open/widget'),
      added('seen', { version: 'v1.0.0+build', resolved: `https://${publicHost}/seen/-/seen-1.0.0.tgz` }),
      added('mirrored', { resolved: 'https://cdn.example/mirrored.tgz' }),
    ]
    const advisoriesFor = start([...secret, ...open])
    expect(asked).toEqual([['@open/widget@1.0.0', 'seen@1.0.0', 'seen@0.2.0', 'mirrored@1.0.0']])
    expect(await Promise.all(secret.map(advisoriesFor))).toEqual(secret.map(() => 'not-applicable'))
    expect((await Promise.all(open.map(advisoriesFor))).map((fact) => fact !== 'not-applicable' && fact.known)).toEqual(
      [true, true, true],
    )
  })

  it('counts the version before as what base had, also where no lockfile holds it', async () => {
    const old = anAdvisory()
    const { start } = setUp({}, { 'left-pad@1.0.0': [old], 'left-pad@1.0.1': [old] })
    const upgrade = aDependencyChange()
    expect(await start([upgrade])(upgrade)).toEqual({ known: true, value: { after: [old], before: [old] } })
  })

  it('asks nobody where nothing public is changed', async () => {
    const { asked, start } = setUp()
    expect(await start([added('x', { source: 'git' })])(added('x', { source: 'git' }))).toBe('not-applicable')
    expect(asked).toEqual([])
  })

  it('knows nothing of a package where an answer about either side of it is missing, and says so without its name', async () => {
    const baseEntries = new Map([['half', [entry('half', '0.9.0')]]])
    const { start, gap } = setUp({ baseEntries })
    const hidden = added('hidden')
    const advisoriesFor = start([hidden, added('half')])
    expect([await advisoriesFor(hidden), await advisoriesFor(added('half'))]).toEqual([
      { known: false, gap },
      { known: true, value: { after: [], before: [] } },
    ])
    const without = setUp({ baseEntries, source: { lookup: async () => ({ found: new Map([['half@1.0.0', []]]) }) } })
    expect(await without.start([added('half')])(added('half'))).toEqual({
      known: false,
      gap: { ...gap, detail: 'not every package was answered for' },
    })
  })

  it('makes the gap matter where the policy requires an answer', async () => {
    const { start, gap } = setUp({ required: true })
    expect(await start([added('hidden')])(added('hidden'))).toEqual({ known: false, gap: { ...gap, required: true } })
  })

  it('rejects for every change when the lookup was told to stop', async () => {
    const { start } = setUp({ source: { lookup: () => Promise.reject(new Error('told to stop')) } })
    await expect(start([added('x')])(added('x'))).rejects.toThrow('told to stop')
  })
})
