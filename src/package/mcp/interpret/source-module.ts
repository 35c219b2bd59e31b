import type { ReadCode } from '../../code/read/read-code.js'
import { SourceText } from '../../code/read/source-text.js'
import type { SyntaxNode } from '../../code/read/syntax-node.js'
import { Environment } from './environment.js'
import type { ObjectValue, Value } from './value.js'

/** One file of the package, loaded at most once. */
export interface SourceModule {
  readonly path: string
  readonly source: SourceText
  readonly tree: SyntaxNode | undefined
  readonly unanalysable: ReadCode['unanalysable']
  readonly isModule: boolean
  readonly environment: Environment
  /** Of a module with `export`: what each name stands for when it is asked for. */
  readonly exports: Map<string, () => Value>
  readonly starExports: Value[]
  /** CommonJS's `module`. */
  readonly moduleObject: ObjectValue
  state: 'new' | 'loading' | 'loaded'
}

/** Before it is read, and for what is no code. */
export function emptyModule(path: string): SourceModule {
  const exports: ObjectValue = { kind: 'object', properties: new Map(), open: false, level: 0 }
  const moduleObject: ObjectValue = {
    kind: 'object',
    properties: new Map([['exports', exports]]),
    open: false,
    level: 0,
  }
  return {
    path,
    source: new SourceText(''),
    tree: undefined,
    unanalysable: undefined,
    isModule: false,
    environment: new Environment(undefined, true, 0),
    exports: new Map(),
    starExports: [],
    moduleObject,
    state: 'new',
  }
}
