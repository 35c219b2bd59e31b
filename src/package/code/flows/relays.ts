import type { CodeAbilities } from '../capabilities/read-capabilities.js'
import type { FlowPiece, FlowPort } from '../file-code.js'
import { isOwnModule, type ReferenceKey } from '../fold/reference.js'
import type { SyntaxNode } from '../read/syntax-node.js'

/** Files that hold more are programs of their own. */
const maxRelayCharacters = 16_384
const maxRelays = 20

/** `./send:Client().post` as the module and the way within it. */
export function portOf(key: ReferenceKey): Pick<FlowPort, 'kind' | 'module' | 'name'> {
  const colon = key.lastIndexOf(':')
  const name = key
    .slice(colon + 1)
    .replaceAll('()', '')
    .split('.')
    .filter((part) => part !== '' && part !== 'default')
  return { kind: 'imported', module: key.slice(0, colon), name }
}

/** `send(collect())` in a small file that does nothing else: each half is in another module. */
export function relaysOf({ findings, fold, runsAtLoad }: CodeAbilities, text: string): readonly FlowPiece[] {
  if (text.length > maxRelayCharacters) return []
  const pieces: FlowPiece[] = []
  for (const { key, node, site } of findings.ownCalls) {
    if (pieces.length >= maxRelays) break
    const runs = site.within === undefined || runsAtLoad.has(site.within) ? 'top' : 'function'
    for (const [argument, given] of (node.arguments as readonly SyntaxNode[]).slice(0, 6).entries()) {
      const value = fold.value(given, site.scope)
      if (value?.kind !== 'reference' || !isOwnModule(value.key) || !value.key.endsWith('()')) continue
      pieces.push({
        from: { ...portOf(value.key), at: [], whole: false },
        to: { ...portOf(key), argument, at: [], whole: false },
        scope: runs,
      })
    }
  }
  return pieces
}
