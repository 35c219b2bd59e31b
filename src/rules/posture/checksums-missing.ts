import { foreign } from '../../foreign.js'
import { startedProgram } from '../../repository/commands/started-program.js'
import type { PostureState } from '../../repository/posture/posture-state.js'
import { defineRule, type Severity } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { variableValues } from '../shared/routes.js'

export const checksumsMissing = defineRule({
  id: 'checksums-missing',
  title: 'missing checksums of Go modules',
  severity: 'high',
  confidence: 'high',
  fix: 'Commit the go.sum that `go mod tidy` writes, and leave the checksum database on; name private modules in GOPRIVATE only.',
  on: ['repository'],
  needs: [],

  inspect: (change) => broughtIn(change, (state) => [...bareModules(state), ...settings(state)]),
})

function bareModules({ go }: PostureState): readonly Keyed[] {
  return go.flatMap(({ file, requirements, checksums, replaced }) => {
    const [first] = requirements.filter(({ module }) => !replaced.includes(module))
    if (checksums || first === undefined) return []
    return [
      {
        key: keyOf('go.sum', file),
        observation: {
          message: 'asks for Go modules while no go.sum beside it says what their contents must be',
          evidence: [{ label: 'module', value: foreign(first.module) }],
          anchors: [{ kind: 'line', file: first.file, line: first.line }],
        },
      },
    ]
  })
}

interface Loosening {
  readonly name: string
  readonly value: string
  readonly file: string
  readonly line: number
}

const names = ['GONOSUMDB', 'GONOSUMCHECK', 'GOSUMDB', 'GOINSECURE', 'GOFLAGS']

function settings(state: PostureState): readonly Keyed[] {
  const set = names.flatMap((name) => variableValues(state, name).map((one): Loosening => ({ ...one, name })))
  return [...set, ...written(state)].flatMap(({ name, value, file, line }) => {
    const severity = severityOf(name, value)
    if (severity === undefined) return []
    return [
      {
        key: keyOf(file, name, value),
        observation: {
          message:
            name === 'GOINSECURE' || name === 'GOFLAGS'
              ? 'lets Go fetch modules without encryption or proof of who serves them'
              : 'keeps Go from holding modules against the checksum database that everybody shares',
          evidence: [{ label: name, value: foreign(value) }],
          anchors: [{ kind: 'line', file, line }],
          severity,
        },
      },
    ]
  })
}

/** `go env -w GOSUMDB=off`. */
const written = ({ commands }: PostureState): readonly Loosening[] =>
  commands.flatMap(({ file, line, invocation }) => {
    const { program, words } = startedProgram(invocation)
    if (program !== 'go' || words[0] !== 'env' || !words.includes('-w')) return []
    return words.flatMap((word) => {
      const [, name = '', value = ''] = /^([A-Z]+)=(.*)$/.exec(word) ?? []
      return names.includes(name) ? [{ name, value, file, line }] : []
    })
  })

/** A pattern for some modules is medium: it is how private ones are left out where GOPRIVATE is not known. */
function severityOf(name: string, value: string): Severity | undefined {
  switch (name) {
    case 'GOSUMDB':
      return value.trim().toLowerCase() === 'off' ? 'high' : undefined
    case 'GONOSUMCHECK':
      return /^(?:|0|false)$/i.test(value.trim()) ? undefined : 'high'
    case 'GOFLAGS':
      return /(?:^|\s)-insecure(?:\s|=|$)/.test(value) ? 'high' : undefined
    default:
      if (value.trim() === '') return undefined
      return value.split(',').some((glob) => /^\*(?:\.[a-z]+)?(?:\/\*)*$/.test(glob.trim())) ? 'high' : 'medium'
  }
}
