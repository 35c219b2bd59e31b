import { describe, expect, it } from '@jest/globals'
import { maxNameSearchBytes } from '../../src/limits.js'
import { namedDependencies } from '../../src/package/named-dependencies.js'
import { anAnalysedPackage } from '../builders/analysed-package.js'
import { aManifest } from '../builders/manifest.js'
import type { TarballFile } from '../builders/tarball.js'

/** Whether a package of this name that declares `pad-core`, or another, is seen to name it. */
const isNamed = async (
  files: Readonly<Record<string, TarballFile>>,
  { dependency = 'pad-core', ...manifest }: { readonly dependency?: string } & Readonly<Record<string, unknown>> = {},
): Promise<boolean> => {
  const { namedDependencies: named } = await anAnalysedPackage(
    { 'index.js': 'module.exports = 1\n', ...files },
    { dependencies: { [dependency]: '^1.0.0' }, ...manifest },
  )
  return named?.includes(dependency) ?? false
}

describe('namedDependencies', () => {
  it.each([
    ['types', { 'index.d.ts': "export { Pad } from 'pad-core'\n" }],
    ['a part of it in types', { 'index.d.ts': "export { Pad } from 'pad-core/types'\n" }],
    ['styles', { 'index.css': '@import "~pad-core/base.css";\n' }],
    ['styles without quotation marks', { 'index.scss': '@import url(pad-core/base);\n' }],
    ['a native build', { 'binding.gyp': `{'targets': [{'include_dirs': ["<!(node -p \\"require('pad-core')\\")"]}]}` }],
    ['settings', { '.padrc': '{"plugins": ["pad-core"]}' }],
    ['settings in YAML', { 'pad.yml': 'plugins:\n  - pad-core\n' }],
    ['a string in code', { 'index.js': "module.exports = { plugins: ['pad-core'] }\n" }],
    ['a folder that a bundler noted', { 'index.js': '// node_modules/pad-core/index.js\nmodule.exports = 1\n' }],
    ['a source map', { 'index.js.map': '{"sources":["../node_modules/pad-core/index.js"]}' }],
  ])('finds a name in %s', async (_, files) => {
    expect(await isNamed(files)).toBe(true)
  })

  it.each([
    ['a document', { 'README.md': 'built on `pad-core`' }],
    ['a list of licences', { 'dist/LICENSES.json': '["pad-core"]' }],
    ['a lockfile', { 'npm-shrinkwrap.json': '{"dependencies": {"pad-core": {}}}' }],
    ['the manifest of a template', { 'template/package.json': '{"dependencies": {"pad-core": "1"}}' }],
    ['what it brings along', { 'node_modules/other/index.d.ts': "export * from 'pad-core'" }],
    ['a longer name', { 'index.js': "module.exports = ['pad-core-types', '@a/pad-core']\n" }],
    ['a sentence in code', { 'index.js': "module.exports = 'needs pad-core'\n" }],
    ['a comment', { 'index.js': '// pad-core does this\nmodule.exports = 1\n' }],
  ])('counts no name in %s', async (_, files) => {
    expect(await isNamed(files)).toBe(false)
  })

  it('counts the settings and scripts in package.json, and none of its lists and descriptions', async () => {
    const lists = { keywords: ['pad-core'], description: 'pad-core', overrides: { 'pad-core': '1' } }
    expect(await isNamed({}, { scripts: { build: 'pad-core build' } })).toBe(true)
    expect(await isNamed({}, { padConfig: { extends: ['pad-core'] } })).toBe(true)
    expect(await isNamed({}, lists)).toBe(false)
  })

  it('knows the short names of plugins among their own kin only', async () => {
    const files = { 'index.js': "module.exports = { plugins: ['pad', '@a'], rules: { 'pad/left': 2 } }\n" }
    const named = (dependency: string, name: string) => isNamed(files, { dependency, name })
    expect(await named('eslint-plugin-pad', 'eslint-config-a')).toBe(true)
    expect(await named('@a/eslint-plugin', 'eslint-config-a')).toBe(true)
    expect(await named('eslint-plugin-pad', 'left-pad')).toBe(false)
  })

  it('leaves out what code asks for, and says nothing where no code was read', async () => {
    const dependencies = { 'pad-core': '1', 'pad-types': '1', 'pad-nothing': '1' }
    const facts = await anAnalysedPackage(
      { 'index.js': "require('pad-core')\n", 'index.d.ts': "import 'pad-core'\nimport 'pad-types'\n" },
      { dependencies, optionalDependencies: { 'pad-types': '1' } },
    )
    expect(facts.namedDependencies).toEqual(['pad-types'])
  })

  it('stops where the search would take too long, and takes what is left for not named', () => {
    const dependencies = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`pad-${index}`, '1']))
    const manifest = aManifest({ dependencies: { dependencies } })
    const filler = Buffer.alloc(maxNameSearchBytes / 64)
    const texts = new Map([
      ['a.txt.js', filler],
      [
        'z.js',
        Buffer.from(
          Object.keys(dependencies)
            .map((name) => `'${name}'`)
            .join(),
        ),
      ],
    ])
    const named = namedDependencies(manifest, {}, { texts }, new Set())
    expect(named.length).toBeGreaterThan(0)
    expect(named.length).toBeLessThan(64)
  })
})
