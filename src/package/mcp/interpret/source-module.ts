import type { ReadCode } from '../../code/read/read-code.js'
import type { SourceText } from '../../code/read/source-text.js'
import type { SyntaxNode } from '../../code/read/syntax-node.js'
import type { Environment } from './environment.js'
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
