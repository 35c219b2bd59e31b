import type { Site } from '../fold/bound-names.js'
import { unwrap, writtenName } from '../fold/unwrap.js'
import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import { readEnvironmentFilter } from './environment-sites.js'
import type { Findings } from './findings.js'
import { type Call, type Found, knownText } from './found.js'
import { isRepositoryWrite } from './secrets.js'

/** Objects whose origin is not known, by methods that mean one thing only. */
export function readUnknownMethod(
  findings: Findings,
  site: Site,
  node: Call['node'],
  callee: ESTree.MemberExpression,
): void {
  const name = writtenName(callee.property as SyntaxNode, callee.computed === true)
  if (name === undefined) return
  switch (name) {
    case '_compile':
      if (node.arguments.length > 1) add('eval', 'Module._compile')
      return
    case 'sendMail':
      if (node.arguments.length > 0) add('network', 'sendMail')
      return
    case 'constructor':
      readConstructor(findings, site, node, callee)
      return
    case 'filter':
    case 'find':
      readEnvironmentFilter(findings, site, node, callee)
      return
    default:
      if (isRepositoryWrite(`.${name}`)) add('publish', name)
  }

  function add(capability: Found['capability'], detail: string): void {
    findings.add({ capability, detail }, site, node)
  }
}

/** `x.constructor.constructor('…')()`: `Function`, whatever `x` is. */
function readConstructor(findings: Findings, site: Site, node: Call['node'], callee: ESTree.MemberExpression): void {
  const inner = unwrap(callee.object)
  const isTwice =
    inner.type === 'MemberExpression' &&
    writtenName(inner.property as SyntaxNode, inner.computed === true) === 'constructor'
  const code = findings.fold.argumentsOf(node, site.scope).at(-1)
  const text = code?.kind === 'constant' ? knownText(code) : undefined
  if (isTwice && (text === undefined || !/^\s*return\s+\(?this\)?\s*;?\s*$/.test(text))) {
    findings.add({ capability: 'eval', detail: 'Function', constant: text }, site, node)
  }
}
