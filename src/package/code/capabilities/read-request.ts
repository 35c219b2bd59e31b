import type { Site } from '../fold/bound-names.js'
import type { ReferenceKey } from '../fold/reference.js'
import { type Value, wholeText } from '../fold/value.js'
import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import type { Findings } from './findings.js'
import { type Call, knownText } from './found.js'
import { namesTaken } from './requests.js'

/** What asks for modules by name, and what only asks where they are. */
export const requiring: ReadonlyMap<ReferenceKey, 'require' | 'resolve'> = new Map([
  [':require', 'require'],
  ['module:_load', 'require'],
  [':process.getBuiltinModule', 'require'],
  [':__non_webpack_require__', 'require'],
  [':require.resolve', 'resolve'],
  [':import.meta.resolve', 'resolve'],
])

export function readRequest(findings: Findings, call: Call): void {
  const kind = requiring.get(call.key)
  if (kind === undefined || call.node.arguments.length === 0) return
  const specifier = wholeText(call.given[0])
  findings.requests.add(call.site, kind, specifier, kind === 'resolve' ? [] : namesTaken(call.site.parent))
  if (kind === 'require') readSpecifier(findings, call.site, call.node, 'require', call.given[0])
}

export function readImport(findings: Findings, site: Site, node: ESTree.ImportExpression): void {
  const value = findings.fold.value(node.source, site.scope)
  findings.requests.add(site, 'dynamic-import', wholeText(value), ['*'])
  readSpecifier(findings, site, node, 'import', value)
}

function readSpecifier(findings: Findings, site: Site, node: SyntaxNode, how: string, value: Value | undefined): void {
  const specifier = wholeText(value)
  if (specifier === undefined) {
    findings.add({ capability: 'dynamic-require', detail: how, constant: knownText(value) }, site, node)
  } else if (/\.node$/.test(specifier)) {
    findings.add({ capability: 'native-addon', detail: `${how} of .node`, constant: specifier }, site, node)
  } else if (specifier.startsWith('data:')) {
    findings.add({ capability: 'eval', detail: `${how} of data:`, constant: specifier }, site, node)
  }
}
