import { foreign } from '../../../src/foreign.js'
import { combinedRisk } from '../../../src/rules/combinations/combined-risk.js'
import type { Evidence, Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const added = aDependencyChange({ before: null })
const plain = await anAnalysedPackage({ 'index.js': 'module.exports = 1\n' })
const asking = await anAnalysedPackage({ 'index.js': "module.exports = () => fetch('https://a.example/')\n" })
const sending = await anAnalysedPackage({ 'index.js': "fetch('https://a.example/')\n" })
const sendingElsewhere = await anAnalysedPackage({ 'index.js': "fetch('https://b.example/')\n" })
const loading = await anAnalysedPackage({ 'index.js': "const { exec } = require('child_process')\n" })
const globalOf = await anAnalysedPackage({
  'index.js': "module.exports = [Function('return this')(), (0, eval)('this')]\n",
})
const evaluating = await anAnalysedPackage({ 'index.js': 'eval(String(module.parent))\n' })
const command = await anAnalysedPackage({ 'cli.js': "fetch('https://a.example/')\n" }, { bin: 'cli.js' })

/** Rules with `high`, unless said otherwise. */
const found = (...rules: readonly (string | readonly [string, Severity])[]) =>
  rules.map((one) => (typeof one === 'string' ? { rule: one, severity: 'high' } : { rule: one[0], severity: one[1] }))
const together = { package: plain, previousPackage: plain }

const observation = (message: string, evidence: readonly Evidence[], severity?: Severity) => ({
  message,
  evidence,
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
  ...(severity && { severity }),
})
const parts = (...rules: readonly string[]): readonly Evidence[] =>
  rules.map((rule) => ({ label: 'part', value: foreign(rule) }))
const attack = 'starts something by itself and shows signs of an attack besides'
const doubts = 'raises three doubts of different kinds at once'

testRule(combinedRisk, {
  clear: [
    { name: 'no findings', subject: upgrade, facts: { ...together, observed: [] } },
    {
      name: 'a new install script alone',
      subject: upgrade,
      facts: { ...together, observed: found('install-script-added', 'native-binary-added') },
    },
    {
      name: 'an install script that only changed, in a fresh release',
      subject: upgrade,
      facts: { ...together, observed: found('install-script-changed', 'release-fresh') },
    },
    {
      name: 'signs of an attack of which nothing starts by itself',
      subject: upgrade,
      facts: { ...together, observed: found('secrets-harvested', 'publisher-changed') },
    },
    {
      name: 'a new install script beside something that its own rule thinks little of',
      subject: upgrade,
      facts: {
        ...together,
        observed: found('install-script-added', ['secrets-harvested', 'low'], ['code-obfuscated', 'medium']),
      },
    },
    {
      name: 'a new install script beside a publisher whose e-mail address alone is new, or who was new years ago',
      subject: upgrade,
      facts: { ...together, observed: found('install-script-added', ['publisher-changed', 'low']) },
    },
    {
      name: 'all doubts about a release at once, of which nothing starts by itself',
      subject: upgrade,
      facts: {
        ...together,
        observed: found('provenance-lost', ['publisher-changed', 'medium'], ['release-fresh', 'medium']),
      },
    },
    {
      name: 'three doubts about a release, which are of one kind',
      subject: upgrade,
      facts: {
        ...together,
        observed: found(
          ['publisher-changed', 'medium'],
          ['release-after-silence', 'medium'],
          ['repository-mismatch', 'medium'],
        ),
      },
    },
    {
      name: 'a request that somebody has to call for',
      subject: upgrade,
      facts: { package: asking, previousPackage: plain, observed: found('release-fresh') },
    },
    {
      name: 'a request at load time that was there before, to whatever host',
      subject: upgrade,
      facts: { package: sendingElsewhere, previousPackage: sending, observed: found('release-fresh') },
    },
    {
      name: 'a request at load time alone',
      subject: upgrade,
      facts: { package: sending, previousPackage: plain, observed: found('capability-added', 'network-host-added') },
    },
    {
      name: 'a built-in module that is only asked for',
      subject: upgrade,
      facts: { package: loading, previousPackage: plain, observed: found('release-fresh') },
    },
    {
      name: 'the global object that is asked for',
      subject: upgrade,
      facts: { package: globalOf, previousPackage: plain, observed: found('release-fresh') },
    },
    {
      name: 'the top level of a command',
      subject: upgrade,
      facts: { package: command, previousPackage: plain, observed: found('release-fresh') },
    },
    {
      name: 'what an added package does when it is loaded',
      subject: added,
      facts: { package: sending, observed: found('release-fresh') },
    },
    {
      name: 'three mediums of two groups',
      subject: upgrade,
      facts: {
        ...together,
        observed: found(
          ['install-script-changed', 'medium'],
          ['capability-added', 'medium'],
          ['network-host-added', 'medium'],
        ),
      },
    },
    {
      name: 'three mediums of which one is a fresh release',
      subject: upgrade,
      facts: {
        ...together,
        observed: found(
          ['capability-added', 'medium'],
          ['version-out-of-order', 'medium'],
          ['release-fresh', 'medium'],
        ),
      },
    },
    {
      name: 'three mediums of which one is a new binary',
      subject: upgrade,
      facts: {
        ...together,
        observed: found(
          ['capability-added', 'medium'],
          ['version-out-of-order', 'medium'],
          ['native-binary-added', 'medium'],
        ),
      },
    },
    {
      name: 'a low and a high beside a medium of three groups',
      subject: upgrade,
      facts: {
        ...together,
        observed: found(['capability-added', 'medium'], ['version-jump', 'high'], ['lockfile-changed-alone', 'low']),
      },
    },
    { name: 'a removed package', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a new install script in a release that lost its provenance',
      subject: upgrade,
      facts: { ...together, observed: found('install-script-added', 'provenance-lost') },
      observations: [observation(attack, parts('install-script-added', 'provenance-lost'))],
    },
    {
      name: 'each rule once, whatever else was found',
      subject: upgrade,
      facts: {
        ...together,
        observed: found('manifest-mismatch', 'implicit-build-added', 'code-obfuscated', 'implicit-build-added'),
      },
      observations: [observation(attack, parts('implicit-build-added', 'code-obfuscated'))],
    },
    {
      name: 'an added package with an install script, just released by somebody new',
      subject: added,
      facts: {
        package: plain,
        observed: found('install-script-present', ['release-fresh', 'medium'], ['publisher-changed', 'medium']),
      },
      observations: [observation(attack, parts('install-script-present', 'release-fresh', 'publisher-changed'))],
    },
    {
      name: 'a request that began to run at load time, in a fresh release',
      subject: upgrade,
      facts: { package: sending, previousPackage: asking, observed: found('release-fresh') },
      observations: [
        observation(attack, [
          {
            label: 'network as soon as it is loaded',
            value: foreign("fetch('https://a.example/')"),
            file: 'index.js',
            line: 1,
            column: 1,
          },
          ...parts('release-fresh'),
        ]),
      ],
    },
    ...['provenance-lost', 'publisher-changed'].map((rule) => ({
      name: `a request that began to run at load time, with ${rule}`,
      subject: upgrade,
      facts: { package: sending, previousPackage: asking, observed: found([rule, 'medium']) },
      observations: [
        observation(attack, [
          {
            label: 'network as soon as it is loaded',
            value: foreign("fetch('https://a.example/')"),
            file: 'index.js',
            line: 1,
            column: 1,
          },
          ...parts(rule),
        ]),
      ],
    })),
    {
      name: 'a doubt about the release beside two of other kinds',
      subject: upgrade,
      facts: {
        ...together,
        observed: found(
          ['publisher-changed', 'medium'],
          ['install-script-changed', 'medium'],
          ['version-out-of-order', 'medium'],
        ),
      },
      observations: [
        observation(doubts, parts('publisher-changed', 'install-script-changed', 'version-out-of-order'), 'high'),
      ],
    },
    {
      name: 'text that is evaluated at load time, beside one that asks for the global object',
      subject: upgrade,
      facts: { package: evaluating, previousPackage: globalOf, observed: found('dependency-phantom') },
      observations: [
        observation(attack, [
          {
            label: 'eval as soon as it is loaded',
            value: foreign('eval(String(module.parent))'),
            file: 'index.js',
            line: 1,
            column: 1,
          },
          ...parts('dependency-phantom'),
        ]),
      ],
    },
    {
      name: 'mediums of three groups',
      subject: upgrade,
      facts: {
        ...together,
        observed: found(
          ['capability-added', 'medium'],
          ['install-script-changed', 'medium'],
          ['release-fresh', 'medium'],
          ['network-host-added', 'high'],
          ['version-out-of-order', 'medium'],
        ),
      },
      observations: [
        observation(doubts, parts('capability-added', 'install-script-changed', 'version-out-of-order'), 'high'),
      ],
    },
  ],
})
