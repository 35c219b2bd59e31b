import { foreign } from '../../../src/foreign.js'
import { publishTokenExposed } from '../../../src/rules/posture/publish-token-exposed.js'
import { mergeByFile } from '../../../src/rules/shared/merge-observations.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { expression } from '../../builders/repository-commands.js'
import { testRule } from '../../rule-tester.js'

const file = '.github/workflows/release.yml'
const secret = (name: string): string => expression(`secrets.${name}`)
const added = (after: Files, before: Files = {}) => aPostureChange({ before, after })

/** Lines 5 and on are the job's; `steps` begin below `env`. */
const workflow = (env: readonly string[], steps: readonly string[]): string =>
  [
    'on: push',
    'jobs:',
    '  release:',
    '    runs-on: x',
    ...(env.length === 0 ? [] : ['    env:', ...env.map((line) => `      ${line}`)]),
    '    steps:',
    ...steps.map((line) => `      ${line}`),
  ].join('\n')
const steps = (...lines: readonly string[]) => added({ [file]: workflow([], lines) })

const observe = (variable: string, at: number, commands: readonly (readonly [string, number])[]) => ({
  message: 'hands a secret that publishes or deploys to a step that installs dependencies, whose scripts can read it',
  evidence: [
    { label: 'secret', value: foreign(variable) },
    ...commands.map(([command]) => ({ label: 'installs', value: foreign(command) })),
  ],
  anchors: [
    { kind: 'line', file, line: at },
    ...commands.map(([, line]) => ({ kind: 'line', file, line }) as const),
  ] as const,
})

testRule(publishTokenExposed, {
  clear: [
    {
      name: 'the secret in the step that publishes',
      subject: steps('- run: npm ci', '- run: npm publish', '  env:', `    NODE_AUTH_TOKEN: ${secret('NPM_TOKEN')}`),
    },
    {
      name: 'an install that runs no scripts',
      subject: steps('- run: npm ci --ignore-scripts', '  env:', `    NPM_TOKEN: ${secret('NPM_TOKEN')}`),
    },
    {
      name: 'a project that runs no scripts',
      subject: added({
        '.npmrc': 'ignore-scripts=true\n',
        [file]: workflow([`NPM_TOKEN: ${secret('NPM_TOKEN')}`], ['- run: npm ci']),
      }),
    },
    {
      name: 'the job’s own token, and one that only reads',
      subject: steps(
        '- run: npm ci',
        '  env:',
        `    NODE_AUTH_TOKEN: ${secret('GITHUB_TOKEN')}`,
        `    NPM_TOKEN: ${secret('NPM_READ_TOKEN')}`,
      ),
    },
    {
      name: 'other secrets, and what is none',
      subject: steps('- run: npm ci', '  env:', `    CODECOV_TOKEN: ${secret('CODECOV_TOKEN')}`, '    NPM_TOKEN: none'),
    },
    {
      name: 'another job’s secret',
      subject: added({
        [file]: `${workflow([`NPM_TOKEN: ${secret('NPM_TOKEN')}`], ['- run: npm publish'])}\n  test:\n    steps:\n      - run: npm ci`,
      }),
    },
    {
      name: 'one that base had',
      subject: added(
        { [file]: workflow([`NPM_TOKEN: ${secret('NPM_TOKEN')}`], ['- run: ls', '- run: npm ci']) },
        { [file]: workflow([`NPM_TOKEN: ${secret('NPM_TOKEN')}`], ['- run: npm i']) },
      ),
    },
  ],
  flagged: [
    {
      name: 'a secret of the step',
      subject: steps('- run: npm ci && npm publish', '  env:', `    NODE_AUTH_TOKEN: ${secret('NPM_TOKEN')}`),
      observations: [observe(`NODE_AUTH_TOKEN: ${secret('NPM_TOKEN')}`, 8, [['npm ci', 6]])],
    },
    {
      name: 'a secret of the job, by the secret’s name too, with each install',
      subject: added({
        [file]: workflow(
          [`TOKEN: ${secret('VSCE_PAT')}`, `AWS_SECRET_ACCESS_KEY: ${secret('AWS_KEY')}`],
          ['- run: npm ci', '- run: pip install x'],
        ),
      }),
      observations: mergeByFile([
        observe(`TOKEN: ${secret('VSCE_PAT')}`, 6, [
          ['npm ci', 9],
          ['pip install x', 10],
        ]),
        observe(`AWS_SECRET_ACCESS_KEY: ${secret('AWS_KEY')}`, 7, [
          ['npm ci', 9],
          ['pip install x', 10],
        ]),
      ]),
    },
    {
      name: 'an install that comes to where a secret was',
      subject: added(
        { [file]: workflow([`NPM_TOKEN: ${secret('NPM_TOKEN')}`], ['- run: pnpm i', '- run: npm publish']) },
        { [file]: workflow([`NPM_TOKEN: ${secret('NPM_TOKEN')}`], ['- run: npm publish']) },
      ),
      observations: [observe(`NPM_TOKEN: ${secret('NPM_TOKEN')}`, 6, [['pnpm i', 8]])],
    },
  ],
})
