import { foreign } from '../../../src/foreign.js'
import { internalNameUnscoped } from '../../../src/rules/identity/internal-name-unscoped.js'
import { anAudit, installing } from '../../builders/audited.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { theOwnNames } from '../../builders/own-names.js'
import { aPosture, aPostureChange, type Files } from '../../builders/posture.js'
import { testRule } from '../../rule-tester.js'

const ownNames = theOwnNames(['@acme'], ['acme-*', 'git.acme.example/*/*'])
const added = aDependencyChange({ before: null })
const absent = { ownNames, publication: { state: 'name-absent' } } as const
const published = { ownNames, publication: { state: 'published' } } as const
const locked = { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' } as const

const pythonMessage =
  'asks for a Python package of your own where the public index has its say too: pip takes the highest version of all indexes, and their names have no scopes'
const pythonFix =
  'Have the file take its packages from one index of your own that serves both, or reserve the name in the public index.'
const python = (file: string, line: number, value: string) => ({
  message: pythonMessage,
  evidence: [{ label: 'name', value: foreign(value) }],
  anchors: [{ kind: 'line', file, line }] as const,
  fix: pythonFix,
})

const goMod = 'module app.example/x\nrequire (\n\tgit.acme.example/team/tool v1.0.0\n\tgithub.example/other v1.0.0\n)\n'

const unlocked = (files: Files) => anAudit(aPosture(files), [installing(['acme-core@1.0.0'], { own: ['acme-app'] })])
const manifest = '{\n  "dependencies": {\n    "acme-utils": "^1.0.0"\n  }\n}\n'

testRule(internalNameUnscoped, {
  clear: [
    { name: 'a new direct dependency that the registry knows', subject: added, facts: published },
    {
      name: 'a version that is gone of a name that is known',
      subject: added,
      facts: { ownNames, publication: { state: 'version-absent' } },
    },
    {
      name: 'an unknown name with a scope',
      subject: aDependencyChange({ name: '@acme/core', before: null }),
      facts: absent,
    },
    {
      name: 'an unknown name that no manifest asks for by itself',
      subject: aDependencyChange({ before: null, direct: false }),
      facts: absent,
    },
    {
      name: 'an unknown name that an MCP configuration starts',
      subject: aDependencyChange({ before: null, manager: 'mcp' }),
      facts: absent,
    },
    {
      name: 'a folder of the repository',
      subject: aDependencyChange({ name: 'acme-lib', before: null, after: { source: 'link' } }),
      facts: { ownNames },
    },
    { name: 'an upgrade', subject: aDependencyChange(), facts: absent },
    {
      name: 'internal Python names from one index of their own',
      subject: aPostureChange({
        before: {},
        after: { 'requirements.txt': '--index-url https://pypi.acme.example/simple\nacme-core==1\n' },
      }),
      facts: { ownNames },
    },
    {
      name: 'internal Python names from an index that a pip.conf names',
      subject: aPostureChange({
        before: {},
        after: {
          'pip.conf': '[global]\nindex-url = https://pypi.acme.example/simple\n',
          'requirements.txt': 'acme-core==1\n',
        },
      }),
      facts: { ownNames },
    },
    {
      name: 'internal Python names that base had, on another line',
      subject: aPostureChange({
        before: { 'requirements.txt': 'acme-core==1\n' },
        after: { 'requirements.txt': '# x\nacme_core==2\n' },
      }),
      facts: { ownNames },
    },
    {
      name: 'an internal Python package by its address',
      subject: aPostureChange({
        before: {},
        after: { 'requirements.txt': 'acme-core @ https://files.acme.example/x.whl\nhttpx\n' },
      }),
      facts: { ownNames },
    },
    {
      name: 'an internal Go module below a pattern of GOPRIVATE',
      subject: aPostureChange({
        before: {},
        after: {
          'go.mod': goMod,
          '.github/workflows/ci.yml':
            'on: push\nenv: { GOPRIVATE: "x.example,git.acme.example/*" }\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: go build }]\n',
        },
      }),
      facts: { ownNames },
    },
    {
      name: 'an internal npm name of a change that no lockfile holds, since the missing lockfile is told of',
      subject: aPostureChange({ before: {}, after: { 'package.json': manifest } }),
      facts: { ownNames },
    },
    {
      name: 'npm names of an audit that a lockfile holds, that are the repository’s own, that have a scope or come from elsewhere',
      subject: unlocked({
        'package.json':
          '{"dependencies": {"acme-core": "1", "acme-app": "*", "@acme/x": "1", "left-pad": "1", "acme-a": "file:../a", "acme-b": "npm:b@1", "acme-c": "workspace:*", "acme-d": "git+https://git.acme.example/d.git"}}',
      }),
      facts: { ownNames },
    },
    {
      name: 'an internal npm name of an audit where one registry of its own serves everything',
      subject: unlocked({ 'package.json': manifest, '.npmrc': 'registry=https://npm.acme.example/\n' }),
      facts: { ownNames },
    },
    { name: 'a repository without such files', subject: { kind: 'repository', policyErrors: [] }, facts: { ownNames } },
  ],
  flagged: [
    {
      name: 'an internal npm name of an audit that no lockfile holds',
      subject: unlocked({ 'tools/package.json': manifest }),
      facts: { ownNames },
      observations: [
        {
          message: 'asks for a package of your own whose name has no scope, and no lockfile says where it comes from',
          evidence: [{ label: 'name', value: foreign('acme-utils') }],
          anchors: [{ kind: 'line', file: 'tools/package.json', line: 3 }],
          fix: 'Give the package a scope that you own and that your settings send to your registry, and commit the lockfile.',
        },
      ],
    },
    {
      name: 'a new direct dependency that the registry does not know',
      subject: added,
      facts: absent,
      observations: [
        {
          message: 'has no scope, and the registry does not know the name, so that anybody can publish under it',
          evidence: [{ label: 'name', value: foreign('left-pad') }],
          anchors: [locked],
        },
      ],
    },
    {
      name: 'a new direct dependency whose name the policy calls internal, whatever the registry says',
      subject: aDependencyChange({ name: 'acme-utils', before: null }),
      facts: published,
      observations: [
        {
          message: 'is a name of your own without a scope, which no setting can keep to your own registry',
          evidence: [{ label: 'name', value: foreign('acme-utils') }],
          anchors: [{ ...locked, key: 'node_modules/acme-utils' }],
        },
      ],
    },
    {
      name: 'internal Python names beside the public index',
      subject: aPostureChange({
        before: { 'requirements.txt': 'httpx\n' },
        after: {
          'requirements.txt': 'httpx\n--extra-index-url https://pypi.acme.example/simple\nAcme_Core>=1\n',
          'svc/pyproject.toml': '[project]\ndependencies = ["acme-api"]\n',
        },
      }),
      facts: { ownNames },
      observations: [python('requirements.txt', 3, 'acme-core'), python('svc/pyproject.toml', 2, 'acme-api')],
    },
    {
      name: 'an internal Go module that no GOPRIVATE covers, in an audit',
      subject: aPostureChange({ after: { 'go.mod': goMod } }),
      facts: { ownNames },
      observations: [
        {
          message:
            'asks for a Go module of your own that no GOPRIVATE covers: the public proxy is asked for it first, and learns its name',
          evidence: [{ label: 'name', value: foreign('git.acme.example/team/tool') }],
          anchors: [{ kind: 'line', file: 'go.mod', line: 3 }],
          fix: 'Set GOPRIVATE to a pattern that covers the module wherever the repository is built.',
          severity: 'medium',
        },
      ],
    },
  ],
})
