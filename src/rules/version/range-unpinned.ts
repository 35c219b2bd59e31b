import { foreign } from '../../foreign.js'
import type { DependencyChange } from '../../lockfile/dependency-change.js'
import { isLoosened } from '../../lockfile/direct-requirement.js'
import type { LooseRequirement, ProjectChange } from '../../lockfile/project-change.js'
import { defineRule, type Observation } from '../rule.js'
import { mcpLibraries, mcpSigns } from '../shared/mcp-server.js'

export const rangeUnpinned = defineRule({
  id: 'range-unpinned',
  title: 'range instead of a version',
  severity: 'medium',
  confidence: 'high',
  fix: 'Ask for the exact version that is locked now, and let each later one come as a change that somebody reviews.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced', 'project'],
  needs: [],
  wants: ['manifest', 'package', 'pins'],

  inspect(subject, { manifest, package: content, pins = [] }) {
    if (subject.kind === 'project') return inspectProject(subject, pins)
    const tools = mcpLibraries.has(subject.name) ? 0 : (content?.mcp?.tools.length ?? 0)
    const signs = [
      ...(manifest === undefined ? [] : mcpSigns(subject.name, manifest)),
      // Whatever its manifest says: this is what a model gets from it.
      ...(tools > 0 ? [`declares ${tools === 1 ? 'a tool' : `${tools} tools`} to a model`] : []),
    ]
    return inspectChange(subject, pins.includes(subject.name), signs)
  },
})

function inspectChange(
  { asked = [], name }: DependencyChange,
  pinned: boolean,
  signs: readonly string[],
): Observation[] {
  if (!pinned && signs.length === 0) return []
  return asked.filter(isLoosened).map((requirement) => observe({ ...requirement, package: name }, pinned, signs))
}

/** Where only a manifest changed no package is opened: the lockfile says what the package depends on, the policy its name. */
function inspectProject({ loosened = [] }: ProjectChange, pins: readonly string[]): Observation[] {
  return loosened.flatMap((requirement) => {
    const pinned = pins.includes(requirement.package)
    const library = mcpLibraries.has(requirement.package)
      ? undefined
      : requirement.dependsOn.find((name) => mcpLibraries.has(name))
    if (!pinned && library === undefined) return []
    return [observe(requirement, pinned, library === undefined ? [] : [`depends on ${library}`])]
  })
}

function observe(
  { manifest, name, range, package: target }: Pick<LooseRequirement, 'manifest' | 'name' | 'range' | 'package'>,
  pinned: boolean,
  signs: readonly string[],
): Observation {
  return {
    message: pinned
      ? 'is to be pinned by the policy, and a manifest takes whatever version a range or a tag gives'
      : 'looks like an MCP server, and a manifest takes whatever version a range or a tag gives',
    evidence: [
      { label: 'dependency', value: foreign(name === target ? name : `${name} (${target})`) },
      { label: 'manifest asks for', value: foreign(range) },
      ...signs.map((sign) => ({ label: 'sign of an MCP server', value: foreign(sign) })),
    ],
    anchors: [{ kind: 'dependency', manifest, name }],
    // One sign alone is shared with clients and libraries of the protocol.
    ...(!pinned && signs.length < 2 ? { confidence: 'medium' as const } : {}),
  }
}
