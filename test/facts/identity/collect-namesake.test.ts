import { describe, expect, it } from '@jest/globals'
import type { FactName } from '../../../src/facts/facts.js'
import { collectNamesake } from '../../../src/facts/identity/collect-namesake.js'
import { known } from '../../../src/gap.js'
import { openMemoryStore } from '../../../src/store/memory-store.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aRegistry } from '../../builders/fake-registry.js'
import { theOwnNames } from '../../builders/own-names.js'

const needed: ReadonlySet<FactName> = new Set(['namesake'])

function sources(scopeHosts: Readonly<Record<string, string>>) {
  const asked: string[] = []
  const registry = {
    ...aRegistry(),
    expectations: { defaultHosts: ['registry.example'], scopeHosts, allowedHosts: [] },
    namesake: async (name: string) => {
      asked.push(name)
      return known({ state: 'absent' } as const)
    },
  }
  return {
    asked,
    given: {
      registry,
      store: openMemoryStore(),
      analyse: () => Promise.reject(new Error('not asked')),
      toolsFor: () => ({ build: false, release: false }),
      ownNames: theOwnNames(['@acme'], ['acme-*']),
    },
  }
}

const change = (name: string, resolved = `https://registry.example/${name}/-/x-1.0.1.tgz`) =>
  aDependencyChange({ name, before: null, after: { resolved } })

describe('the namesake of a changed package', () => {
  it('is asked for where the name is internal and belongs to another registry', async () => {
    const { asked, given } = sources({ '@acme': 'npm.acme.example' })
    expect(await collectNamesake(change('@acme/core'), needed, given)).toEqual(known({ state: 'absent' }))
    expect(asked).toEqual(['@acme/core'])
  })

  it('is asked for where nothing maps the name and only the lockfile takes it from elsewhere', async () => {
    const { asked, given } = sources({})
    const own = 'https://npm.acme.example/acme-core/-/acme-core-1.0.1.tgz'
    expect(await collectNamesake(change('acme-core', own), needed, given)).toEqual(known({ state: 'absent' }))
    expect(asked).toEqual(['acme-core'])
  })

  it.each([
    ['a public name', '@other/core', { '@acme': 'npm.acme.example' }],
    ['an internal name that the default registry is asked for anyway', 'acme-core', { '@acme': 'npm.acme.example' }],
    ['a scope that is mapped to the default registry', '@acme/core', { '@acme': 'registry.example' }],
    ['a scope that nothing maps', '@acme/core', {}],
  ])('does not apply to %s', async (_, name, scopeHosts) => {
    const { asked, given } = sources(scopeHosts)
    expect(await collectNamesake(change(name), needed, given)).toBe('not-applicable')
    expect(asked).toEqual([])
  })

  it('does not apply where no rule wants it', async () => {
    const { given } = sources({ '@acme': 'npm.acme.example' })
    expect(await collectNamesake(change('@acme/core'), new Set(), given)).toBe('not-applicable')
  })
})
