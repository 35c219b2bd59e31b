import { foreign } from '../../foreign.js'
import type { Anchor } from '../../lockfile/anchor.js'
import type { McpServer, McpServerChange, StartedPackage } from '../../repository/mcp/mcp-server.js'
import { defineRule, type Observation } from '../rule.js'

export const serverUnpinned = defineRule({
  id: 'server-unpinned',
  title: 'unpinned MCP server',
  severity: 'high',
  confidence: 'high',
  fix: 'Name the exact version (of an image the digest, of a repository the whole commit) that was looked at, and let each later one come as a change.',
  on: ['repository'],
  needs: [],

  inspect({ mcp }) {
    const found = new Map<string, Unpinned>()
    for (const change of mcp?.servers ?? []) {
      for (const started of newlyUnpinned(change)) {
        const id = JSON.stringify([change.after.file, started.source, started.name, started.range])
        const known = found.get(id)
        if (known === undefined) found.set(id, { started, servers: [change.after], anchors: [lineOf(change, started)] })
        else
          found.set(id, {
            ...known,
            servers: [...known.servers, change.after],
            anchors: [...known.anchors, lineOf(change, started)],
          })
      }
    }
    return [...found.values()].map(observe)
  },
})

interface Unpinned {
  readonly started: StartedPackage
  readonly servers: readonly McpServer[]
  readonly anchors: readonly [Anchor, ...Anchor[]]
}

/** A server that is turned off starts nothing; when somebody turns it on, what it starts is new. */
function newlyUnpinned({ before, after }: McpServerChange): readonly StartedPackage[] {
  if (after.disabled) return []
  const had = new Set(before === undefined || before.disabled ? [] : before.started.filter(isUnpinned).map(idOf))
  return after.started.filter((started) => isUnpinned(started) && !had.has(idOf(started)))
}

const isUnpinned = ({ exact, inProject }: StartedPackage): boolean => !exact && inProject !== true

const idOf = ({ source, name, range }: StartedPackage): string => JSON.stringify([source, name, range])

const lineOf = ({ after: { file } }: McpServerChange, { line }: StartedPackage): Anchor => ({
  kind: 'line',
  file,
  line,
})

const runs = {
  npm: 'whatever version is newest then',
  'npm-git': 'whatever its repository holds then',
  'npm-address': 'whatever its address serves then',
  pypi: 'whatever version is newest then',
  image: 'whatever image bears its tag then',
  address: 'whatever its address serves then',
} as const satisfies Record<StartedPackage['source'], string>

function observe({ started, servers, anchors }: Unpinned): Observation {
  const { source, name, range, runner, resolved } = started
  const separator = source === 'image' ? ':' : '@'
  const asked = range === '' || source === 'npm-git' ? name : `${name}${separator}${range}`
  const named = [...new Set(servers.map((server) => server.name).filter((one) => one !== undefined))]
  const where = servers.every(({ origin }) => origin === 'code') ? 'code of the repository' : 'an MCP configuration'
  return {
    message: `is started as an MCP server by ${where} without an exact version: each start runs ${runs[source]}`,
    evidence: [
      ...named.map((one) => ({ label: 'server', value: foreign(one) })),
      { label: 'started with', value: foreign(`${runner} ${asked}`) },
      ...(resolved === undefined ? [] : [{ label: 'would run today', value: foreign(`${name}@${resolved}`) }]),
    ],
    anchors,
    package: { name, ...(resolved !== undefined && { after: resolved }) },
  }
}
