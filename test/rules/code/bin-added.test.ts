import { foreign } from '../../../src/foreign.js'
import { binAdded } from '../../../src/rules/code/bin-added.js'
import type { Observation } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aFile, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const added = aDependencyChange({ before: null })
const bringing = (bin: Readonly<Record<string, string>>) =>
  aPackage({ manifest: { bin }, files: [aFile('cli.js'), aFile('package.json')] })
const without = bringing({})

const observation = (
  message: string,
  label: string,
  commands: readonly (readonly [value: string, file?: string])[],
  rest: Partial<Observation> = {},
): Observation => ({
  message,
  evidence: commands.map(([value, file = 'cli.js']) => ({ label, value: foreign(value), file })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
  ...rest,
})
const isNew = 'brings a command that the version before did not have'
const known = 'brings a command that people know as another program'
const shadow = 'command that shadows another'

testRule(binAdded, {
  clear: [
    { name: 'no commands', subject: upgrade, facts: { package: without, previousPackage: without } },
    {
      name: 'a command that is there as before, in another file and spelling',
      subject: upgrade,
      facts: { package: bringing({ pad: './cli.js' }), previousPackage: bringing({ pad: 'bin/pad.js' }) },
    },
    {
      name: 'a command that is gone',
      subject: upgrade,
      facts: { package: without, previousPackage: bringing({ pad: 'cli.js' }) },
    },
    { name: 'a command of an added package', subject: added, facts: { package: bringing({ pad: 'cli.js' }) } },
    {
      name: 'a well-known command that the version before brought too',
      subject: upgrade,
      facts: { package: bringing({ test: 'cli.js' }), previousPackage: bringing({ test: 'cli.js' }) },
    },
    {
      name: 'a well-known command that is the package’s own',
      subject: aDependencyChange({ name: 'typescript', before: null }),
      facts: { package: bringing({ tsc: 'cli.js', tsserver: 'cli.js' }) },
    },
    {
      name: 'a name that only begins like a well-known command',
      subject: added,
      facts: { package: bringing({ 'git-cz': 'cli.js', constructor: 'cli.js' }) },
    },
    { name: 'a removed package', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'commands that are new',
      subject: upgrade,
      facts: {
        package: bringing({ pad: 'cli.js', left: 'cli.js', right: 'gone.js' }),
        previousPackage: bringing({ pad: 'cli.js' }),
      },
      observations: [observation(isNew, 'command', [['left → cli.js'], ['right → gone.js', 'package.json']])],
    },
    {
      name: 'a command that was renamed',
      subject: upgrade,
      facts: { package: bringing({ leftpad: 'cli.js' }), previousPackage: bringing({ pad: 'cli.js' }) },
      observations: [observation(isNew, 'command', [['leftpad → cli.js']])],
    },
    {
      name: 'a command that people know as another program, in an upgrade',
      subject: upgrade,
      facts: { package: bringing({ git: 'cli.js', left: 'cli.js' }), previousPackage: without },
      observations: [observation(known, shadow, [['git → cli.js']], { severity: 'high' })],
    },
    {
      name: 'the same in an added package, whatever its case and ending',
      subject: added,
      facts: { package: bringing({ NPM: 'cli.js', 'node.cmd': 'cli.js', pad: 'cli.js' }) },
      observations: [observation(known, shadow, [['NPM → cli.js'], ['node.cmd → cli.js']], { severity: 'high' })],
    },
    {
      name: 'the same behind a path, of which npm keeps the last part',
      subject: added,
      facts: { package: bringing({ '../tsc': 'cli.js' }) },
      observations: [observation(known, shadow, [['tsc → cli.js']], { severity: 'high' })],
    },
  ],
})
