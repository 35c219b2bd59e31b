import { foreign } from '../../../src/foreign.js'
import { installUnlocked } from '../../../src/rules/posture/install-unlocked.js'
import { mergeByFile } from '../../../src/rules/shared/merge-observations.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { testRule } from '../../rule-tester.js'

const file = '.github/workflows/ci.yml'
const workflow = (...runs: readonly string[]): string =>
  ['on: push', 'jobs:', '  a:', '    runs-on: x', '    steps:', ...runs.map((run) => `      - run: ${run}`)].join('\n')
const added = (after: Files, before: Files = {}) => aPostureChange({ before, after })
const inCi = (...runs: readonly string[]) => added({ [file]: workflow(...runs) })

const open = 'installs what the manifests allow today, not what the lockfile has'
const newer = {
  message: 'installs newer versions than the lockfile has, which nobody has reviewed',
  fix: 'Update in a pull request of its own, so that what changes is reviewed before it is installed where secrets are.',
}
const named = {
  message: 'installs a package of no exact version, which no lockfile holds',
  fix: 'Name one exact version, or make the package a dev dependency, so that the lockfile holds it.',
}
const observe = (at: string, line: number, command: string, rest: object = { message: open }) => ({
  message: open,
  ...rest,
  evidence: [{ label: 'command', value: foreign(command) }],
  anchors: [{ kind: 'line', file: at, line }] as const,
})

testRule(installUnlocked, {
  clear: [
    { name: 'npm ci, by any of its names', subject: inCi('npm ci', 'npm clean-install', 'npm cit --omit=dev') },
    {
      name: 'frozen installs of the others',
      subject: inCi(
        'pnpm install --frozen-lockfile',
        'yarn install --immutable',
        'yarn --frozen-lockfile',
        'bun ci',
        'bun install --frozen-lockfile',
      ),
    },
    { name: 'pnpm in a workflow, where it is frozen by default', subject: inCi('pnpm i', 'corepack pnpm install') },
    {
      name: 'later Yarn in a workflow, by its settings',
      subject: added({ [file]: workflow('yarn'), '.yarnrc.yml': 'nodeLinker: node-modules\n' }),
    },
    {
      name: 'later Yarn in a workflow, by what the manifest asks for',
      subject: added({ [file]: workflow('yarn install'), 'package.json': '{ "packageManager": "yarn@4.9.2" }' }),
    },
    { name: 'a tool of one exact version for all', subject: inCi('npm install -g tool@1.2.3', 'pnpm add -g a@1.0.0') },
    { name: 'a version that the workflow computes', subject: inCi('V=$(cat .v); npm i -g "npm@$V"') },
    { name: 'only the lockfile', subject: inCi('npm install --package-lock-only', 'pnpm i --lockfile-only') },
    { name: 'what would be done', subject: inCi('npm install --dry-run') },
    { name: 'what was built before', subject: inCi('npm i ./dist/x.tgz', 'npm i -g /tmp/y.tgz') },
    { name: 'a comment and a text', subject: inCi('"echo npm install # npm install"', '": # npm i"') },
    {
      name: 'an install that base had, on another line',
      subject: added({ [file]: workflow('ls', 'npm  i') }, { [file]: workflow('npm  i') }),
    },
    {
      name: 'an install that base had with other switches, in another file, or of another version',
      subject: added(
        { '.github/workflows/new.yml': workflow('npm i --no-audit', 'npm i -g tool@2') },
        { [file]: workflow('npm i -g tool@latest', 'npm i') },
      ),
    },
    { name: 'pnpm in a script that may be run anywhere', subject: added({ 'a.sh': 'pnpm i\n' }) },
    { name: 'other managers, of which other rules speak', subject: inCi('pip install x', 'uv sync') },
  ],
  flagged: [
    {
      name: 'npm install where the settings say that no lockfile is kept',
      subject: added({ [file]: workflow('npm i'), '.npmrc': 'package-lock=false\n' }),
      observations: [
        observe(file, 6, 'npm i', {
          message: 'installs what the manifests allow today: the settings say that no lockfile is kept',
          severity: 'medium',
          fix: 'Give jobs that install so no secrets and nothing to write, or take `package-lock=false` back and use `npm ci`.',
        }),
      ],
    },
    {
      name: 'one more of what base has, in a file that base has not',
      subject: added(
        { [file]: workflow('npm i'), '.github/workflows/a.yml': workflow('npm i') },
        { [file]: workflow('npm i') },
      ),
      observations: [observe('.github/workflows/a.yml', 6, 'npm i')],
    },
    {
      name: 'npm install, by any of its names, and however it is wrapped',
      subject: inCi('npm i', 'npm isntall', "bash -c 'npm install'", 'sudo npm --prefix web it'),
      observations: mergeByFile([
        observe(file, 6, 'npm i'),
        observe(file, 7, 'npm isntall'),
        observe(file, 8, 'npm install'),
        observe(file, 9, 'sudo npm --prefix web it'),
      ]),
    },
    {
      name: 'each line of a script, on its own',
      subject: added({ [file]: `${workflow('|')}\n          npm ci\n          cd web && \\\n            npm i\n` }),
      observations: [observe(file, 9, 'npm i')],
    },
    {
      name: 'the first Yarn, Bun, and a pnpm that is told to',
      subject: inCi('yarn', 'bun install', 'pnpm install --no-frozen-lockfile'),
      observations: mergeByFile([
        observe(file, 6, 'yarn'),
        observe(file, 7, 'bun install'),
        observe(file, 8, 'pnpm install --no-frozen-lockfile'),
      ]),
    },
    {
      name: 'pnpm in an image, where nothing tells it to keep to the lockfile',
      subject: added({ 'web/Dockerfile': 'FROM node\nRUN pnpm install --prod\n' }),
      observations: [observe('web/Dockerfile', 2, 'pnpm install --prod')],
    },
    {
      name: 'updates on the way',
      subject: inCi('npm update', 'yarn upgrade', 'pnpm up -r', 'npm audit fix'),
      observations: mergeByFile([
        observe(file, 6, 'npm update', newer),
        observe(file, 7, 'yarn upgrade', newer),
        observe(file, 8, 'pnpm up -r', newer),
        observe(file, 9, 'npm audit fix', newer),
      ]),
    },
    {
      name: 'a package of no exact version',
      subject: inCi('npm i --no-save x', 'npm i -g y@latest', 'yarn global add z'),
      observations: mergeByFile([
        observe(file, 6, 'npm i --no-save x', named),
        observe(file, 7, 'npm i -g y@latest', named),
        observe(file, 8, 'yarn global add z', named),
      ]),
    },
    {
      name: 'a script that somebody starts by hand, less',
      subject: added({ 'package.json': '{\n"scripts": {\n"fresh": "rm -rf node_modules && npm i"\n}\n}' }),
      observations: [observe('package.json', 3, 'npm i', { severity: 'medium' })],
    },
    {
      name: 'a script that npm or a workflow runs, as much',
      subject: added({
        [file]: workflow('npm run fresh'),
        'package.json': '{\n"scripts": {\n"fresh": "npm i",\n"postinstall": "cd web && npm i x"\n}\n}',
      }),
      observations: mergeByFile([observe('package.json', 3, 'npm i'), observe('package.json', 4, 'npm i x', named)]),
    },
    {
      name: 'everything in an audit',
      subject: aPostureChange({ after: { [file]: workflow('npm i'), Makefile: 'a:\n\tnpm i\n' } }),
      observations: mergeByFile([observe(file, 6, 'npm i'), observe('Makefile', 2, 'npm i', { severity: 'medium' })]),
    },
  ],
})
