import { foreign } from '../../../src/foreign.js'
import type { DirectRequirement } from '../../../src/lockfile/direct-requirement.js'
import type { LooseRequirement } from '../../../src/lockfile/project-change.js'
import { rangeUnpinned } from '../../../src/rules/version/range-unpinned.js'
import { aDependencyChange, type DependencyChangeOverrides } from '../../builders/dependency-change.js'
import { aManifest } from '../../builders/manifest.js'
import { aServer } from '../../builders/mcp-facts.js'
import { aPackage } from '../../builders/package-facts.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const asks = (range: string, overrides: Partial<DirectRequirement> = {}): DirectRequirement => ({
  manifest: 'package.json',
  name: 'mail-mcp',
  range,
  kind: 'prod',
  fit: 'inside',
  ...overrides,
})
const taken = (asked: readonly DirectRequirement[], overrides: DependencyChangeOverrides = {}) =>
  aDependencyChange({ name: 'mail-mcp', before: null, asked, manifestsChanged: true, ...overrides })
const loose = (overrides: Partial<LooseRequirement> = {}): LooseRequirement => ({
  manifest: 'package.json',
  name: 'mail-mcp',
  range: '^1.0.0',
  package: 'mail-mcp',
  version: '1.0.0',
  dependsOn: [],
  ...overrides,
})

const sdk = { dependencies: { dependencies: { '@modelcontextprotocol/sdk': '^1.0.0' } } }
const server = aManifest({ ...sdk, bin: { 'mail-mcp': 'cli.js' }, keywords: ['mcp'] })
const facts = (manifest = server, pins: readonly string[] = []) => ({ manifest, pins })

const sign = (text: string) => ({ label: 'sign of an MCP server', value: foreign(text) })
const byLibrary = sign('depends on @modelcontextprotocol/sdk')
const seen = (range: string, signs: readonly ReturnType<typeof sign>[], name = 'mail-mcp', label = name) => ({
  message: 'looks like an MCP server, and a manifest takes whatever version a range or a tag gives',
  evidence: [
    { label: 'dependency', value: foreign(label) },
    { label: 'manifest asks for', value: foreign(range) },
    ...signs,
  ],
  anchors: [{ kind: 'dependency', manifest: 'package.json', name }] as const,
  ...(signs.length < 2 ? { confidence: 'medium' as const } : {}),
})
const pinned = (range: string, name = 'mail-mcp') => ({
  message: 'is to be pinned by the policy, and a manifest takes whatever version a range or a tag gives',
  evidence: [
    { label: 'dependency', value: foreign(name) },
    { label: 'manifest asks for', value: foreign(range) },
  ],
  anchors: [{ kind: 'dependency', manifest: 'package.json', name }] as const,
})
const allSigns = [byLibrary, sign('command mail-mcp'), sign('keyword mcp')]

