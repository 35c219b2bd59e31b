import type { Site } from '../fold/bound-names.js'
import type { Fold } from '../fold/fold.js'
import type { LocalCall } from '../fold/load-time.js'
import type { ReferenceKey } from '../fold/reference.js'
import type { FunctionSite } from '../fold/scope.js'
import { type ESTree, type SyntaxNode, startOf } from '../read/syntax-node.js'
import type { Abilities, Ability } from './ability-table.js'
import type { Found } from './found.js'
import type { RawSighting } from './raw-sightings.js'
import { Requests } from './requests.js'

/** A text that is nowhere written as such: put together, or decoded. */
export interface FoldedText {
  readonly offset: number
  readonly text: string
  readonly within: FunctionSite | undefined
}

/** A call of something that is not the file's own. */
export interface KnownCall {
  readonly key: ReferenceKey
  readonly node: ESTree.CallExpression | ESTree.NewExpression
  readonly site: Site
}

/** `isHandedOn`: the call is handed the function, and calls it. */
export interface KnownLocalCall extends LocalCall {
  readonly site: Site
  readonly isHandedOn?: boolean
}

/** What the readers of one file share, and what they found so far. */
export class Findings {
  readonly found: RawSighting[] = []
  readonly folded: FoldedText[] = []
  readonly requests = new Requests()
  readonly localCalls: KnownLocalCall[] = []
  /** Timers with their callbacks; whether these send is known at the end. */
  readonly timers: (RawSighting & { readonly callback: SyntaxNode })[] = []
  /** Texts that name a secret's file; they count where the file reads any. */
  readonly secretPaths: RawSighting[] = []
  readsFiles = false
  /** Calls of the platform and of libraries that may matter, for those who follow values. */
  readonly calls: KnownCall[] = []
  /** Calls of what the package's other modules hand out. */
  readonly ownCalls: KnownCall[] = []
  /** Places that stand for the environment as a whole. */
  readonly environments: SyntaxNode[] = []
  /** How an enumeration of the environment is filtered, by the node that enumerates. */
  readonly filters = new Map<SyntaxNode, string>()
  readonly fold: Fold
  readonly text: string
  readonly #abilities: Abilities

  constructor(fold: Fold, text: string, abilities: Abilities) {
    this.fold = fold
    this.text = text
    this.#abilities = abilities
  }

  /** Most names are met again and again, and mean nothing. */
  readonly #abilitiesByKey = new Map<ReferenceKey, readonly Ability[]>()

  abilitiesOf(key: ReferenceKey): readonly Ability[] {
    const known = this.#abilitiesByKey.get(key)
    if (known !== undefined) return known
    const abilities = this.#abilities.of(key)
    this.#abilitiesByKey.set(key, abilities)
    return abilities
  }

  readonly #plainKeys = new Map<ReferenceKey, boolean>()

  /** Whether calls of it need no look at all. */
  isPlain(key: ReferenceKey, judge: (key: ReferenceKey) => boolean): boolean {
    const known = this.#plainKeys.get(key)
    if (known !== undefined) return known
    const isPlain = this.abilitiesOf(key).length === 0 && judge(key)
    this.#plainKeys.set(key, isPlain)
    return isPlain
  }

  add(found: Found, site: Pick<Site, 'within'>, node: SyntaxNode): void {
    this.found.push({ ...found, offset: anchorOf(node, this.text), within: site.within })
  }

  addHandedOn(found: Found, site: Pick<Site, 'within'>, node: SyntaxNode): void {
    this.found.push({ ...found, offset: anchorOf(node, this.text), within: site.within, isHandedOn: true })
  }
}

/** Where a reader looks: the beginning, but in a chain over several lines the name of what is called. */
export function anchorOf(node: SyntaxNode, text: string): number {
  const start = startOf(node)
  const callee = node.type === 'CallExpression' ? node.callee : node
  if (callee.type !== 'MemberExpression') return start
  const property = startOf(callee.property as SyntaxNode)
  const lineEnd = text.indexOf('\n', start)
  return lineEnd !== -1 && lineEnd < property ? property : start
}
