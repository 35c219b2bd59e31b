import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { analysePackage } from '../../src/package/analyse-package.js'
import { sha256Of } from '../builders/package-facts.js'
import { buildTarball, type TarballFile } from '../builders/tarball.js'

async function analyse(gyp: TarballFile, files: Readonly<Record<string, TarballFile>> = {}) {
  const tarball = await buildTarball({ 'package.json': '{}', 'binding.gyp': gyp, ...files })
  return analysePackage(Readable.from([tarball]))
}

const bindingGypOf = async (gyp: string, files: Readonly<Record<string, TarballFile>> = {}) =>
  (await analyse(gyp, files)).bindingGyp

describe('readBindingGyp', () => {
  it('reads sources, command expansions and actions from the Python literal that gyp is', async () => {
    const gyp = `
      # comments, both quotes, trailing commas, strings side by side
      { 'targets': [{
          "target_name": 'addon',
          'sources': ['src/addon.cc', 'src/' 'two.c',],
          'include_dirs': ["<!(node -p \\"require('nan')\\")", '<!@(pkg-config (a) x)', '<(module_root_dir)'],
          'conditions': [['OS=="win"', {'sources': ['src/win.cc']}, {'sources!': ['src/two.c']}]],
          'actions': [{'action_name': 'gen', 'action': ['node', 'gen.js', '<(out)']}],
          'defines': [True, None, -1, 0x1],
      }], }`

    expect(await bindingGypOf(gyp, { 'src/addon.cc': '' })).toEqual({
      sha256: sha256Of(gyp),
      commands: [`<!(node -p "require('nan')")`, '<!@(pkg-config (a) x)', 'node gen.js <(out)'],
      sources: ['src/addon.cc', 'src/two.c', 'src/win.cc'],
      hasNativeSources: true,
      parsed: true,
    })
  })

  it('shows the build that hides a command and has no native sources', async () => {
    const gyp = "{'targets':[{'target_name':'x','sources':['<!(node index.js > /dev/null 2>&1 && echo stub.c)']}]}"

    expect(await bindingGypOf(gyp)).toMatchObject({
      commands: ['<!(node index.js > /dev/null 2>&1 && echo stub.c)'],
      hasNativeSources: false,
    })
  })

  it.each(['\\x3c!(node x)', '\\74!(node x)', '\\u003c!(node x)'])('sees through an escape: %s', async (text) => {
    expect(await bindingGypOf(`{'variables': {'x': '${text}'}}`)).toMatchObject({ commands: ['<!(node x)'] })
  })

  it.each(['>!(node x)', '^!@(node x)', '<!pymod_do_main(x)'])('knows each form of a command: %s', async (command) => {
    expect(await bindingGypOf(`{'x': '${command}'}`)).toMatchObject({ commands: [command] })
  })

  it('finds commands in keys, and in the gyp files that it includes or depends on, even in a circle', async () => {
    const gyp = "{'includes': ['a.gypi'], 'x<!(key)': '', 'targets': [{'dependencies': ['deps/b.gyp:b']}]}"
    const files = {
      'a.gypi': "{'variables': {'v': '<!(from a)'}, 'includes': ['binding.gyp']}",
      'deps/b.gyp': "{'includes': ['../a.gypi', 'c.gypi'], 'targets': [{'sources': ['b.c']}]}",
      'deps/c.gypi': "{'v': '<!(from c)'}",
      'deps/unused.gyp': "{'v': '<!(unused)'}",
    }

    expect(await bindingGypOf(gyp, files)).toMatchObject({
      commands: ['<!(key)', '<!(from a)', '<!(from c)'],
      sources: ['b.c'],
      parsed: true,
    })
  })

  it.each([
    "{'a': '<!(node x)'",
    "{'a': open('x'), 'b': '<!(node x)'}",
    `${'['.repeat(100)}'<!(node x)'${']'.repeat(100)}`,
    `['<!(node x)', ${"'a',".repeat(60_000)}]`,
    `['<!(node x)'] #${' '.repeat(1024 * 1024)}`,
  ])('searches as plain text what it cannot read: %#', async (gyp) => {
    expect(await bindingGypOf(gyp)).toMatchObject({ commands: ['<!(node x)'], parsed: false })
  })

  it('takes a command that is never closed to its end', async () => {
    expect(await bindingGypOf("{'a': '<!(node (x'}")).toMatchObject({ commands: ['<!(node (x'] })
  })

  it('finds the file in any case, as macOS and Windows do', async () => {
    const tarball = await buildTarball({ 'Binding.gyp': "{'a': '<!(node x)'}" })

    expect((await analysePackage(Readable.from([tarball]))).bindingGyp).toMatchObject({ commands: ['<!(node x)'] })
  })

  it('says so when it could not be read', async () => {
    const { bindingGyp, limits } = await analyse(Buffer.from([0x7b, 0x00]))

    expect(bindingGyp).toMatchObject({ parsed: false, commands: [] })
    expect(limits).toEqual([
      { limit: 'maxKeptTextBytes', detail: 'binding.gyp decides what a build runs, and was not read' },
    ])
  })

  it('says so when there are more commands than are kept', async () => {
    const gyp = `[${Array.from({ length: 5001 }, (_, n) => `'<!(x ${n})'`).join()}]`
    const { bindingGyp, limits } = await analyse(gyp)

    expect(bindingGyp?.commands).toHaveLength(5000)
    expect(limits).toMatchObject([{ limit: 'maxGypTexts' }, { limit: 'maxShellWork' }])
  })

  it('says so when a single text holds more commands than are kept', async () => {
    const { bindingGyp, limits } = await analyse(
      `['${Array.from({ length: 5001 }, (_, n) => `<!(x ${n})`).join(' ')}']`,
    )

    expect(bindingGyp?.commands).toHaveLength(5000)
    expect(limits).toMatchObject([{ limit: 'maxGypTexts' }, { limit: 'maxShellWork' }])
  })

  it('says so when a command is nested deeper than shells are read', async () => {
    const nested = `${'eval '.repeat(40)}id`
    const { limits } = await analyse(`['<!(${nested})']`)

    expect(limits).toEqual([
      { limit: 'maxShellWork', detail: 'binding.gyp: longer or deeper than a shell text that is read' },
    ])
  })

  it('is absent where there is no such file at the root', async () => {
    const tarball = await buildTarball({ 'package.json': '{}', 'deps/binding.gyp': '{}' })

    expect((await analysePackage(Readable.from([tarball]))).bindingGyp).toBeUndefined()
  })
})
