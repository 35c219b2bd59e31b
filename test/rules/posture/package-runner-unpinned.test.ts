import { foreign } from '../../../src/foreign.js'
import { packageRunnerUnpinned } from '../../../src/rules/posture/package-runner-unpinned.js'
import { mergeByFile } from '../../../src/rules/shared/merge-observations.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { testRule } from '../../rule-tester.js'

const file = '.github/workflows/ci.yml'
const workflow = (...runs: readonly string[]): string =>
  ['on: push', 'jobs:', '  a:', '    runs-on: x', '    steps:', ...runs.map((run) => `      - run: ${run}`)].join('\n')
const added = (after: Files, before: Files = {}) => aPostureChange({ before, after })
const inCi = (...runs: readonly string[]) => added({ [file]: workflow(...runs) })
const locked = (name: string) => {
  const change = inCi(`npx ${name}`)
  const project = { lockfile: 'package-lock.json', folder: '', manager: 'npm' as const, names: new Set(['typescript']) }
  return { ...change, ...(change.posture && { posture: { ...change.posture, locked: [project] } }) }
}
const observe = (at: string, line: number, command: string, ...packages: readonly string[]) => ({
  message: 'starts whatever version of a package is the newest when it runs',
  evidence: [
    ...packages.map((text) => ({ label: 'package', value: foreign(text) })),
    { label: 'command', value: foreign(command) },
  ],
  anchors: [{ kind: 'line', file: at, line }] as const,
})

testRule(packageRunnerUnpinned, {
  clear: [
    {
      name: 'exact versions',
      subject: inCi('npx a@1.2.3', 'pnpm dlx b@1.0.0', 'uvx c==1.0', 'go run x.example/d@v1.2.3'),
    },
    { name: 'a version that the workflow computes', subject: inCi('npx "a@$V"') },
    { name: 'nothing is fetched', subject: inCi('npx --no-install a', 'npx --no a', 'npm exec --offline -- a') },
    {
      name: 'a dependency of a manifest',
      subject: added({ [file]: workflow('npx a'), 'package.json': '{ "devDependencies": { "a": "1" } }' }),
    },
    { name: 'a program of a package that the lockfile holds', subject: locked('tsc') },
    {
      name: 'a program of a scope that a manifest asks for',
      subject: added({ [file]: workflow('npx a'), 'package.json': '{ "devDependencies": { "@a/cli": "1" } }' }),
    },
    { name: 'what the project has itself', subject: inCi('yarn exec a', 'pnpm exec a', 'npm run a', 'uv run a') },
    {
      name: 'one that base had, on another line',
      subject: added({ [file]: workflow('ls', 'npx a') }, { [file]: workflow('npx a') }),
    },
    { name: 'a folder of the repository', subject: inCi('npx ./tools/a') },
  ],
  flagged: [
    {
      name: 'a name, a tag or a range, by any runner',
      subject: inCi(
        'npx -y a',
        'npx --package=b@latest c',
        'npm exec d@^1',
        'pnpm dlx e',
        'pnpx f',
        'yarn dlx g',
        'bunx h',
        'npm create i@latest x',
      ),
      observations: mergeByFile([
        observe(file, 6, 'npx -y a', 'a'),
        observe(file, 7, 'npx --package=b@latest c', 'b@latest'),
        observe(file, 8, 'npm exec d@^1', 'd@^1'),
        observe(file, 9, 'pnpm dlx e', 'e'),
        observe(file, 10, 'pnpx f', 'f'),
        observe(file, 11, 'yarn dlx g', 'g'),
        observe(file, 12, 'bunx h', 'h'),
        observe(file, 13, 'npm create i@latest x', 'create-i@latest'),
      ]),
    },
    {
      name: 'Python’s and Go’s',
      subject: inCi('uvx a', 'pipx run b', 'uv run --with c d.py', 'go run x.example/e@latest'),
      observations: mergeByFile([
        observe(file, 6, 'uvx a', 'a'),
        observe(file, 7, 'pipx run b', 'b'),
        observe(file, 8, 'uv run --with c d.py', 'c'),
        observe(file, 9, 'go run x.example/e@latest', 'x.example/e@latest'),
      ]),
    },
    {
      name: 'in an image and in a script',
      subject: added({
        Dockerfile: 'FROM node\nCMD ["npx", "-y", "a"]\n',
        'package.json': '{\n"scripts": {\n"x": "npx b"\n}\n}',
      }),
      observations: mergeByFile([observe('Dockerfile', 2, 'npx -y a', 'a'), observe('package.json', 3, 'npx b', 'b')]),
    },
    {
      name: 'a package that the lockfile has not',
      subject: locked('other'),
      observations: [observe(file, 6, 'npx other', 'other')],
    },
    {
      name: 'code of a repository that moves',
      subject: inCi('npx github:acme/a'),
      observations: [observe(file, 6, 'npx github:acme/a', 'github:acme/a')],
    },
  ],
})
