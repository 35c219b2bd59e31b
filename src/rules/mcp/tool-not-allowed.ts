import type { ServerAllowance } from '../../facts/facts.js'
import type { McpFacts, McpTool, McpUnresolved } from '../../package/mcp/mcp-facts.js'
import { defineRule, type Evidence, type Observation } from '../rule.js'
import { evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'

export const toolNotAllowed = defineRule({
  id: 'tool-not-allowed',
  title: 'tool that the policy does not allow',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not connect a model to this version; where the tool is wanted, add it to `mcp.servers` of the policy in a change of its own.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package', 'allowance'],

  inspect(change, { package: { mcp }, allowance }) {
    if (mcp === undefined) return []
    const anchors = [entryField(change, 'version')] as const
    const denied = [...unlisted(mcp, allowance), ...blocked(mcp, allowance)]
    const unread = allowance.allow === undefined ? [] : mcp.unresolved.filter(mayBeTool)
    const observations: Observation[] = []
    if (denied.length > 0)
      observations.push({
        message: 'declares what the policy does not allow it',
        evidence: shownEvidence(denied),
        anchors,
      })
    else if (unread.length > 0)
      observations.push({
        message: 'is to declare certain tools only, and some of what it declares could not be read',
        evidence: shownEvidence(unread.map(({ reason, at }) => evidenceAt('could not be read', reason, at))),
        anchors,
        severity: 'medium',
        confidence: 'low',
      })
    return observations
  },
})

const mayBeTool = ({ what }: McpUnresolved): boolean => what === 'tool' || what === 'file'

function unlisted({ tools }: McpFacts, { allow }: ServerAllowance): readonly Evidence[] {
  if (allow === undefined) return []
  const allowed = new Set(allow)
  return tools
    .filter(({ name }) => !allowed.has(name))
    .map(({ name, at }) => evidenceAt('tool that is not listed', name, at))
}

function blocked({ tools }: McpFacts, { blockedPatterns }: ServerAllowance): readonly Evidence[] {
  const patterns = blockedPatterns.map((pattern) => pattern.toLowerCase()).filter((pattern) => pattern !== '')
  const holds = (text: string | undefined): boolean => {
    const lower = text?.toLowerCase() ?? ''
    return patterns.some((pattern) => lower.includes(pattern))
  }
  return patterns.length === 0 ? [] : tools.flatMap((tool) => blockedIn(tool, holds))
}

function blockedIn(
  { name, title, description, parameters, at, descriptionAt }: McpTool,
  holds: (text: string | undefined) => boolean,
): readonly Evidence[] {
  return [
    ...(holds(name) || holds(title) ? [evidenceAt('blocked pattern in a tool', name, at)] : []),
    ...(holds(description)
      ? [evidenceAt('blocked pattern in a description', `${name}: ${description}`, descriptionAt ?? at)]
      : []),
    ...parameters
      .filter((parameter) => holds(parameter.name) || holds(parameter.description))
      .map((parameter) =>
        evidenceAt(
          'blocked pattern in a parameter',
          `${name}: ${parameter.name}${parameter.description === undefined ? '' : `: ${parameter.description}`}`,
          parameter.at,
        ),
      ),
  ]
}
