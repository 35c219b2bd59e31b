import type { SyntaxNode } from '../read/syntax-node.js'
import type { Definition, Scope } from './scope.js'
import { writtenName } from './unwrap.js'

interface Part {
  readonly target: SyntaxNode
  readonly definition: Definition | undefined
}

/** One level of a destructuring. */
export function partsOf(target: SyntaxNode, whole: Definition | undefined, home: Scope): readonly Part[] {
  const under = (step: string | SyntaxNode): Definition | undefined =>
    whole && { ...whole, path: [...whole.path, step] }
  switch (target.type) {
    case 'AssignmentPattern': {
      const byDefault: Definition = {
        kind: 'value',
        node: target.right as SyntaxNode,
        scope: whole?.scope ?? home,
        path: [],
      }
      return [
        { target: target.left, definition: whole },
        { target: target.left, definition: byDefault },
      ]
    }
    case 'ObjectPattern':
      return target.properties.map((property): Part => {
        if (property.type === 'RestElement') return { target: property.argument, definition: whole }
        const { key, value, computed } = property as unknown as {
          key: SyntaxNode
          value: SyntaxNode
          computed?: boolean
        }
        return { target: value, definition: under(writtenName(key, computed === true) ?? key) }
      })
    case 'ArrayPattern':
      return target.elements.flatMap((element, index): Part[] =>
        element === null || element === undefined
          ? []
          : [{ target: element as SyntaxNode, definition: under(String(index)) }],
      )
    case 'RestElement':
      return [{ target: target.argument as SyntaxNode, definition: undefined }]
    default:
      // TypeScript's `constructor(private readonly http = …)`.
      return 'parameter' in target ? [{ target: target.parameter as SyntaxNode, definition: whole }] : []
  }
}
