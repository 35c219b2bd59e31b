import { sourceOf } from '../capabilities/found.js'
import type { ReferenceKey } from '../fold/reference.js'
import type { SyntaxNode } from '../read/syntax-node.js'
import { type CallNode, isCall } from './call-graph.js'
import { commandText, unpacks } from './command-text.js'
import type { FoundFlows } from './found-flows.js'
import type { Spread } from './spread.js'
import type { Taint } from './taint.js'
import { writeInto } from './write-into.js'

/** Follows what is written to files or unpacked into folders by the paths of these. */
export class WrittenFiles {
  readonly #spread: Spread
  readonly #found: FoundFlows

  constructor(spread: Spread, found: FoundFlows) {
    this.#spread = spread
    this.#found = found
  }

  /** Foreign text is in a file now: whoever runs or loads the file runs it. */
  written(path: SyntaxNode | undefined, taint: Taint, by: SyntaxNode): void {
    const origin = this.#found.originOf(taint)
    if (path === undefined || taint.mode !== 'data' || origin?.kind !== 'source') return
    if (origin.seen.kind !== 'download' && origin.seen.kind !== 'decoded') return
    writeInto(this.#spread, path, this.#spread.taints.with(taint, { mode: 'file', path: [], context: undefined }), by)
    this.#spreadPath(path, taint)
  }

  /** The same path, written out once more. */
  #spreadPath(path: SyntaxNode, taint: Taint): void {
    const text = sourceOf(this.#spread.text, path)
    if (path.type === 'Identifier' || text.length < 4) return
    const file = this.#spread.taints.with(taint, { mode: 'file', path: [], context: undefined })
    for (const { node } of this.#spread.index.names.sites) {
      if (node.type === path.type && node !== path && sourceOf(this.#spread.text, node) === text)
        this.#spread.reach(node, file)
    }
    if (path.type === 'Literal') {
      for (const node of this.#literals(text)) this.#spread.reach(node, file)
    }
  }

  #literals(text: string): readonly SyntaxNode[] {
    return this.#spread.index.names.sites
      .flatMap(({ node }) => (isCall(node) ? (node.arguments as readonly SyntaxNode[]) : []))
      .filter((node) => node.type === 'Literal' && sourceOf(this.#spread.text, node) === text)
  }

  /** Where an archive is unpacked to, its files are. */
  unpacked(call: CallNode, taint: Taint): void {
    const origin = this.#found.originOf(taint)
    if (origin?.kind !== 'source' || (taint.mode !== 'file' && taint.mode !== 'data')) return
    if (origin.seen.kind !== 'download') return
    const file = this.#spread.taints.with(taint, { mode: 'file', path: [], context: undefined })
    for (const argument of call.arguments as readonly SyntaxNode[]) {
      if (argument.type === 'Identifier') writeInto(this.#spread, argument, file, call)
      if (argument.type !== 'ObjectExpression') continue
      for (const property of argument.properties) {
        if (property.type !== 'Property' || property.key.type !== 'Identifier') continue
        if (/^(?:cwd|C|dir|path|dest|destination|out|to)$/.test(property.key.name))
          writeInto(this.#spread, property.value as SyntaxNode, file, call)
      }
    }
  }

  /** By a program: whatever else it is told of is taken for the place. */
  unpackedBy(call: CallNode, taint: Taint): void {
    const asked = (call.arguments as readonly SyntaxNode[]).slice(0, 2)
    const parts = asked.map((node) => commandText(this.#spread.index, node, this.#spread.holding(taint)))
    if (!unpacks(parts.map(({ text }) => text).join(' '))) return
    for (const { others } of parts) {
      for (const node of others) {
        if (node.type === 'Identifier' || node.type === 'MemberExpression') writeInto(this.#spread, node, taint, call)
      }
    }
  }
}

export const isWriter = (key: ReferenceKey): boolean =>
  /^(?:fs|graceful-fs|fs-extra|original-fs|write-file-atomic|:Bun|:Deno)[:.](?:promises\.)?(?:(?:writeFile|appendFile|outputFile|writeTextFile|write)(?:Sync)?)?$/.test(
    key,
  )

export const isUnpacker = (key: ReferenceKey): boolean =>
  /^(?:tar|tar-fs|tar-stream|decompress|extract-zip|unzipper|adm-zip|yauzl|jszip|fflate|node-stream-zip|gunzip-maybe|targz|@xhmikosr\/decompress):/.test(
    key,
  )
