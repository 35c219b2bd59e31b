import type { McpOffer, McpTool } from '../../package/mcp/mcp-facts.js'
import { defineRule, type Evidence } from '../rule.js'
import { evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { unknownTo } from './shared/manifest-changes.js'

export const toolAdded = defineRule({
  id: 'tool-added',
  title: 'new tool for a model',
  severity: 'medium',
  confidence: 'high',
  fix: 'Ask whether you want a model to have the new tools, and what they can reach; a policy may list the ones that it is to have (`mcp.servers`).',
  on: ['upgraded', 'downgraded'],
  needs: ['package', 'previousPackage'],

  inspect(change, { package: { mcp: now }, previousPackage: { mcp: before } }) {
    if (now === undefined) return []
    const tools = unknownTo(now.tools, before?.tools ?? [])
    const others = [
      ...unknownTo(now.prompts, before?.prompts ?? []).map((one) => showDeclared('new prompt', one)),
      ...unknownTo(now.resources, before?.resources ?? []).map((one) => showDeclared('new resource', one)),
    ]
    if (tools.length === 0 && others.length === 0) return []
    // A tool that could not be read before may be one of these.
    const mayBeKnown = before?.unresolved.some(({ what }) => what === 'tool' || what === 'file') ?? false
    return [
      {
        message: tell(tools.length, others.length, before === undefined),
        evidence: shownEvidence([...tools.map((tool) => showDeclared('new tool', tool)), ...others]),
        anchors: [entryField(change, 'version')],
        ...(tools.length === 0 && { severity: 'low' as const }),
        ...(mayBeKnown && { confidence: 'low' as const }),
      },
    ]
  },
})

function tell(tools: number, others: number, isNew: boolean): string {
  const counted = tools === 1 ? 'a tool' : `${tools} tools`
  if (isNew) return `has become an MCP server${tools > 0 ? ` with ${counted}` : ''}`
  if (tools === 0)
    return `offers ${others === 1 ? 'a prompt or resource' : 'prompts or resources'} that the version before did not`
  return `gives a model ${counted} that the version before did not declare`
}

/** Of a long description the first words; the rest is where the evidence points. */
const shownCharacters = 200

function showDeclared(label: string, { name, description = '', at, ...one }: McpTool | McpOffer): Evidence {
  const parameters = one.parameters.map((parameter) => parameter.name)
  const text = description.length > shownCharacters ? `${description.slice(0, shownCharacters)}…` : description
  return evidenceAt(label, `${name}(${parameters.join(', ')})${text === '' ? '' : `: ${text}`}`, at)
}
