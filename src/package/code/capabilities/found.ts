import type { Capability } from '../file-code.js'
import type { Site } from '../fold/bound-names.js'
import type { Fold } from '../fold/fold.js'
import type { ReferenceKey } from '../fold/reference.js'
import { asText, unknownPart, type Value } from '../fold/value.js'
import type { ESTree, SyntaxNode } from '../read/syntax-node.js'

/** An ability as a reader of one family tells it; place and scope are added where all meet. */
export interface Found {
  readonly capability: Capability
  readonly detail: string
  readonly constant?: string | undefined
}

/** A call or construction of something that is not the file's own. */
export interface Call {
  /** What is called in the end, through `call`, `apply`, `bind` and `Reflect`. */
  readonly key: ReferenceKey
  readonly given: readonly (Value | undefined)[]
  readonly node: ESTree.CallExpression | ESTree.NewExpression
  readonly site: Site
  readonly fold: Fold
}

/** A text with at least one known part; `…` stands for what is not a constant. */
export function knownText(value: Value | undefined): string | undefined {
  if (value === undefined || value.kind === 'object' || value.kind === 'function' || value.kind === 'regex')
    return undefined
  if (value.kind === 'constant' && typeof value.value !== 'string') return undefined
  const text = asText(value).value
  return typeof text !== 'string' || text.replaceAll(unknownPart, '').trim() === '' ? undefined : text
}

/** The property of an argument that is an object. */
export const optionOf = ({ fold }: Call, value: Value | undefined, name: string): Value | undefined =>
  value?.kind === 'object' ? fold.property(value, name) : undefined

export const isReference = (value: Value | undefined, key: ReferenceKey): boolean =>
  value?.kind === 'reference' && value.key === key

/** The text of a node that is short enough to look at. */
export const sourceOf = (text: string, node: SyntaxNode): string =>
  text.slice(node.start ?? 0, Math.min(node.end ?? 0, (node.start ?? 0) + 2_000))
