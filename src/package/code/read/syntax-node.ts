import type { ESTree } from 'meriyah'

/**
 * A node of ESTree, as meriyah and Babel's `estree` plugin give it; `type` tells them apart. TypeScript's own nodes (`TSAsExpression`, …) come
 * besides, with types that are not in this union: `default` branches must take any.
 */
export type SyntaxNode = ESTree.Node
export type { ESTree }

/** Offset of the first character in the source's text. */
export const startOf = (node: SyntaxNode): number => node.start ?? 0

/** Offset behind the last character. */
export const endOf = (node: SyntaxNode): number => node.end ?? 0

export type FunctionNode = ESTree.FunctionDeclaration | ESTree.FunctionExpression | ESTree.ArrowFunctionExpression

export const isFunction = (node: SyntaxNode): node is FunctionNode =>
  node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression' || node.type === 'FunctionDeclaration'
