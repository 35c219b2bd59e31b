import { maxPortSteps } from '../../../limits.js'
import type { CodeAbilities } from '../capabilities/read-capabilities.js'
import type { FlowPort } from '../file-code.js'
import { isOwnModule } from '../fold/reference.js'
import { isFunction, type SyntaxNode } from '../read/syntax-node.js'
import { bodyOf } from './call-graph.js'
import type { FoundFlows } from './found-flows.js'
import { exportsOf } from './sources.js'
import type { Spread, Vertex } from './spread.js'

/** Follows what comes from and goes to the package's other modules. */
export class FlowPorts {
  readonly #code: CodeAbilities
  readonly #spread: Spread
  readonly #found: FoundFlows

  constructor(code: CodeAbilities, spread: Spread, found: FoundFlows) {
    this.#code = code
    this.#spread = spread
    this.#found = found
  }

  read(): void {
    const exported = exportsOf(this.#spread.index)
    for (const { name, node } of exported) this.#seedParameters(name, node)
    this.#seedImports()
    this.#spread.run(maxPortSteps)
    for (const { name, node } of exported) this.#noteExport(name, node)
  }

  #functionOf(node: SyntaxNode): SyntaxNode | undefined {
    if (isFunction(node)) return node
    const value = this.#spread.index.value(node)
    if (value?.kind !== 'function') return undefined
    const body = bodyOf(value.node)
    return isFunction(body) ? body : undefined
  }

  #seedParameters(name: readonly string[], node: SyntaxNode): void {
    const made = this.#functionOf(node)
    if (made === undefined || !isFunction(made)) return
    made.params.slice(0, 6).forEach((parameter, argument) => {
      const port: FlowPort = { kind: 'exported', name, argument, at: [], whole: false }
      this.#spread.pattern(
        parameter as SyntaxNode,
        this.#spread.taints.seed(this.#found.begin({ kind: 'port', port }), 'module'),
      )
    })
  }

  /** What comes from the package's other modules. */
  #seedImports(): void {
    for (const { node } of this.#spread.index.names.sites) {
      if (node.type === 'ImportDeclaration') {
        const module = node.source.value
        if (typeof module !== 'string' || !isOwnModule(module)) continue
        for (const specifier of node.specifiers) {
          const binding = this.#spread.index.names.module.find(specifier.local.name)
          const name =
            specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier'
              ? [specifier.imported.name]
              : []
          if (binding !== undefined) this.#seedPort(binding, module, name)
        }
      }
    }
    for (const { key, node } of this.#code.findings.calls) {
      const value = key === ':require' ? this.#spread.index.value(node) : undefined
      if (value?.kind === 'reference' && value.key.endsWith(':') && isOwnModule(value.key))
        this.#seedPort(node, value.key.slice(0, -1), [])
    }
  }

  #seedPort(vertex: Vertex, module: string, name: readonly string[]): void {
    const port: FlowPort = { kind: 'imported', module, name: name[0] === 'default' ? [] : name, at: [], whole: false }
    this.#spread.reach(vertex, this.#spread.taints.seed(this.#found.begin({ kind: 'port', port }), 'module'))
  }

  #noteExport(name: readonly string[], node: SyntaxNode): void {
    const vertices: (Vertex | undefined)[] = [node, this.#functionOf(node), this.#spread.index.bindingOf(node)]
    for (const vertex of vertices) {
      for (const taint of vertex === undefined ? [] : this.#spread.taintsOf(vertex)) {
        if (taint.mode !== 'data' && taint.mode !== 'environment') continue
        this.#found.notePiece(
          taint,
          { kind: 'exported', name, at: taint.path, whole: taint.mode === 'data' },
          'function',
        )
      }
    }
  }
}
