import { foreign } from '../../../src/foreign.js'
import { registryOrderUnsafe } from '../../../src/rules/posture/registry-order-unsafe.js'
import { theOwnNames } from '../../builders/own-names.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { testRule } from '../../rule-tester.js'

const facts = { ownNames: theOwnNames([], ['acme-*']) }
const added = (after: Files) => aPostureChange({ before: {}, after })
const extra = 'https://pypi.acme.example/simple'
const observe = (file: string, line: number, label: string, value: string) => ({
  message: 'adds an index beside another one: the highest version of all of them is taken, whoever published it',
  evidence: [{ label, value: foreign(value) }],
  anchors: [{ kind: 'line', file, line }] as const,
})
const workflow = (run: string, env = '') =>
  `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${run}\n${env}`

testRule(registryOrderUnsafe, {
  clear: [
    { name: 'one index', subject: added({ 'requirements.txt': `--index-url ${extra}\nhttpx\n` }), facts },
    {
      name: "uv's indexes in their order",
      subject: added({
        'pyproject.toml': `[tool.uv]\nextra-index-url = ["${extra}"]\n[[tool.uv.index]]\nurl = "${extra}"\n`,
      }),
      facts,
    },
    {
      name: 'a source of Poetry that is only for what names it',
      subject: added({
        'pyproject.toml': `[[tool.poetry.source]]\nname = "a"\nurl = "${extra}"\npriority = "explicit"\n`,
      }),
      facts,
    },
    {
      name: 'an extra index that base had, on another line',
      subject: aPostureChange({
        before: { 'requirements.txt': `--extra-index-url ${extra}\n` },
        after: { 'requirements.txt': `# x\n--extra-index-url=${extra}\nhttpx\n` },
      }),
      facts,
    },
    {
      name: 'a private registry where no internal name lacks a scope',
      subject: added({
        '.npmrc': 'registry=https://npm.acme.example/',
        'package.json': '{ "dependencies": { "@acme/acme-x": "1" } }',
      }),
      facts,
    },
    {
      name: 'an index in a comment and an echo',
      subject: added({ '.github/workflows/a.yml': workflow(`echo pip install --extra-index-url ${extra}`) }),
      facts,
    },
    {
      name: 'an extra index of uv pip',
      subject: added({ '.github/workflows/a.yml': workflow(`uv pip install --extra-index-url ${extra} x`) }),
      facts,
    },
  ],
  flagged: [
    {
      name: 'an extra index in a requirements file and in a pip.conf',
      subject: added({
        'requirements.txt': `--extra-index-url ${extra}\nhttpx\n`,
        'pip.conf': `[install]\nextra-index-url =\n    ${extra}\n`,
      }),
      facts,
      observations: [
        observe('requirements.txt', 1, '--extra-index-url', extra),
        observe('pip.conf', 3, 'extra-index-url', extra),
      ],
    },
    {
      name: 'an extra index in a variable of a workflow',
      subject: added({
        '.github/workflows/a.yml': workflow('pip install x', `        env: { PIP_EXTRA_INDEX_URL: "${extra}" }\n`),
      }),
      facts,
      observations: [observe('.github/workflows/a.yml', 7, 'PIP_EXTRA_INDEX_URL', extra)],
    },
    {
      name: 'an extra index in commands, in both spellings',
      subject: added({
        Dockerfile: `FROM x\nRUN pip3 install --extra-index-url=${extra} a && python -m pip install b --extra-index-url ${extra}/b\n`,
      }),
      facts,
      observations: [
        observe('Dockerfile', 2, '--extra-index-url', extra),
        observe('Dockerfile', 2, '--extra-index-url', `${extra}/b`),
      ],
    },
    {
      name: 'an unsafe strategy of uv, and a second source of Poetry',
      subject: added({
        'a/pyproject.toml': '[tool.uv]\nindex-strategy = "unsafe-best-match"\n',
        'b/pyproject.toml': `[[tool.poetry.source]]\nname = "a"\nurl = "${extra}/a"\n[[tool.poetry.source]]\nname = "b"\nurl = "${extra}/b"\n`,
      }),
      facts,
      observations: [
        observe('a/pyproject.toml', 2, '--index-strategy', 'unsafe-best-match'),
        observe('b/pyproject.toml', 6, 'source', `${extra}/b`),
      ],
    },
    {
      name: 'one registry for everything, internal names without a scope among it',
      subject: added({
        '.npmrc': 'registry=https://npm.acme.example/',
        'package.json': '{ "dependencies": { "acme-x": "1" } }',
      }),
      facts,
      observations: [
        {
          message:
            'takes internal names without a scope from one registry with the public ones: a proxy that merges both serves the highest version, whoever published it',
          evidence: [
            { label: 'registry', value: foreign('https://npm.acme.example/') },
            { label: 'package', value: foreign('acme-x') },
          ],
          anchors: [{ kind: 'line', file: '.npmrc', line: 1 }],
          confidence: 'medium',
          fix: 'Give internal packages a scope that is sent to a registry without public packages, or have the proxy never look in public for names that it has itself.',
        },
      ],
    },
  ],
})