testRule(rangeUnpinned, {
  clear: [
    { name: 'an exact version', subject: taken([asks('1.0.1')]), facts: facts() },
    { name: 'an exact version behind an alias', subject: taken([asks('npm:mail-mcp@=1.0.1')]), facts: facts() },
    {
      name: 'a range that base had as well',
      subject: taken([asks('^1.0.1', { rangeBefore: '^1.0.0' })]),
      facts: facts(),
    },
    { name: 'a package that is no server', subject: taken([asks('^1.0.0')]), facts: facts(aManifest()) },
    {
      name: 'a command or the word mcp alone',
      subject: taken([asks('~1.0.0')]),
      facts: facts(aManifest({ keywords: ['mcp'] })),
    },
    {
      name: 'the library itself',
      subject: aDependencyChange({
        name: '@modelcontextprotocol/sdk',
        before: null,
        asked: [asks('^1.0.0', { name: '@modelcontextprotocol/sdk' })],
      }),
      facts: facts(aManifest({ bin: { mcp: 'x' }, keywords: ['modelcontextprotocol'] })),
    },
    {
      name: 'a package that serves something else than tools',
      subject: taken([asks('^1.0.0')]),
      facts: { ...facts(aManifest()), package: aPackage({ mcp: aServer({ tools: [] }) }) },
    },
    {
      name: 'a server that only another package asks for',
      subject: aDependencyChange({ name: 'mail-mcp', before: null, direct: false, paths: [['a', 'mail-mcp']] }),
      facts: facts(),
    },
    {
      name: "a client library that leaves the protocol's library to its user (@google/genai)",
      subject: taken([asks('^1.0.0')]),
      facts: facts(aManifest({ dependencies: { peerDependencies: { '@modelcontextprotocol/sdk': '^1.0.0' } } })),
    },
    {
      name: 'a peer, a folder, a git source and a catalog',
      subject: taken([asks('^1.0.0', { kind: 'peer' }), asks('workspace:^'), asks('o/r#main'), asks('catalog:')]),
      facts: facts(),
    },
    { name: 'a project whose manifests made nothing loose', subject: aProject(), facts: { pins: ['mail-mcp'] } },
    {
      name: 'a loosened range of a package that is neither a server nor pinned',
      subject: aProject({ loosened: [loose()] }),
      facts: { pins: ['other'] },
    },
  ],
  flagged: [
    ...['^1.0.0', '~1.0.0', '*', '', 'latest', '1.x', '>=1.0.0 <2.0.0', 'npm:mail-mcp@^1.0.0'].map((range) => ({
      name: `a new server taken by "${range}"`,
      subject: taken([asks(range)]),
      facts: facts(),
      observations: [seen(range, allSigns)],
    })),
    {
      name: 'an exact version that becomes a range, in one of two workspaces',
      subject: taken([asks('^1.0.1', { rangeBefore: '1.0.0' }), asks('1.0.1', { manifest: 'b/package.json' })], {
        before: {},
      }),
      facts: facts(),
      observations: [seen('^1.0.1', allSigns)],
    },
    {
      name: 'an exact version that becomes a range where the same version gets other bytes or another source',
      subject: taken([asks('^1.0.1', { rangeBefore: '1.0.1' })], { kind: 'replaced', before: { version: '1.0.1' } }),
      facts: facts(),
      observations: [seen('^1.0.1', allSigns)],
    },
    {
      name: 'a single sign, with less confidence',
      subject: taken([asks('^1.0.0')]),
      facts: facts(aManifest({ ...sdk })),
      observations: [seen('^1.0.0', [byLibrary])],
    },
    {
      name: 'tools that it declares to a model, whatever its manifest says',
      subject: taken([asks('^1.0.0')]),
      facts: { ...facts(aManifest()), package: aPackage({ mcp: aServer() }) },
      observations: [seen('^1.0.0', [sign('declares a tool to a model')])],
    },
    {
      name: 'fastmcp as a library, and a keyword that only servers have',
      subject: taken([asks('^1.0.0')]),
      facts: facts(aManifest({ dependencies: { dependencies: { fastmcp: '1' } }, keywords: ['MCP-Server'] })),
      observations: [seen('^1.0.0', [sign('depends on fastmcp'), sign('keyword MCP-Server')])],
    },
    {
      name: 'a name that the policy pins',
      subject: taken([asks('^1.0.0')]),
      facts: facts(aManifest(), ['mail-mcp']),
      observations: [pinned('^1.0.0')],
    },
    {
      name: 'a manifest that loosens a pinned name while the lockfile stays',
      subject: aProject({ loosened: [loose(), loose({ name: 'b', package: 'b' })] }),
      facts: { pins: ['mail-mcp'] },
      observations: [pinned('^1.0.0')],
    },
    {
      name: 'a manifest that loosens an aliased server while the lockfile stays',
      subject: aProject({ loosened: [loose({ name: 'mail', dependsOn: ['zod', '@modelcontextprotocol/sdk'] })] }),
      facts: { pins: [] },
      observations: [seen('^1.0.0', [byLibrary], 'mail', 'mail (mail-mcp)')],
    },
  ],
})
