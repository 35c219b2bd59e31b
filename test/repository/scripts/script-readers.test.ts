import { describe, expect, it } from '@jest/globals'
import { makefileReader } from '../../../src/repository/scripts/makefile-reader.js'
import { manifestScriptsReader } from '../../../src/repository/scripts/manifest-scripts.js'
import { shellScriptReader } from '../../../src/repository/scripts/shell-scripts.js'
import { commandsIn, linesAndWords } from '../../builders/repository-commands.js'

describe('makefileReader', () => {
  const makefile = [
    'PM ?= npm',
    'export CI := true',
    'INSTALL = $(PM) --prefix web $(FLAGS)',
    'all: deps ; @npm ci',
    'install:',
    '\t@echo "npm install"',
    '\t-@$(INSTALL) install \\',
    '\t  --no-audit',
    'ifdef X',
    '\t$(PM) i $$HOME $(word 2,$(Y))',
    'endif',
    '\t# npm i',
    '\tcd x && PATH=$(shell npm bin):$$PATH $(MAKE) y',
    'define TEXT',
    '\tnpm install',
    'endef',
  ].join('\n')

  it('takes the names that make looks for, and what is included', () => {
    const paths = ['Makefile', 'a/GNUmakefile', 'rules.mk', 'Makefile.inc', 'makefile.js.map.x y']
    expect(paths.map(makefileReader.matches)).toEqual([true, true, true, true, false])
  })

  it('reads recipes with their variables, each on its line', () => {
    expect(linesAndWords(commandsIn(makefileReader, 'Makefile', makefile))).toEqual([
      '4 npm ci',
      '6 echo npm install',
      '7 npm --prefix web $FLAGS install --no-audit',
      '10 npm i ~ …',
      '13 cd x',
      '13 make y',
      '13 npm bin',
    ])
  })

  it('says which target runs it, where, and with what environment', () => {
    const commands = commandsIn(makefileReader, 'web/Makefile', makefile)

    expect(commands.map(({ host }) => (host.kind === 'makefile' ? host.target : host.kind))).toEqual([
      'all',
      ...Array.from({ length: 6 }, () => 'install'),
    ])
    expect(commands.map(({ folder }) => folder)).toEqual(['web', 'web', 'web', 'web', 'web', 'web/x', 'web/x'])
    expect(commands[0]?.environment).toEqual(new Map([['CI', 'true']]))
  })

  it('puts in no more than a limit for variables that hold one another', () => {
    const doubling = Array.from({ length: 60 }, (_, at) => `V${at} = $(V${at + 1})$(V${at + 1})`).join('\n')
    expect(commandsIn(makefileReader, 'Makefile', `${doubling}\na:\n\techo $(V0)\n`)).toHaveLength(1)
  })
})

describe('manifestScriptsReader', () => {
  it('reads each script on the line of its key', () => {
    const manifest = '{\n  "scripts": {\n    "a": "npm run b && cd web && npm i",\n    "b": 1\n  }\n}'
    const commands = commandsIn(manifestScriptsReader, 'app/package.json', manifest)

    expect(linesAndWords(commands)).toEqual(['3 npm run b', '3 cd web', '3 npm i'])
    expect(commands.map(({ folder }) => folder)).toEqual(['app', 'app', 'app/web'])
    expect(commands[0]?.host).toEqual({ kind: 'manifest-script', script: 'a' })
  })

  it('leaves a broken manifest to who reads it as one', () => {
    expect(manifestScriptsReader.read('package.json', '[', () => false)).toEqual({ commands: [] })
  })
})

describe('shellScriptReader', () => {
  it('takes scripts by their ending, and programs without one where scripts lie', () => {
    const paths = ['a.sh', 'x.PS1', 'bin/release', 'setup', 'src/release', 'scripts/LICENSE', 'scripts/a.js']
    expect(paths.map(shellScriptReader.matches)).toEqual([true, true, true, true, false, false, false])
    expect(['#!/bin/sh\nls\n\0', '\x7fELF\0\n'].map((start) => shellScriptReader.opens?.(start))).toEqual([true, false])
  })

  it('reads by the first line before the ending', () => {
    const words = (file: string, text: string) => linesAndWords(commandsIn(shellScriptReader, file, text))

    expect(words('a.sh', '#!/bin/sh\nPM=npm\n$PM i\n')).toEqual(['3 npm i'])
    expect(words('bin/a', '#!/usr/bin/env -S bash -e\nnpm i\n')).toEqual(['2 npm i'])
    expect(words('bin/a', '#!/usr/bin/env -S CI=1 bash\nnpm i\n')).toEqual(['2 npm i'])
    expect(words('bin/a', '#!/usr/bin/env node\nnpm i\n')).toEqual([])
    expect(words('bin/a', 'npm i\n')).toEqual([])
    expect(words('a.cmd', '@echo off\ncall npm i\n')).toEqual(['1 echo off', '2 npm i'])
    expect(words('a.ps1', 'cd x; npm i\n')).toEqual(['1 cd x', '1 npm i'])
  })
})
