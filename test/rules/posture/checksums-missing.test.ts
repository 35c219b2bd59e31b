import { foreign } from '../../../src/foreign.js'
import { checksumsMissing } from '../../../src/rules/posture/checksums-missing.js'
import type { Severity } from '../../../src/rules/rule.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { testRule } from '../../rule-tester.js'

const added = (after: Files) => aPostureChange({ before: {}, after })
const goMod = 'module app.example/x\n\nrequire git.example/a/b v1.0.0\n'
const bare = {
  message: 'asks for Go modules while no go.sum beside it says what their contents must be',
  evidence: [{ label: 'module', value: foreign('git.example/a/b') }],
  anchors: [{ kind: 'line', file: 'go.mod', line: 3 }],
} as const
const database = 'keeps Go from holding modules against the checksum database that everybody shares'
const insecure = 'lets Go fetch modules without encryption or proof of who serves them'
const observe = (message: string, file: string, line: number, label: string, value: string, severity: Severity) => ({
  message,
  evidence: [{ label, value: foreign(value) }],
  anchors: [{ kind: 'line', file, line }] as const,
  severity,
})
const workflow = (env: string, run = 'go build') =>
  `on: push\nenv:\n${env}jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${run}\n`

testRule(checksumsMissing, {
  clear: [
    { name: 'a go.mod with its go.sum', subject: added({ 'go.mod': goMod, 'go.sum': '' }) },
    { name: 'a go.mod without requirements', subject: added({ 'go.mod': 'module app.example/x\n' }) },
    {
      name: 'modules that are all folders of the repository',
      subject: added({ 'go.mod': `${goMod}replace git.example/a/b => ./b\n` }),
    },
    {
      name: 'what base had',
      subject: aPostureChange({ before: { 'go.mod': goMod }, after: { 'go.mod': `// x\n${goMod}` } }),
    },
    {
      name: 'GOPRIVATE, and other flags',
      subject: added({
        '.github/workflows/a.yml': workflow(
          '  GOPRIVATE: git.example/*\n  GOFLAGS: -mod=readonly\n  GOSUMDB: sum.golang.org\n',
        ),
      }),
    },
  ],
  flagged: [
    { name: 'a go.mod without go.sum', subject: added({ 'go.mod': goMod }), observations: [bare] },
    {
      name: 'a go.sum that the change deletes',
      subject: aPostureChange({ before: { 'go.mod': goMod, 'go.sum': '' }, after: { 'go.mod': goMod } }),
      observations: [bare],
    },
    {
      name: 'settings of a workflow, an image and a command',
      subject: added({
        '.github/workflows/a.yml': workflow(
          '  GOFLAGS: "-mod=mod -insecure"\n  GONOSUMDB: git.example/*\n',
          'go env -w GOSUMDB=off',
        ),
        Dockerfile: 'FROM golang\nENV GONOSUMCHECK=1\nRUN go build\n',
      }),
      observations: [
        observe(database, '.github/workflows/a.yml', 4, 'GONOSUMDB', 'git.example/*', 'medium'),
        observe(database, 'Dockerfile', 3, 'GONOSUMCHECK', '1', 'high'),
        observe(insecure, '.github/workflows/a.yml', 3, 'GOFLAGS', '-mod=mod -insecure', 'high'),
        observe(database, '.github/workflows/a.yml', 9, 'GOSUMDB', 'off', 'high'),
      ],
    },
  ],
})
