import { foreign } from '../../../src/foreign.js'
import { hashesMissing } from '../../../src/rules/posture/hashes-missing.js'
import type { Severity } from '../../../src/rules/rule.js'
import { mergeByFile } from '../../../src/rules/shared/merge-observations.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { testRule } from '../../rule-tester.js'

const facts = { pythonPolicy: { requireHashes: false, index: 'none' } }
const strict = { pythonPolicy: { requireHashes: true, index: 'none' } }
const added = (after: Files) => aPostureChange({ before: {}, after })
const run = (...commands: readonly string[]) =>
  `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n${commands.map((one) => `          ${one}\n`).join('')}`
const ci = '.github/workflows/a.yml'
const hashed = 'httpx==0.27.0 --hash=sha256:aa\n'
const observe = (line: number, command: string, severity: Severity) => ({
  message: 'installs Python packages without holding them against hashes',
  evidence: [{ label: 'command', value: foreign(command) }],
  anchors: [{ kind: 'line', file: ci, line }] as const,
  severity,
})
const lock = (second: string) =>
  `[[package]]\nname = "a"\nfiles = [{ file = "a", hash = "sha256:aa" }]\n[[package]]\nname = "b"\nfiles = [${second}]\n`

testRule(hashesMissing, {
  clear: [
    {
      name: 'an install that asks for hashes',
      subject: added({ [ci]: run('pip install --require-hashes -r x.txt') }),
      facts,
    },
    {
      name: 'a file in which everything has one',
      subject: added({ [ci]: run('pip install -r requirements.txt'), 'requirements.txt': hashed }),
      facts,
    },
    {
      name: 'a pip.conf that asks for them',
      subject: added({ [ci]: run('pip install httpx'), 'pip.conf': '[install]\nrequire-hashes = true\n' }),
      facts,
    },
    {
      name: 'a variable that asks for them',
      subject: added({ [ci]: run('PIP_REQUIRE_HASHES=1 pip install httpx') }),
      facts,
    },
    {
      name: 'folders, and tools that keep to their lockfile',
      subject: added({ [ci]: run('pip install -e .', 'uv sync', 'poetry install', 'pip download --dry-run httpx') }),
      facts,
    },
    { name: 'an install in an echo', subject: added({ [ci]: run('echo "pip install httpx"') }), facts },
    {
      name: 'a file without hashes where nobody asks for any',
      subject: added({ 'requirements.txt': 'httpx\n' }),
      facts,
    },
    {
      name: 'what pip-tools compiles from',
      subject: added({ 'requirements.in': 'httpx\n', 'constraints.txt': 'httpx<1\n' }),
      facts: strict,
    },
    {
      name: 'an install that base had',
      subject: aPostureChange({
        before: { [ci]: run('pip install httpx') },
        after: { [ci]: run('npm ci', 'pip install httpx') },
      }),
      facts,
    },
    {
      name: 'a lockfile with all of its hashes',
      subject: added({ 'poetry.lock': lock('{ file = "b", hash = "sha256:bb" }') }),
      facts,
    },
  ],
  flagged: [
    {
      name: 'installs by name, by exact version, of tools, and from files without hashes',
      subject: added({
        [ci]: run(
          'pip install httpx',
          'python3 -m pip install httpx==0.27.0',
          'pip3 install --upgrade pip setuptools',
          'pip install -r requirements.txt',
          'uv pip install -r elsewhere.txt',
        ),
        'requirements.txt': `${hashed}anyio==4.0\n`,
      }),
      facts,
      observations: mergeByFile([
        observe(7, 'pip install httpx', 'high'),
        observe(8, 'python3 -m pip install httpx==0.27.0', 'medium'),
        observe(9, 'pip3 install --upgrade pip setuptools', 'low'),
        observe(10, 'pip install -r requirements.txt', 'high'),
        observe(11, 'uv pip install -r elsewhere.txt', 'high'),
      ]),
    },
    {
      name: 'a file without hashes where the policy asks for them',
      subject: added({ 'requirements.txt': `${hashed}anyio==4.0\n./local\nsniffio\n` }),
      facts: strict,
      observations: [
        {
          message: 'asks for Python packages without hashes, which the policy wants them to have',
          evidence: [
            { label: 'requirement', value: foreign('anyio==4.0') },
            { label: 'requirement', value: foreign('sniffio') },
          ],
          anchors: [{ kind: 'line', file: 'requirements.txt', line: 2 }],
        },
      ],
    },
    {
      name: 'a package of a lockfile that lost its hashes',
      subject: aPostureChange({
        before: { 'poetry.lock': lock('{ file = "b", hash = "sha256:bb" }') },
        after: { 'poetry.lock': lock('{ file = "b" }') },
      }),
      facts,
      observations: [
        {
          message: 'locks a Python package without a hash, so that nothing says what its files must be',
          evidence: [{ label: 'package', value: foreign('b') }],
          anchors: [{ kind: 'line', file: 'poetry.lock', line: 5 }],
          fix: 'Have the tool write the lockfile anew, and find out how the entry came without its hashes.',
        },
      ],
    },
  ],
})
