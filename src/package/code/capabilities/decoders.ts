import type { Site } from '../fold/bound-names.js'
import { unwrap } from '../fold/unwrap.js'
import { wholeText } from '../fold/value.js'
import type { SyntaxNode } from '../read/syntax-node.js'
import type { Findings } from './findings.js'
import { addFolded } from './read-site.js'

/** A function that is called so often with nothing but literals is one that looks texts up. */
const minCallsOfDecoder = 5

/** Texts that functions of the file give for literal arguments: the entries of string arrays. */
export function readDecoders(findings: Findings): void {
  const byFunction = new Map<SyntaxNode, Site[]>()
  for (const { to, site } of findings.localCalls) {
    const { node } = site
    if (node.type !== 'CallExpression' || node.arguments.length === 0 || !node.arguments.every(isConstantLike)) continue
    const known = byFunction.get(to)
    if (known === undefined) byFunction.set(to, [site])
    else known.push(site)
  }
  for (const sites of byFunction.values()) {
    if (sites.length < minCallsOfDecoder) continue
    for (const site of sites) {
      const text = wholeText(findings.fold.value(site.node, site.scope))
      if (text !== undefined && text.length > 3) addFolded(findings, site, site.node, text)
    }
  }
}

function isConstantLike(argument: SyntaxNode): boolean {
  const { type } = unwrap(argument)
  return type === 'Literal' || type === 'UnaryExpression' || type === 'BinaryExpression'
}
