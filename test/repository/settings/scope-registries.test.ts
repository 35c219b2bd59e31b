import { describe, expect, it } from '@jest/globals'
import { installSettingsReader } from '../../../src/repository/settings/install-settings.js'
import { defaultRegistry, readScopes, scopeRegistries } from '../../../src/repository/settings/scope-registries.js'
import { aSnapshot } from '../../builders/memory-snapshot.js'

const settingsOf = (file: string, text: string) =>
  installSettingsReader.read(file, text, () => false).settings?.[0] ?? { file, format: 'npmrc', values: nothing }

const nothing = { kind: 'object', line: 1, members: new Map() } as const

describe('the registries of scopes', () => {
  it.each([
    ['.npmrc', '@acme:registry=https://npm.acme.example/\nregistry=https://all.example/\n', 1, 2],
    ['.yarnrc', '"@acme:registry" "https://npm.acme.example/"\nregistry "https://all.example/"\n', 1, 2],
    [
      '.yarnrc.yml',
      'npmRegistryServer: https://all.example/\nnpmScopes:\n  acme:\n    npmRegistryServer: https://npm.acme.example/\n',
      4,
      1,
    ],
    [
      'pnpm-workspace.yaml',
      "registries:\n  default: https://all.example/\n  '@acme': https://npm.acme.example/\n",
      3,
      2,
    ],
    [
      'bunfig.toml',
      '[install]\nregistry = "https://all.example/"\n[install.scopes]\nacme = { token = "$T", url = "https://npm.acme.example/" }\n',
      4,
      2,
    ],
  ])('are read from %s, with the default one', (file, text, line, defaultLine) => {
    const settings = settingsOf(file, text)
    expect(scopeRegistries(settings)).toEqual([{ scope: '@acme', address: 'https://npm.acme.example/', line }])
    expect(defaultRegistry(settings)).toEqual({ address: 'https://all.example/', line: defaultLine })
  })
})

describe('the scopes of a state of the repository', () => {
  it('are those of the files at its root, each as its first file has it', async () => {
    const snapshot = aSnapshot({
      '.npmrc': '@acme:registry=https://a.example/\n',
      '.yarnrc.yml':
        'npmScopes: { acme: { npmRegistryServer: https://b.example/ }, other: { npmRegistryServer: https://c.example/ } }\n',
      'nested/.npmrc': '@nested:registry=https://d.example/\n',
    })
    expect([...(await readScopes(snapshot))]).toEqual([
      ['@acme', 'https://a.example/'],
      ['@other', 'https://c.example/'],
    ])
  })

  it('are the lines of an .npmrc that map a scope, and no others', async () => {
    const text = [
      '; @comment:registry=https://a.example',
      '# @comment:registry=https://b.example',
      'registry=https://c.example',
      '@acme:registry=https://d.example/',
      ' "@spaced:registry" = \'https://e.example/\' \r',
      '@acme:other=x',
      '//npm.acme.example/:_authToken=secret',
      '@twice:registry=https://f.example',
      '@twice:registry=https://g.example',
      '@__proto__:registry=https://h.example',
      '@empty:registry=',
    ].join('\n')
    expect([...(await readScopes(aSnapshot({ '.npmrc': text })))]).toEqual([
      ['@acme', 'https://d.example/'],
      ['@spaced', 'https://e.example/'],
      ['@twice', 'https://g.example'],
      ['@__proto__', 'https://h.example'],
      ['@empty', ''],
    ])
  })
})
