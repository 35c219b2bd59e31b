import { describe, expect, it } from '@jest/globals'
import { parseManifest } from '../../src/registry/manifest.js'

const empty = { scripts: {}, dependencies: {}, bin: {}, os: [], cpu: [], keywords: [], malformed: [] }

describe('parseManifest', () => {
  it('keeps what decides what is installed and what runs', () => {
    const manifest = parseManifest({
      name: '@acme/widget',
      version: '1.2.3',
      description: 'A widget',
      keywords: ['widget'],
      homepage: 'https://widget.example',
      repository: { type: 'git', url: 'git+https://git.example/acme/widget.git' },
      scripts: { postinstall: 'node setup.js' },
      dependencies: { a: '^1.0.0' },
      devDependencies: { b: '2' },
      optionalDependencies: { c: '3' },
      peerDependencies: { d: '*' },
      bundleDependencies: ['a'],
      bin: { widget: 'cli.js' },
      main: 'index.js',
      module: 'index.mjs',
      exports: { import: './index.mjs', default: './index.js' },
      browser: { fs: false },
      gypfile: true,
      os: ['linux'],
      cpu: ['x64'],
      license: 'MIT',
    })

    expect(manifest).toEqual({
      name: '@acme/widget',
      version: '1.2.3',
      description: 'A widget',
      keywords: ['widget'],
      homepage: 'https://widget.example',
      repository: 'git+https://git.example/acme/widget.git',
      scripts: { postinstall: 'node setup.js' },
      dependencies: {
        dependencies: { a: '^1.0.0' },
        devDependencies: { b: '2' },
        optionalDependencies: { c: '3' },
        peerDependencies: { d: '*' },
        bundleDependencies: { a: '*' },
      },
      bin: { widget: 'cli.js' },
      main: 'index.js',
      module: 'index.mjs',
      exports: '{"import":"./index.mjs","default":"./index.js"}',
      browser: '{"fs":false}',
      gypfile: true,
      os: ['linux'],
      cpu: ['x64'],
      malformed: [],
    })
  })

  it('gives an empty manifest for an empty object', () => {
    expect(parseManifest({})).toEqual(empty)
  })

  it.each([['text'], [null], [undefined], [[]], [7]])('names the whole document when it is %p', (value) => {
    expect(parseManifest(value)).toEqual({ ...empty, malformed: ['package.json'] })
  })

  it('names a single command after the package without its scope', () => {
    expect(parseManifest({ name: '@acme/widget', bin: 'cli.js' }).bin).toEqual({ widget: 'cli.js' })
  })

  it.each([
    [{ dependencies: { a: '1' }, bundleDependencies: true }, { a: '*' }],
    [{ bundledDependencies: ['b'] }, { b: '*' }],
    [{ bundleDependencies: { c: '1' } }, { c: '*' }],
    [{ bundleDependencies: false }, undefined],
  ])('reads every way to write bundled dependencies: %j', (value, bundled) => {
    expect(parseManifest(value).dependencies.bundleDependencies).toEqual(bundled)
  })

  it('leaves fields of a wrong type out and names them', () => {
    const manifest = parseManifest({
      name: 7,
      version: ['1.0.0'],
      scripts: { install: { run: 'x' }, test: 'node test.js' },
      dependencies: ['a'],
      bundleDependencies: 7,
      bin: { a: 1 },
      main: {},
      gypfile: 'yes',
      os: [1, 'linux'],
      cpu: 7,
      repository: 7,
    })

    expect(manifest).toEqual({
      ...empty,
      scripts: { test: 'node test.js' },
      os: ['linux'],
      malformed: [
        'name',
        'version',
        'main',
        'scripts.install',
        'dependencies',
        'bundleDependencies',
        'bin.a',
        'os',
        'cpu',
        'gypfile',
        'repository',
      ],
    })
  })

  it('keeps a key named __proto__ as a key and touches no prototype', () => {
    const manifest = parseManifest(JSON.parse('{"scripts":{"__proto__":"x"},"__proto__":{"main":"evil.js"}}'))

    expect(Object.keys(manifest.scripts)).toEqual(['__proto__'])
    expect(manifest.main).toBeUndefined()
    expect(({} as Record<string, unknown>).main).toBeUndefined()
  })

  it('names a field that is nested too deep to be written down', () => {
    const depth = 200_000
    const manifest = parseManifest({ exports: JSON.parse('['.repeat(depth) + ']'.repeat(depth)) })

    expect(manifest).toEqual({ ...empty, malformed: ['exports'] })
  })
})
