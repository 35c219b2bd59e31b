import type { SyntaxNode } from '../../code/read/syntax-node.js'

/** The name that an import or export is written with. */
export const nameOf = (node: SyntaxNode): string =>
  node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : ''

/** What a declaration declares. */
export function declaredNames(declaration: SyntaxNode): readonly string[] {
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => patternNames(id as SyntaxNode))
  const { id } = declaration as unknown as { readonly id?: { readonly name: string } | null }
  return id ? [id.name] : []
}

function patternNames(pattern: SyntaxNode): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) =>
        patternNames((one.type === 'Property' ? one.value : one) as SyntaxNode),
      )
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => (one ? patternNames(one as SyntaxNode) : []))
    case 'RestElement':
      return patternNames(pattern.argument as SyntaxNode)
    case 'AssignmentPattern':
      return patternNames(pattern.left as SyntaxNode)
    default:
      return []
  }
}
