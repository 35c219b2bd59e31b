import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { analysePackage } from '../../../src/package/analyse-package.js'
import { type AnalysedFile, type PackageCode, type Reach, whenOf } from '../../../src/package/code/package-code.js'
import { inProcessAnalyser } from '../../builders/code-analyser.js'
import { buildTarball, type TarballFiles } from '../../builders/tarball.js'

const missing: PackageCode = { files: [], modules: [], flows: [], analysed: -1, unanalysed: -1 }

async function codeOf(manifest: object, files: TarballFiles): Promise<PackageCode> {
  const tarball = await buildTarball({ 'package.json': JSON.stringify({ name: 'a', ...manifest }), ...files })
  const { code = missing } = await analysePackage(Readable.from([tarball]), undefined, { code: inProcessAnalyser })
  return code
}

const reachOf = ({ files }: PackageCode): Readonly<Record<string, Reach>> =>
  Object.fromEntries(files.map(({ path, reach }) => [path, reach]))

describe('what leads to a file', () => {
  it.each<[string, object, TarballFiles, Record<string, Reach>]>([
    ['main', { main: './lib/x' }, { 'lib/x.js': '' }, { 'lib/x.js': 'load' }],
    ['main that is a folder', { main: 'lib' }, { 'lib/index.js': '' }, { 'lib/index.js': 'load' }],
    ['no main', {}, { 'index.js': '' }, { 'index.js': 'load' }],
    ['main that is missing', { main: 'no' }, { 'index.js': '' }, { 'index.js': 'load' }],
    ['module', { module: 'm.mjs' }, { 'm.mjs': '' }, { 'm.mjs': 'load' }],
    ['browser', { browser: { './a.js': './b.js' } }, { 'b.js': '' }, { 'b.js': 'load' }],
    ['exports as a text', { exports: './e.js' }, { 'e.js': '' }, { 'e.js': 'load' }],
    [
      'every condition of exports',
      { exports: { '.': { import: { node: './a.mjs' }, require: ['./b.cjs'], types: './c.d.ts' } } },
      { 'a.mjs': '', 'b.cjs': '', 'c.d.ts': 'declare const a: 1' },
      { 'a.mjs': 'load', 'b.cjs': 'load' },
    ],
    [
      'a pattern of exports',
      { exports: { './*': './lib/*.js' } },
      { 'lib/a.js': '', 'lib/b/c.js': '' },
      { 'lib/a.js': 'load', 'lib/b/c.js': 'load' },
    ],
    ['a command', { bin: { a: 'cli.js' } }, { 'cli.js': '' }, { 'cli.js': 'bin' }],
    ['a command without an ending', { bin: { a: 'bin/a' } }, { 'bin/a': '#!/usr/bin/env node\n' }, { 'bin/a': 'bin' }],
    ['an install script', { scripts: { postinstall: 'node i.js' } }, { 'i.js': '' }, { 'i.js': 'install' }],
    ['a script for git sources', { scripts: { prepare: 'node i.js' } }, { 'i.js': '' }, {}],
    [
      'a build',
      {},
      { 'binding.gyp': "{'targets': [{'sources': ['<!@(node g.js)']}]}", 'g.js': '' },
      { 'g.js': 'install' },
    ],
    ['nothing', {}, { 'test/x.js': '' }, {}],
  ])('is %s', async (_, manifest, files, expected) => {
    expect(reachOf(await codeOf(manifest, files))).toEqual(expected)
  })

  it.each<[string, string, TarballFiles, string]>([
    ['require', 'require("./b")', { 'b.js': '' }, 'b.js'],
    ['import', 'import "./b.mjs"', { 'b.mjs': '' }, 'b.mjs'],
    ['re-export', 'export * from "./b.js"', { 'b.js': '' }, 'b.js'],
    ['dynamic import', 'import("./b.js")', { 'b.js': '' }, 'b.js'],
    ['require of a folder', 'require("./b")', { 'b/index.js': '' }, 'b/index.js'],
    [
      'require of a folder with a manifest',
      'require("./b")',
      { 'b/package.json': '{"main":"c.js"}', 'b/c.js': '' },
      'b/c.js',
    ],
    ["TypeScript's source of a compiled name", 'import "./b.js"', { 'b.ts': '' }, 'b.ts'],
    ['its own name', 'require("a/b")', { 'b.js': '' }, 'b.js'],
    ['imports of the manifest', 'import "#b"', { 'b.js': '' }, 'b.js'],
    ['a pattern of imports', 'import "#x/b"', { 'x/b.js': '' }, 'x/b.js'],
    ['a bundled package', 'require("c")', { 'node_modules/c/index.js': '' }, 'node_modules/c/index.js'],
    ['a text with an unusual name', 'require("./b.txt")', { 'b.txt': 'go()' }, 'b.txt'],
    ['a file that no parser reads', 'require("./b"); a b c', { 'b.js': '' }, 'b.js'],
  ])('is an entry point through %s', async (_, index, files, path) => {
    const imports = { '#b': './b.js', '#x/*': './x/*.js' }

    expect(reachOf(await codeOf({ imports }, { 'index.js': index, ...files }))).toEqual({
      'index.js': 'load',
      [path]: 'load',
    })
  })

  it('is the first of installing, loading and calling', async () => {
    const code = await codeOf(
      { scripts: { install: 'node i.js' }, bin: { a: 'cli.js' } },
      {
        'i.js': 'require("./both")',
        'index.js': 'require("./both"); require("./second")',
        'both.js': '',
        'second.js': '',
        'cli.js': 'require("./second"); require("./third")',
        'third.js': '',
      },
    )

    expect(reachOf(code)).toEqual({
      'both.js': 'install',
      'cli.js': 'bin',
      'i.js': 'install',
      'index.js': 'load',
      'second.js': 'load',
      'third.js': 'bin',
    })
  })

  it('follows circles and what is not there', async () => {
    const code = await codeOf(
      {},
      { 'index.js': 'require("./b"); require("./gone"); require("../../x")', 'b.js': 'require(".")' },
    )

    expect(reachOf(code)).toEqual({ 'b.js': 'load', 'index.js': 'load' })
  })

  it('takes styles and templates that a bundler loads for no code', async () => {
    const code = await codeOf({}, { 'index.js': 'import "./a.css"', 'a.css': 'a { color: red }' })

    expect(code).toMatchObject({ analysed: 1, unanalysed: 0, files: [{ path: 'index.js' }] })
  })
})

