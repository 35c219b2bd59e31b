import { foreign } from '../../../src/foreign.js'
import { installScriptChanged } from '../../../src/rules/install/install-script-changed.js'
import type { Evidence } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aBindingGyp, anInstallScript, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const withScripts = (...installScripts: ReturnType<typeof anInstallScript>[]) => aPackage({ installScripts })
const postinstall = (command: string, files: Record<string, string | undefined> = {}) =>
  withScripts(anInstallScript('postinstall', command, files))
const upgrade = aDependencyChange()
const twenty = Array.from({ length: 20 }, (_, at) => `${String.fromCharCode(97 + at)}.js`)
const native = (...installScripts: ReturnType<typeof anInstallScript>[]) =>
  aPackage({
    installScripts,
    bindingGyp: aBindingGyp(),
    manifest: { scripts: Object.fromEntries(installScripts.map(({ hook, command }) => [hook, command])) },
  })

const observation = (...evidence: Evidence[]) => ({
  message: evidence.some(({ label }) => label.endsWith(' before'))
    ? `runs another ${evidence[0]?.label.split(' ')[0]} script on install than the version before`
    : 'runs a postinstall script on install whose files changed',
  evidence,
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

const command = (label: string, value: string): Evidence => ({ label, value: foreign(value), file: 'package.json' })
const file = (label: string, path: string): Evidence => ({ label, value: foreign(path), file: path })

testRule(installScriptChanged, {
  clear: [
    {
      name: 'the same command and the same bytes',
      subject: upgrade,
      facts: {
        package: postinstall('node x.js', { 'x.js': 'a' }),
        previousPackage: postinstall('node x.js', { 'x.js': 'a' }),
      },
    },
    {
      name: 'a command with other blanks',
      subject: upgrade,
      facts: { package: postinstall(' node  x.js'), previousPackage: postinstall('node x.js') },
    },
    {
      name: 'a file of which only indentation, line ends and blank lines differ',
      subject: upgrade,
      facts: {
        package: postinstall('node x.js', { 'x.js': 'if (a) {\n  b()\n}\n' }),
        previousPackage: postinstall('node x.js', { 'x.js': 'if (a) {\r\n\tb()\r\n\r\n}' }),
      },
    },
    {
      name: 'a script that reads its package.json, which every release changes',
      subject: upgrade,
      facts: {
        package: postinstall('node y.js', { 'y.js': 'a', 'package.json': '{"version":"2"}' }),
        previousPackage: postinstall('node y.js', { 'y.js': 'a', 'package.json': '{"version":"1"}' }),
      },
    },
    {
      name: 'a new hook, which another rule tells',
      subject: upgrade,
      facts: { package: postinstall('node z.js'), previousPackage: aPackage() },
    },
    {
      name: 'another prepare script of a package from the registry',
      subject: upgrade,
      facts: {
        package: withScripts(anInstallScript('prepare', 'tsc')),
        previousPackage: withScripts(anInstallScript('prepare', 'babel')),
      },
    },
    {
      name: "npm's own build of a native package, stated as a script now",
      subject: upgrade,
      facts: {
        package: native(anInstallScript('install', 'node-gyp rebuild')),
        previousPackage: native(),
      },
    },
    {
      name: 'a file that neither version holds',
      subject: upgrade,
      facts: {
        package: postinstall('node build/x.js', { 'build/x.js': undefined }),
        previousPackage: postinstall('node build/x.js', { 'build/x.js': undefined }),
      },
    },
  ],
  flagged: [
    {
      name: 'another command',
      subject: upgrade,
      facts: { package: postinstall('node b.js'), previousPackage: postinstall('node a.js') },
      observations: [observation(command('postinstall before', 'node a.js'), command('postinstall now', 'node b.js'))],
    },
    {
      name: "a script in place of npm's own build (node-pty 1.1.0)",
      subject: upgrade,
      facts: {
        package: native(anInstallScript('install', 'node x.js || node-gyp rebuild', { 'x.js': 'a' })),
        previousPackage: native(),
      },
      observations: [
        observation(
          command('install before', 'node-gyp rebuild'),
          command('install now', 'node x.js || node-gyp rebuild'),
          file('further file it uses', 'x.js'),
        ),
      ],
    },
    {
      name: 'other bytes in a file that it runs',
      subject: upgrade,
      facts: {
        package: postinstall('node x.js', { 'x.js': 'b' }),
        previousPackage: postinstall('node x.js', { 'x.js': 'a' }),
      },
      observations: [observation(file('changed file it uses', 'x.js'))],
    },
    {
      name: 'a comment that ends earlier than before',
      subject: upgrade,
      facts: {
        package: postinstall('node x.js', { 'x.js': '// see\nb()' }),
        previousPackage: postinstall('node x.js', { 'x.js': '// see b()' }),
      },
      observations: [observation(file('changed file it uses', 'x.js'))],
    },
    {
      name: 'a further file that the script loads',
      subject: upgrade,
      facts: {
        package: postinstall('node x.js', { 'x.js': 'b', 'lib/y.js': 'c' }),
        previousPackage: postinstall('node x.js', { 'x.js': 'a' }),
      },
      observations: [observation(file('further file it uses', 'lib/y.js'), file('changed file it uses', 'x.js'))],
    },
    {
      name: 'a file that the command named all along and that is there now',
      subject: upgrade,
      facts: {
        package: postinstall('node x.js', { 'x.js': 'a' }),
        previousPackage: postinstall('node x.js', { 'x.js': undefined }),
      },
      observations: [observation(file('changed file it uses', 'x.js'))],
    },
    {
      name: 'a file that is run no more',
      subject: aDependencyChange({ before: { version: '2.0.0' }, after: { version: '1.0.0' } }),
      facts: {
        package: postinstall('node x.js', { 'x.js': 'a' }),
        previousPackage: postinstall('node x.js', { 'x.js': 'a', 'y.js': 'a' }),
      },
      observations: [observation({ label: 'file it no longer uses', value: foreign('y.js') })],
    },
    {
      name: 'other bytes in one of two hooks',
      subject: upgrade,
      facts: {
        package: withScripts(
          anInstallScript('install', 'node i.js', { 'i.js': 'a' }),
          anInstallScript('postinstall', 'node p.js', { 'p.js': 'b' }),
        ),
        previousPackage: withScripts(
          anInstallScript('install', 'node i.js', { 'i.js': 'a' }),
          anInstallScript('postinstall', 'node p.js', { 'p.js': 'a' }),
        ),
      },
      observations: [observation(file('changed file it uses', 'p.js'))],
    },
    {
      name: 'other bytes in both of two hooks, told at once',
      subject: upgrade,
      facts: {
        package: withScripts(
          anInstallScript('install', 'node i.js', { 'i.js': 'b' }),
          anInstallScript('postinstall', 'node q.js', { 'q.js': 'b' }),
        ),
        previousPackage: withScripts(
          anInstallScript('install', 'node i.js', { 'i.js': 'a' }),
          anInstallScript('postinstall', 'node p.js', { 'p.js': 'a' }),
        ),
      },
      observations: [
        {
          ...observation(
            command('postinstall before', 'node p.js'),
            command('postinstall now', 'node q.js'),
            file('changed file it uses', 'i.js'),
            file('further file it uses', 'q.js'),
            { label: 'file it no longer uses', value: foreign('p.js') },
          ),
          message: 'runs install and postinstall scripts on install that changed, or whose files did',
        },
      ],
    },
    {
      name: 'more files than a reader needs to see (nx 15.3.3)',
      subject: upgrade,
      facts: {
        package: postinstall('node a.js', Object.fromEntries(twenty.map((path) => [path, 'b']))),
        previousPackage: postinstall('node a.js', Object.fromEntries(twenty.map((path) => [path, 'a']))),
      },
      observations: [
        observation(...twenty.slice(0, 12).map((path) => file('changed file it uses', path)), {
          label: 'not shown',
          value: foreign('8 more'),
        }),
      ],
    },
  ],
})
