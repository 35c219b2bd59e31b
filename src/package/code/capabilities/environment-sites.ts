import type { Site } from '../fold/bound-names.js'
import type { ReferenceKey } from '../fold/reference.js'
import { toWords } from '../fold/reference.js'
import { unwrap, writtenName } from '../fold/unwrap.js'
import type { Value } from '../fold/value.js'
import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import { copy, enumeration, filterOf, isChildEnvironmentName, isEnvironment, listsAll } from './environment.js'
import type { Findings } from './findings.js'
import { type Call, sourceOf } from './found.js'

const variable = /^:(?:process|Bun|import\.meta)\.env\.(.+)$/

/** Names that say nothing: every build tool writes them into the code of libraries. */
const saidByAll: ReadonlySet<string> = new Set(['NODE_ENV'])

/** The variable of the environment that a reference stands for. */
export function variableOf(key: ReferenceKey): string | undefined {
  const name = variable.exec(key)?.[1]?.split(/[.(]/)[0]
  return name === undefined || name === '' || saidByAll.has(name) ? undefined : name
}

export const isWholeEnvironment = (value: Value | undefined): boolean =>
  value?.kind === 'reference' && isEnvironment(value.key)

/** Calls that list, copy or send the environment as a whole. */
export function readEnvironmentCall(findings: Findings, call: Call): void {
  const { key, node, site } = call
  if (key === ':Deno.env.get') {
    const [name] = call.given
    if (name?.kind === 'constant')
      findings.add({ capability: 'environment', detail: `process.env.${String(name.value)}` }, site, node)
    return
  }
  if (key === ':Object.assign') {
    const isCopy = call.given.slice(1).some(isWholeEnvironment) && !isWholeEnvironment(call.given[0])
    if (isCopy) findings.add(copy('Object.assign', isForChild(site.holder)), site, node)
    return
  }
  const sends = findings.abilitiesOf(key).some(({ capability }) => capability === 'network' || capability === 'dns')
  if (!sends && !listsAll(key)) return
  const holds = call.given.some((value) => holdsEnvironment(findings, value, 0))
  if (!holds) return
  const filter = findings.filters.get(node) ?? pickedBy(findings, call) ?? loopedBy(findings, call)
  findings.add(enumeration(toWords(key), filter), site, node)
}

/** `for (const [name, value] of Object.entries(process.env))`: what the loop looks for. */
const loopedBy = ({ text }: Findings, { node, site: { parent } }: Call): string | undefined =>
  parent?.type === 'ForOfStatement' && parent.right === node ? filterOf(sourceOf(text, parent.body)) : undefined

/** `pickBy(process.env, isOwn)`: what is picked is said by the second argument. */
function pickedBy(findings: Findings, { key, node, given }: Call): string | undefined {
  const callback = node.arguments[1]
  if (!picking.has(key) || callback === undefined) return undefined
  const target = given[1]
  return filterOf(sourceOf(findings.text, target?.kind === 'function' ? target.node : (callback as SyntaxNode)))
}

const picking: ReadonlySet<ReferenceKey> = new Set(['lodash:pickBy', 'lodash:filter'])

/** The environment itself, or an object with it among its properties. */
function holdsEnvironment(findings: Findings, value: Value | undefined, depth: number): boolean {
  if (isWholeEnvironment(value)) return true
  if (value?.kind === 'list' && depth < 2)
    return value.items.slice(0, 20).some((item) => holdsEnvironment(findings, item, depth + 1))
  if (value?.kind !== 'object' || value.source?.node.type !== 'ObjectExpression' || depth > 2) return false
  const { node, scope } = value.source
  return node.properties.slice(0, 50).some((property) => {
    if (property.type === 'SpreadElement') return isWholeEnvironment(findings.fold.value(property.argument, scope))
    return (
      property.type === 'Property' &&
      holdsEnvironment(findings, findings.fold.value(property.value as SyntaxNode, scope), depth + 1)
    )
  })
}

/** `Object.keys(process.env).filter(…)`, `….reverse().find(…)`: the filter is met before what it filters. */
export function readEnvironmentFilter(
  findings: Findings,
  site: Site,
  node: ESTree.CallExpression | ESTree.NewExpression,
  callee: ESTree.MemberExpression,
): void {
  const inner = unordered(unwrap(callee.object))
  const [callback] = node.arguments
  if (inner.type !== 'CallExpression' || callback === undefined) return
  const target = findings.fold.value(callback as SyntaxNode, site.scope)
  const filter = filterOf(sourceOf(findings.text, target?.kind === 'function' ? target.node : (callback as SyntaxNode)))
  if (filter !== undefined) findings.filters.set(inner, filter)
}

/** What is listed, whatever its order. */
function unordered(node: SyntaxNode): SyntaxNode {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return node
  const name = writtenName(node.callee.property as SyntaxNode, node.callee.computed === true)
  return name === 'reverse' || name === 'sort' ? unwrap(node.callee.object) : node
}

/** `for (const name in process.env)`. */
export function readLoop(findings: Findings, site: Site, node: ESTree.ForInStatement): void {
  if (!isWholeEnvironment(findings.fold.value(node.right, site.scope))) return
  findings.add(enumeration('for-in', filterOf(sourceOf(findings.text, node.body))), site, node)
}

/** `{ ...process.env }`. */
export function readSpread(findings: Findings, site: Site, node: ESTree.SpreadElement): void {
  if (site.parent?.type !== 'ObjectExpression' || !isWholeEnvironment(findings.fold.value(node.argument, site.scope)))
    return
  findings.add(copy('spread', isForChild(site.holder)), site, node)
}

/** Whether what holds a copy calls it an environment. */
function isForChild(holder: SyntaxNode | undefined): boolean {
  switch (holder?.type) {
    case 'Property':
      return isChildEnvironmentName(writtenName(holder.key as SyntaxNode, holder.computed === true))
    case 'VariableDeclarator':
      return holder.id.type === 'Identifier' && isChildEnvironmentName(holder.id.name)
    case 'AssignmentExpression':
      return isChildEnvironmentName(
        holder.left.type === 'Identifier'
          ? holder.left.name
          : holder.left.type === 'MemberExpression'
            ? writtenName(holder.left.property as SyntaxNode, holder.left.computed === true)
            : undefined,
      )
    default:
      return false
  }
}

/** `const { HOME, ...rest } = process.env`. */
export function readDestructured(findings: Findings, site: Site, node: ESTree.VariableDeclarator): void {
  if (node.id.type !== 'ObjectPattern' || !node.init || !isWholeEnvironment(findings.fold.value(node.init, site.scope)))
    return
  for (const property of node.id.properties) {
    if (property.type === 'RestElement') {
      findings.add(copy('rest', isForChild({ ...node, id: property.argument } as SyntaxNode)), site, property)
      continue
    }
    const name =
      property.type === 'Property' ? writtenName(property.key as SyntaxNode, property.computed === true) : undefined
    if (name !== undefined && !saidByAll.has(name)) {
      findings.add({ capability: 'environment', detail: `process.env.${name}` }, site, property as SyntaxNode)
    }
  }
}
