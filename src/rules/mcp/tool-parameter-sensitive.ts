import { foreign } from '../../foreign.js'
import type { McpFacts, McpParameter, McpTool } from '../../package/mcp/mcp-facts.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { isServiceKey, type Sensitive, sensitiveOf } from './shared/sensitive-parameter.js'

interface Asked {
  readonly tool: McpTool
  readonly parameter: McpParameter
  readonly what: Sensitive
  /** A key of the service that tools did without so far. */
  readonly isServiceKey: boolean
}

export const toolParameterSensitive = defineRule({
  id: 'tool-parameter-sensitive',
  title: 'tool that asks for what it does not need',
  severity: 'high',
  confidence: 'medium',
  fix: 'See in the code of the tool what becomes of the value, and do not let a model fill it before its maintainer has said what it is for.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: { mcp: now }, previousPackage }) {
    if (now === undefined) return []
    const asked = askedOf(now, previousPackage?.mcp)
    if (asked.length === 0) return []
    const whats = [...new Set(asked.map(({ what }) => what))].sort()
    return [
      {
        message: `asks a model for ${whats.join(', ')}, which ${asked.length === 1 ? 'its tool' : 'tools of it'} should have no need of`,
        evidence: shownEvidence(asked.map(show)),
        anchors: [entryField(change, 'version')],
        ...(asked.every((one) => one.isServiceKey) && { severity: 'medium' as const }),
      },
    ]
  },
})

function askedOf(now: McpFacts, before: McpFacts | undefined): readonly Asked[] {
  const known = new Set(before?.tools.flatMap((tool) => tool.parameters.map((parameter) => keyOf(tool, parameter))))
  const namesBefore = new Set(before?.tools.map(({ name }) => name))
  const tookKeys = before?.tools.some(({ parameters }) => parameters.some(isServiceKey)) ?? true
  return now.tools.flatMap((tool) =>
    tool.parameters
      .filter((parameter) => !known.has(keyOf(tool, parameter)))
      .flatMap((parameter): Asked[] => {
        const what = sensitiveOf(parameter, tool)
        if (what !== undefined) return [{ tool, parameter, what, isServiceKey: false }]
        const isNewKey = !tookKeys && namesBefore.has(tool.name) && isServiceKey(parameter)
        return isNewKey ? [{ tool, parameter, what: 'keys or credentials', isServiceKey: true }] : []
      }),
  )
}

/** Another description of a parameter may ask for another thing. */
const keyOf = ({ name }: McpTool, parameter: McpParameter): string =>
  [name, parameter.name, (parameter.description ?? '').replace(/\s+/gu, ' ').trim()].join('\n')

const show = ({ tool, parameter: { name, description, at }, what }: Asked): Evidence => ({
  label: `asks for ${what}`,
  value: foreign(`${tool.name}(${name})${description === undefined ? '' : `: ${description}`}`),
  file: at.file,
  line: at.line,
  column: at.column,
})
