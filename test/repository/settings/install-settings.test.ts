import { describe, expect, it } from '@jest/globals'
import { installSettingsReader } from '../../../src/repository/settings/install-settings.js'
import { membersOf, type PlacedValue } from '../../../src/repository/settings/placed-value.js'

const noFile = () => false

const variable = ['$', '{TOKEN}'].join('')

/** Values as plain data, each with its line behind `@`. */
function plain(value: PlacedValue | undefined): unknown {
  if (value?.kind === 'object') {
    return Object.fromEntries(membersOf(value).map(([key, member]) => [`${key}@${member.line}`, plain(member.value)]))
  }
  if (value?.kind === 'list') return value.items.map(plain)
  return value?.kind === 'text' ? value.text : value?.value
}

function read(file: string, text: string) {
  const { settings, broken } = installSettingsReader.read(file, text, noFile)
  return { format: settings?.[0]?.format, values: plain(settings?.[0]?.values), ...(broken && { broken }) }
}

describe('settings of package managers', () => {
  it('are read from an .npmrc as npm reads it', () => {
    const text = [
      '; a comment',
      'registry = "https://npm.acme.example/" ',
      '@acme:registry=https://npm.acme.example/ ; why',
      `//npm.acme.example/:_authToken=${variable}`,
      'ignore-scripts',
      'strict-ssl=false',
      'hoist[]=*eslint*',
      'hoist[]=*babel*',
      'min-release-age=7',
      '[section]',
      'registry=https://elsewhere.example/',
    ].join('\r\n')
    expect(read('.npmrc', text)).toEqual({
      format: 'npmrc',
      values: {
        'registry@2': 'https://npm.acme.example/',
        '@acme:registry@3': 'https://npm.acme.example/',
        '//npm.acme.example/:_authToken@4': variable,
        'ignore-scripts@5': true,
        'strict-ssl@6': false,
        'hoist@7': ['*eslint*', '*babel*'],
        'min-release-age@9': '7',
        'section@10': { 'registry@11': 'https://elsewhere.example/' },
      },
    })
  })

  it('are read from a .yarnrc, a .yarnrc.yml, a pnpm-workspace.yaml and a bunfig.toml', () => {
    expect(
      read('.yarnrc', '# x\nregistry "https://npm.acme.example"\n--install.frozen-lockfile true\n"a b" c\n'),
    ).toEqual({
      format: 'yarnrc',
      values: { 'registry@2': 'https://npm.acme.example', '--install.frozen-lockfile@3': true, 'a b@4': 'c' },
    })
    expect(read('a/.yarnrc.yml', 'npmScopes:\n  acme:\n    npmRegistryServer: "https://npm.acme.example"\n')).toEqual({
      format: 'yarnrc-yml',
      values: { 'npmScopes@1': { 'acme@2': { 'npmRegistryServer@3': 'https://npm.acme.example' } } },
    })
    expect(read('pnpm-workspace.yaml', 'minimumReleaseAge: 1440\nallowBuilds:\n  esbuild: true\n')).toEqual({
      format: 'pnpm-workspace',
      values: { 'minimumReleaseAge@1': 1440, 'allowBuilds@2': { 'esbuild@3': true } },
    })
    expect(
      read('bunfig.toml', '[install]\nminimumReleaseAge = 259200\n[install.scopes]\n"@a" = "https://x.example"\n'),
    ).toEqual({
      format: 'bunfig',
      values: { 'install@1': { 'minimumReleaseAge@2': 259200, 'scopes@3': { '@a@4': 'https://x.example' } } },
    })
  })

  it('are of a package.json only those keys that say how to install', () => {
    const text =
      '{\n"name": "x",\n"scripts": { "a": "b" },\n"trustedDependencies": ["esbuild"],\n"pnpm": { "overrides": { "a": "1" } }\n}'
    expect(read('package.json', text)).toEqual({
      format: 'manifest',
      values: { 'trustedDependencies@4': ['esbuild'], 'pnpm@5': { 'overrides@5': { 'a@5': '1' } } },
    })
    expect(installSettingsReader.read('package.json', '{ "name": "x" }', noFile)).toEqual({})
    const escaped = '{ "\\u0070npm": { "overrides": { "a": "1" } } }'
    expect(read('package.json', escaped).values).toEqual({ 'pnpm@1': { 'overrides@1': { 'a@1': '1' } } })
  })

  it('are read from a pip.conf, whose values may go on in indented lines', () => {
    const text =
      '[global]\nindex-url = https://pypi.acme.example/simple\nextra_index_url =\n    https://a.example\n    https://b.example\n# x\n[install]\nrequire-hashes: true\n'
    expect(read('pip.conf', text)).toEqual({
      format: 'pip-conf',
      values: {
        'global@1': {
          'index-url@2': 'https://pypi.acme.example/simple',
          'extra-index-url@3': ['https://a.example', 'https://b.example'],
        },
        'install@7': { 'require-hashes@8': 'true' },
      },
    })
  })

  it.each([
    ['pip.conf', 'no section = here\n', 1],
    ['.yarnrc.yml', 'a: 1\nb: [\n', 3],
    ['bunfig.toml', '[install]\nx = = 1\n', 2],
    ['package.json', '{\n"pnpm": {\n', 3],
  ])('tell the line at which %s breaks off', (file, text, broken) => {
    expect(installSettingsReader.read(file, text, noFile).broken).toBe(broken)
  })
})
