import { describe, expect, it } from '@jest/globals'
import { buildInspection } from '../../src/report/inspection.js'
import { toInspectionTerminal } from '../../src/report/package-terminal.js'
import { aBindingGyp, anInstallScript, aPackage, type PackageOverrides } from '../builders/package-facts.js'

const page = (overrides: PackageOverrides): string[] =>
  toInspectionTerminal(buildInspection({ name: 'a', version: '1.0.0' }, aPackage(overrides), []), {
    colour: false,
    width: 100,
  })
    .split('\n')
    .slice(3, -1)

describe('toInspectionTerminal', () => {
  it('says that nothing runs, and keeps the script that npm runs only where it packs the package itself apart', () => {
    expect(page({ installScripts: [anInstallScript('prepare', 'tsc')] })).toEqual([
      'on install    runs nothing',
      'from git      prepare (only from git or a folder): tsc',
    ])
  })

  it('names the build that npm runs by itself for a binding.gyp', () => {
    expect(page({ bindingGyp: aBindingGyp() })).toEqual([
      'on install    node-gyp rebuild, by npm itself for binding.gyp',
      'build         src/addon.cc',
    ])
  })

  it('names no such build where the package has a script of its own, or forbids it', () => {
    const script = anInstallScript('install', 'node-gyp-build')
    const own = page({
      installScripts: [script],
      manifest: { scripts: { install: script.command } },
      bindingGyp: aBindingGyp(),
    })
    const forbidden = page({ manifest: { gypfile: false }, bindingGyp: aBindingGyp() })

    expect([own, forbidden]).toEqual([
      ['on install    install: node-gyp-build', 'build         src/addon.cc'],
      ['on install    runs nothing', 'build         src/addon.cc'],
    ])
  })
})
