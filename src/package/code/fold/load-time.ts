import type { SyntaxNode } from '../read/syntax-node.js'
import type { FunctionSite } from './scope.js'

/** Somebody calls, or makes an object of, a function of the file. */
export interface LocalCall {
  readonly from: FunctionSite | undefined
  readonly to: SyntaxNode
}

/**
 * The functions whose body runs when the module is loaded: those called where they stand, and those that are called by name from what runs
 * then. `main()` at the end of a file starts it as well as brackets around it do.
 */
export function functionsRunAtLoad(
  functions: ReadonlyMap<SyntaxNode, FunctionSite>,
  calls: readonly LocalCall[],
): ReadonlySet<FunctionSite> {
  const callsFrom = new Map<FunctionSite | undefined, SyntaxNode[]>()
  for (const { from, to } of calls) {
    const known = callsFrom.get(from)
    if (known === undefined) callsFrom.set(from, [to])
    else known.push(to)
  }
  const within = new Map<FunctionSite | undefined, FunctionSite[]>()
  for (const site of functions.values()) {
    if (!site.atOnce) continue
    const siblings = within.get(site.parent)
    if (siblings === undefined) within.set(site.parent, [site])
    else siblings.push(site)
  }
  const run = new Set<FunctionSite>()
  const waiting: (FunctionSite | undefined)[] = [undefined]
  while (waiting.length > 0) {
    const site = waiting.pop()
    for (const called of [
      ...(within.get(site) ?? []),
      ...(callsFrom.get(site) ?? []).map((node) => functions.get(node)),
    ]) {
      if (called === undefined || run.has(called)) continue
      run.add(called)
      waiting.push(called)
    }
  }
  return run
}
