import { foreign } from '../../../src/foreign.js'
import { silentCode, unreadCode } from '../../../src/package/code/bare-code.js'
import type { Unanalysable } from '../../../src/package/code/file-code.js'
import type { Reach } from '../../../src/package/code/package-code.js'
import { fileUnanalysable } from '../../../src/rules/code/file-unanalysable.js'
import type { Observation, Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aFile, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const added = aDependencyChange({ before: null })
const plain = 'module.exports = 1\n'
const deep = `module.exports = ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`
const clean = await anAnalysedPackage({ 'index.js': plain })

type Unread = readonly [path: string, reach: Reach, reason: Unanalysable['reason']]

/** Files that could not be read, whose bytes are those of `version`. */
const unread = (version: string, ...files: readonly Unread[]) =>
  aPackage({
    files: [aFile('package.json'), ...files.map(([path]) => aFile(path, { content: `${path} ${version}` }))],
    code: {
      files: files.map(([path, reach, reason]) => ({ path, reach, code: unreadCode(reason, 'seen while reading') })),
      modules: [],
      flows: [],
      analysed: 0,
      unanalysed: files.length,
    },
  })

/** Bundles whose values could not all be followed, with the bytes of `version`. */
const cut = (version: string, ...files: readonly (readonly [path: string, reach: Reach])[]) =>
  aPackage({
    files: [aFile('package.json'), ...files.map(([path]) => aFile(path, { content: `${path} ${version}` }))],
    code: {
      files: files.map(([path, reach]) => ({
        path,
        reach,
        code: { ...silentCode('script'), flowsCut: true as const },
      })),
      modules: [],
      flows: [],
      analysed: files.length,
      unanalysed: 0,
    },
  })

const observation = (
  severity: Severity,
  message: string,
  ...places: readonly (readonly [file: string, label: string, detail?: string])[]
): Observation => ({
  message,
  severity,
  evidence: places.map(([file, label, detail = 'seen while reading']) => ({
    label,
    value: foreign(label === valuesCut ? file : `${file}: ${detail}`),
    file,
  })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
})
const large = 'too large to be read'
const onLoad = 'holds code that could not be analysed and that runs on load'
const onInstall = 'holds code that could not be analysed and that runs on install'
const somewhere = 'holds code that could not be analysed'
const notFollowed = 'holds code whose values could not all be followed'
const valuesCut = 'not all of its values were followed'

testRule(fileUnanalysable, {
  clear: [
    { name: 'code that was read', subject: added, facts: { package: clean } },
    {
      name: 'a file that did not change',
      subject: upgrade,
      facts: {
        package: unread('1', ['index.js', 'load', 'too-deep']),
        previousPackage: unread('1', ['index.js', 'load', 'too-deep']),
      },
    },
    {
      name: 'a template that nothing loads and that is no code yet',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ 'index.js': plain, 'templates/page.js': 'export default <%= name %>\n' }),
        previousPackage: clean,
      },
    },
    {
      name: 'a text under a name that is not that of code',
      subject: added,
      facts: { package: await anAnalysedPackage({ 'index.js': plain, 'deep.txt': deep }) },
    },
    {
      name: 'a bundle whose values could not all be followed in the version before either',
      subject: upgrade,
      facts: { package: cut('2', ['index.js', 'load']), previousPackage: cut('1', ['index.js', 'load']) },
    },
    {
      name: 'such a bundle under another name, for the hash of its content',
      subject: upgrade,
      facts: {
        package: cut('2', ['dist/main-B4f9x2Qa.js', 'load']),
        previousPackage: cut('1', ['dist/main-DrA3GP0m.js', 'load']),
      },
    },
    {
      name: 'a new bundle whose values could not all be followed, and that nothing loads',
      subject: upgrade,
      facts: { package: cut('2', ['dist/all.js', 'unreached']), previousPackage: clean },
    },
    { name: 'a removed package', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a loaded file that is no code',
      subject: upgrade,
      facts: { package: await anAnalysedPackage({ 'index.js': 'module.exports = ) (\n' }), previousPackage: clean },
      observations: [
        observation('high', onLoad, [
          'index.js',
          'not the language that its name says',
          "[1:17-1:18]: Unexpected token: ')'",
        ]),
      ],
    },
    {
      name: 'a loaded file that nests too deep',
      subject: added,
      facts: { package: await anAnalysedPackage({ 'index.js': deep }) },
      observations: [
        observation('high', onLoad, [
          'index.js',
          'nests too deep to be read',
          'nested deeper than the stack of the parser',
        ]),
      ],
    },
    {
      name: 'a file that an install script runs, before one that nothing loads',
      subject: upgrade,
      facts: {
        package: unread('2', ['dist/all.js', 'unreached', 'too-large'], ['setup.js', 'install', 'time-out']),
        previousPackage: clean,
      },
      observations: [observation('high', onInstall, ['setup.js', 'took too long to read'], ['dist/all.js', large])],
    },
    {
      name: 'a command',
      subject: upgrade,
      facts: { package: unread('2', ['cli.js', 'bin', 'out-of-memory']), previousPackage: clean },
      observations: [observation('medium', somewhere, ['cli.js', 'took too much memory to read'])],
    },
    {
      name: 'a new file that nothing loads and that ends its reader',
      subject: upgrade,
      facts: { package: unread('2', ['dist/all.js', 'unreached', 'crash']), previousPackage: clean },
      observations: [observation('medium', somewhere, ['dist/all.js', 'ended the process that read it'])],
    },
    {
      name: 'a build that nothing loads and that was as large before, as something to know',
      subject: upgrade,
      facts: {
        package: unread('2', ['dist/worker-B4f9x2Qa.js', 'unreached', 'too-large']),
        previousPackage: unread('1', ['dist/worker-DrA3GP0m.js', 'unreached', 'too-large']),
      },
      observations: [observation('low', somewhere, ['dist/worker-B4f9x2Qa.js', large])],
    },
    {
      name: 'a build that nothing loads and that was only too much to tell before',
      subject: upgrade,
      facts: {
        package: unread('2', ['dist/all.js', 'unreached', 'too-large']),
        previousPackage: unread('1', ['dist/all.js', 'unreached', 'too-complex']),
      },
      observations: [observation('medium', somewhere, ['dist/all.js', large])],
    },
    {
      name: 'a loaded bundle whose values could not all be followed, and could before',
      subject: upgrade,
      facts: { package: cut('2', ['index.js', 'load']), previousPackage: clean },
      observations: [observation('low', notFollowed, ['index.js', valuesCut])],
    },
    {
      name: 'such a bundle that runs on install, in a package that is new',
      subject: added,
      facts: { package: cut('1', ['setup.js', 'install']) },
      observations: [observation('low', notFollowed, ['setup.js', valuesCut])],
    },
    {
      name: 'a loaded file that was as unreadable before',
      subject: upgrade,
      facts: {
        package: unread('2', ['index.js', 'load', 'too-complex']),
        previousPackage: unread('1', ['index.js', 'load', 'too-complex']),
      },
      observations: [observation('high', onLoad, ['index.js', 'too much in it to be told'])],
    },
  ],
})
