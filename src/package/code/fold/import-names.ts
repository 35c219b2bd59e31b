import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import type { Scope } from './scope.js'
import { writtenName } from './unwrap.js'

/** `import { name } from …` */
export function bindImport(
  specifier: ESTree.ImportDeclaration['specifiers'][number],
  { source }: ESTree.ImportDeclaration,
  scope: Scope,
): void {
  const path =
    specifier.type === 'ImportNamespaceSpecifier'
      ? []
      : [specifier.type === 'ImportDefaultSpecifier' ? 'default' : (writtenName(specifier.imported, false) ?? '')]
  scope.declare(specifier.local.name, 'import').define({ kind: 'import', node: source, scope, path })
}

/** TypeScript's `import cp = require(…)`. */
export function bindImportEquals(node: SyntaxNode, scope: Scope): void {
  const { id, moduleReference } = node as unknown as {
    id?: SyntaxNode
    moduleReference?: { expression?: SyntaxNode }
  }
  const source = moduleReference?.expression
  if (id?.type === 'Identifier' && source !== undefined) {
    scope.declare(id.name, 'import').define({ kind: 'import', node: source, scope, path: [] })
  }
}
