import type { ServerInRepository } from '../../facts/facts.js'
import type { McpFacts, McpTool } from '../../package/mcp/mcp-facts.js'
import { defineRule, type Evidence } from '../rule.js'
import { evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { mentionsIn, textsOf } from './shared/mentions.js'

export const toolShadowed = defineRule({
  id: 'tool-shadowed',
  title: "tool in another server's way",
  severity: 'high',
  confidence: 'medium',
  fix: "Connect only one of the servers to a model, or have the client put the server's name before each tool; ask why one server needs to speak of another's tools.",
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['servers'],

  inspect(change, { servers }) {
    const own = servers.find(({ name, version }) => name === change.name && version === change.after?.version)
    if (own === undefined) return []
    const others = [...new Map(servers.map((server) => [server.name, server])).values()].filter(
      ({ name }) => name !== own.name,
    )
    const doubles = others.flatMap((other) => sharedNames(own, other))
    const mentions = others.flatMap((other) => mentioned(own, other))
    const found = [...doubles, ...mentions]
    if (found.length === 0) return []
    return [
      {
        message: [
          ...(doubles.length > 0
            ? ['declares tools under names that another server of the repository declares too']
            : []),
          ...(mentions.length > 0 ? ['speaks to a model of tools that another server of the repository declares'] : []),
        ].join(', and '),
        evidence: shownEvidence(found.map(({ evidence }) => evidence)),
        anchors: [entryField(change, 'version')],
        // One publisher's servers are made to stand beside each other, or one is the other's successor.
        ...(found.every(({ isKin }) => isKin) && { severity: 'low' as const }),
      },
    ]
  },
})

interface Shadow {
  readonly evidence: Evidence
  readonly isKin: boolean
}

const has = (mcp: McpFacts | undefined, name: string): boolean => mcp?.tools.some((tool) => tool.name === name) ?? false

const scopeOf = (name: string): string | undefined => /^(@[^/]+)\//.exec(name)?.[1]

const areKin = (one: ServerInRepository, other: ServerInRepository): boolean =>
  scopeOf(one.name) !== undefined && scopeOf(one.name) === scopeOf(other.name)

/** Told of the server that brings the double; where both do, of the second one by name, so that it is told once. */
function sharedNames(own: ServerInRepository, other: ServerInRepository): readonly Shadow[] {
  const isNew = ({ name }: McpTool): boolean => {
    if (!has(other.mcp, name) || has(own.before, name)) return false
    return has(other.before, name) || own.name > other.name
  }
  return distinct(own.mcp.tools.filter(isNew)).map(({ name, at }) => ({
    evidence: evidenceAt('the same tool', `${name}, which ${other.name} declares too`, at),
    isKin: areKin(own, other),
  }))
}

const distinct = (tools: readonly McpTool[]): readonly McpTool[] =>
  [...new Map([...tools].reverse().map((tool) => [tool.name, tool])).values()].reverse()

function mentioned(own: ServerInRepository, other: ServerInRepository): readonly Shadow[] {
  const names = new Set(other.mcp.tools.map(({ name }) => name).filter((name) => !has(own.mcp, name)))
  if (names.size === 0) return []
  const before = new Set(
    own.before === undefined
      ? []
      : textsOf(own.before).flatMap(({ text }) => mentionsIn(text, names).map(({ name }) => name)),
  )
  return textsOf(own.mcp).flatMap(({ text, at }) =>
    mentionsIn(text, names)
      .filter(({ name }) => !(before.has(name) && has(other.before, name)))
      .map(({ excerpt }) => ({
        evidence: evidenceAt(`text about another's tool`, `${excerpt} (a tool of ${other.name})`, at),
        isKin: areKin(own, other),
      })),
  )
}
