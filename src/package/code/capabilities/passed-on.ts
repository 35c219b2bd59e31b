import type { Site } from '../fold/bound-names.js'
import { type ReferenceKey, toWords } from '../fold/reference.js'
import { calledName } from '../fold/unwrap.js'
import type { SyntaxNode } from '../read/syntax-node.js'
import type { Ability } from './ability-table.js'
import type { Findings } from './findings.js'
import type { Call } from './found.js'

/** They call what they are given, soon if not at once. */
const callers: ReadonlySet<string> = new Set([
  'then',
  'catch',
  'finally',
  'forEach',
  'map',
  'setTimeout',
  'setImmediate',
  'setInterval',
  'nextTick',
  'queueMicrotask',
])

/** Functions by name among the arguments: one of the file's own that is called by whom it is given to, or a dangerous one of the platform. */
export function readPassedOn(findings: Findings, site: Site, node: Call['node'], callee: SyntaxNode): void {
  const { fold, localCalls, found } = findings
  for (const argument of node.arguments) {
    if (argument.type !== 'Identifier') continue
    const value = fold.value(argument, site.scope)
    if (value?.kind === 'function') {
      const name = calledName(callee)
      if (name !== undefined && callers.has(name))
        localCalls.push({ from: site.within, to: value.node, site, isHandedOn: true })
    } else if (value?.kind === 'reference') {
      const abilities = findings.abilitiesOf(value.key).filter(isDangerousByName)
      if (abilities.length === 0) continue
      const isHandedOn = givesBack(findings, site, node, value.key)
      for (const { capability } of abilities) {
        const detail = toWords(value.key)
        found.push({ capability, detail, offset: argument.start ?? 0, within: site.within, isHandedOn })
      }
    }
  }
}

/** `promisify(execFile)` runs nothing yet: whoever calls what comes out does. */
function givesBack({ fold }: Findings, { scope }: Site, node: Call['node'], key: ReferenceKey): boolean {
  const result = fold.value(node, scope)
  return result?.kind === 'reference' && result.key === key
}

/** Abilities that are had by holding the function: who hands it on has somebody else call it. */
export const isDangerousByName = ({ capability }: Pick<Ability, 'capability'>): boolean =>
  capability === 'shell' || capability === 'eval' || capability === 'vm'
