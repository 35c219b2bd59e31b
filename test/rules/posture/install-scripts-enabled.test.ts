import { foreign } from '../../../src/foreign.js'
import { installScriptsEnabled } from '../../../src/rules/posture/install-scripts-enabled.js'
import { mergeByFile } from '../../../src/rules/shared/merge-observations.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { testRule } from '../../rule-tester.js'

const file = '.github/workflows/ci.yml'
const workflow = (...runs: readonly string[]): string =>
  ['on: push', 'jobs:', '  a:', '    runs-on: x', '    steps:', ...runs.map((run) => `      - run: ${run}`)].join('\n')
const added = (after: Files, before: Files = {}) => aPostureChange({ before, after })
const withSettings = (run: string, settings: Files) => added({ [file]: workflow(run), ...settings })
const observe = (commands: readonly string[], ...lines: readonly number[]) => {
  const [first = 0, ...others] = lines
  return {
    message: 'installs packages in CI and lets every one of them run its scripts there',
    evidence: commands.map((command) => ({ label: 'command', value: foreign(command) })),
    anchors: [
      { kind: 'line', file, line: first },
      ...others.map((line) => ({ kind: 'line', file, line }) as const),
    ] as const,
  }
}

testRule(installScriptsEnabled, {
  clear: [
    { name: 'a switch of the command', subject: added({ [file]: workflow('npm ci --ignore-scripts') }) },
    { name: 'a variable of the step', subject: added({ [file]: workflow('npm_config_ignore_scripts=true npm ci') }) },
    { name: 'the project’s .npmrc', subject: withSettings('npm ci', { '.npmrc': 'ignore-scripts=true\n' }) },
    {
      name: 'the .npmrc above the folder',
      subject: withSettings('npm --prefix web ci', { '.npmrc': 'ignore-scripts = true\n' }),
    },
    {
      name: 'a list of those that may',
      subject: withSettings('npm ci', { 'package.json': '{ "allowScripts": { "esbuild@0.25.0": true } }' }),
    },
    {
      name: 'npm 12, which asks for such a list',
      subject: withSettings('npm ci', { 'package.json': '{ "packageManager": "npm@12.1.0" }' }),
    },
    { name: 'pnpm and Bun, which do too', subject: added({ [file]: workflow('pnpm i', 'bun ci') }) },
    {
      name: 'Yarn that runs none',
      subject: withSettings('yarn --immutable', { '.yarnrc.yml': 'enableScripts: false\n' }),
    },
    {
      name: 'a Yarn that runs none by itself',
      subject: withSettings('yarn', { '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.14.1.cjs\n' }),
    },
    { name: 'another version of the manager', subject: added({ [file]: workflow('npm i -g npm@11.5.1') }) },
    { name: 'an install that nobody runs in CI', subject: added({ Makefile: 'a:\n\tnpm ci\n' }) },
    {
      name: 'another command that installs like base’s does',
      subject: added({ [file]: workflow('npm ci', 'npm i x@1.0.0') }, { [file]: workflow('npm ci') }),
    },
  ],
  flagged: [
    {
      name: 'npm without a word, once for all of its commands',
      subject: added({ [file]: workflow('npm ci', 'npm i -g a@1.0.0') }),
      observations: [observe(['npm ci', 'npm i -g a@1.0.0'], 6, 7)],
    },
    {
      name: 'each folder and each manager that does',
      subject: added({ [file]: workflow('npm ci', 'npm --prefix web ci', 'yarn --frozen-lockfile') }),
      observations: mergeByFile([
        observe(['npm ci'], 6),
        observe(['npm --prefix web ci'], 7),
        observe(['yarn --frozen-lockfile'], 8),
      ]),
    },
    {
      name: 'a switch that is turned off again',
      subject: withSettings('npm ci --ignore-scripts=false', { '.npmrc': 'ignore-scripts=true\n' }),
      observations: [observe(['npm ci --ignore-scripts=false'], 6)],
    },
    {
      name: 'an older pnpm, and one that allows all',
      subject: added({
        [file]: workflow('pnpm i', 'pnpm -C web i'),
        'package.json': '{ "packageManager": "pnpm@9.15.0" }',
        'web/pnpm-workspace.yaml': 'dangerouslyAllowAllBuilds: true\n',
        'web/package.json': '{ "packageManager": "pnpm@10.1.0" }',
      }),
      observations: mergeByFile([observe(['pnpm i'], 6), observe(['pnpm -C web i'], 7)]),
    },
    {
      name: 'a Yarn that is told to',
      subject: withSettings('yarn --immutable', { '.yarnrc.yml': 'enableScripts: true\n' }),
      observations: [observe(['yarn --immutable'], 6)],
    },
  ],
})