describe('the code of a package', () => {
  it('counts what was read, and tells of what was not', async () => {
    const code = await codeOf(
      {},
      { 'index.js': '', 'a.ts': '', 'a.d.ts': '', 'b.js': 'a b', 'c.md': '', bin: '#!/usr/bin/env node\n' },
    )

    expect({ analysed: code.analysed, unanalysed: code.unanalysed }).toEqual({ analysed: 3, unanalysed: 1 })
    expect(code.files.map(({ path, code: { unanalysable } }) => [path, unanalysable?.reason])).toEqual([
      ['b.js', 'syntax'],
      ['index.js', undefined],
    ])
  })

  it('reads a file with a NUL byte, as Node does', async () => {
    const code = await codeOf({}, { 'index.js': 'require("child_process") // \0' })

    expect(code.modules).toEqual([{ name: 'child_process', reach: 'load' }])
  })

  it('names the modules that it asks for, each with the way in', async () => {
    const code = await codeOf(
      { scripts: { postinstall: 'node i.js' } },
      {
        'index.js': 'require("b/c"); require("@s/d/e"); require("node:fs"); require("./x")',
        'i.js': 'require("https"); require("b")',
        'test.js': 'require("mocha")',
      },
    )

    expect(code.modules).toEqual([
      { name: '@s/d', reach: 'load' },
      { name: 'b', reach: 'install' },
      { name: 'fs', reach: 'load' },
      { name: 'https', reach: 'install' },
      { name: 'mocha', reach: 'unreached' },
    ])
  })

  it.each<[Reach, 'top' | 'function', string]>([
    ['install', 'top', 'install'],
    ['install', 'function', 'install'],
    ['load', 'top', 'load'],
    ['load', 'function', 'call'],
    ['bin', 'top', 'call'],
    ['unreached', 'top', 'call'],
  ])('runs, where it is reached by %s and stands at %s, on %s', (reach, scope, when) => {
    expect(whenOf({ reach } satisfies Pick<AnalysedFile, 'reach'>, { scope })).toBe(when)
  })
})
