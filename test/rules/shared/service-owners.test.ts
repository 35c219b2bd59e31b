import { describe, expect, it } from '@jest/globals'
import { repositoryPath, serviceOwners } from '../../../src/rules/shared/service-owners.js'

describe('serviceOwners', () => {
  it('knows each service once, in the spelling of package names, with scopes and repositories in their form', () => {
    const known = serviceOwners([])
    const names = known.map(({ service }) => service)

    expect(names.length).toBeGreaterThan(100)
    expect(names).toEqual([...new Set(names)])
    expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))).toEqual([])
    expect(known.flatMap(({ scopes }) => scopes).filter((scope) => !/^@[a-z0-9][a-z0-9_-]*$/.test(scope))).toEqual([])
    expect(
      known.flatMap(({ repositories }) => repositories).filter((path) => !/^[a-z]+\.[a-z]+\/[\w-]+$/i.test(path)),
    ).toEqual([])
  })

  it('adds what a policy says to a known service, and services that nobody knew', () => {
    const owners = serviceOwners([
      { service: 'postmark', scopes: ['@acme'], repositories: ['git.acme.example/mail'] },
      { service: 'acme', scopes: ['@acme'], repositories: [] },
    ])

    expect(owners.filter(({ service }) => service === 'postmark' || service === 'acme')).toEqual([
      {
        service: 'postmark',
        scopes: ['@activecampaign', '@modelcontextprotocol', '@acme'],
        repositories: ['github.com/ActiveCampaign', 'github.com/modelcontextprotocol', 'git.acme.example/mail'],
        packages: [],
        isWord: false,
      },
      { service: 'acme', scopes: ['@acme'], repositories: [], packages: [], isWord: false },
    ])
  })
})

describe('repositoryPath', () => {
  it.each([
    ['owner/Name', 'github.com/owner/name'],
    ['github:owner/name#main', 'github.com/owner/name'],
    ['gitlab:owner/name', 'gitlab.com/owner/name'],
    ['git+https://github.com/owner/name.git', 'github.com/owner/name'],
    ['git@github.com:owner/name.git', 'github.com/owner/name'],
    ['git+ssh://git@github.com/owner/name.git#v1', 'github.com/owner/name'],
    ['https://www.github.com/owner/name/tree/main/packages/a', 'github.com/owner/name'],
    ['https://github.com@forge.example/owner/name', 'forge.example/owner/name'],
    ['https://forge.example:8443/owner/name', 'forge.example/owner/name'],
    ['https://github.com/owner', undefined],
    ['', undefined],
  ])('reads %s', (stated, path) => {
    expect(repositoryPath(stated)).toBe(path)
  })
})
