import type { FunctionNode, SyntaxNode } from '../read/syntax-node.js'

/**
 * What exactly is had: the secret or foreign text itself; only names of the environment's variables; the environment as an object; the path
 * of a secret's file; the path of a file that holds foreign text; something of another module.
 */
export type Mode = 'data' | 'names' | 'environment' | 'path' | 'file' | 'module'

/** The call by which a value came into a function: its result goes back there and nowhere else. */
export interface CallContext {
  readonly call: SyntaxNode
  readonly callee: FunctionNode
  readonly outer: CallContext | undefined
  readonly depth: number
  readonly id: number
}

/** One source's value at one place. Equal taints are one object. */
export interface Taint {
  /** Which of the sources. */
  readonly source: number
  readonly mode: Mode
  /** Where in the value it lies: `['body']` for `{ body: secret }`; `*` for any name. */
  readonly path: readonly string[]
  /** What was asked for of a value that comes from another module. */
  readonly taken: readonly string[]
  /** It was made a text as a whole. */
  readonly whole: boolean
  readonly context: CallContext | undefined
}

/** Deeper than this it counts as anywhere within. */
const maxPath = 2
const maxTaken = 3
const maxContextDepth = 3

export class Taints {
  readonly #known = new Map<string, Taint>()
  readonly #contexts = new Map<string, CallContext>()
  readonly #calls = new Map<SyntaxNode, number>()

  make(taint: Taint): Taint {
    const { source, mode, path, taken, whole, context } = taint
    const key = `${source} ${mode} ${path.join('\0')}\n${taken.join('\0')}\n${whole} ${context?.id ?? ''}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, taint)
    return taint
  }

  seed(source: number, mode: Mode): Taint {
    return this.make({ source, mode, path: [], taken: [], whole: false, context: undefined })
  }

  with(taint: Taint, changes: Partial<Taint>): Taint {
    return this.make({ ...taint, ...changes })
  }

  /** `of.name`, or `of[unknown]`. Nothing where it is not there. */
  get(of: Taint, name: string | undefined): Taint | undefined {
    const [first, ...rest] = of.path
    if (first !== undefined) {
      return name === undefined || first === '*' || first === name ? this.with(of, { path: rest }) : undefined
    }
    const isIndex = name === undefined || /^\d+$/.test(name)
    switch (of.mode) {
      case 'module':
        if (name === 'default' || of.whole || of.taken.length >= maxTaken) return of
        return this.with(of, { taken: [...of.taken, name ?? '*'] })
      case 'environment':
        return undefined
      case 'data':
        return name !== undefined && plainProperties.has(name) ? undefined : of
      default:
        return isIndex ? of : undefined
    }
  }

  /** `{ name: of }`. */
  put(of: Taint, name: string | undefined): Taint {
    return this.with(of, { path: [name ?? '*', ...of.path].slice(0, maxPath) })
  }

  /** All of it as one text. */
  collapse(of: Taint): Taint {
    // Who makes a text of a list of paths makes no path of it.
    if (of.mode === 'path') return of
    return this.with(of, { path: [], mode: of.mode === 'environment' ? 'data' : of.mode, whole: true })
  }

  enter(of: Taint, call: SyntaxNode, callee: FunctionNode): Taint {
    const outer = trimmed(of.context)
    let callId = this.#calls.get(call)
    if (callId === undefined) {
      callId = this.#calls.size
      this.#calls.set(call, callId)
    }
    const key = `${callId} ${callee.start} ${outer?.id ?? ''}`
    let context = this.#contexts.get(key)
    if (context === undefined) {
      context = { call, callee, outer, depth: (outer?.depth ?? 0) + 1, id: this.#contexts.size + 1 }
      this.#contexts.set(key, context)
    }
    return this.with(of, { context })
  }
}

const trimmed = (context: CallContext | undefined): CallContext | undefined =>
  context !== undefined && context.depth >= maxContextDepth ? undefined : context

/** Said of a value, without telling it. */
const plainProperties: ReadonlySet<string> = new Set([
  ...['length', 'size', 'byteLength', 'byteOffset', 'status', 'statusCode', 'statusText', 'ok', 'headers', 'type'],
  ...['publicKey', 'address', 'constructor', 'prototype', 'name', 'id', 'kind', 'version', 'tag_name', 'sha256'],
])
