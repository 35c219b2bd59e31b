import { maxModuleRequests } from '../../../limits.js'
import type { ModuleRequest } from '../file-code.js'
import type { Site } from '../fold/bound-names.js'
import type { FunctionSite } from '../fold/scope.js'
import { writtenName } from '../fold/unwrap.js'
import type { SyntaxNode } from '../read/syntax-node.js'

export interface Requested {
  readonly node: SyntaxNode
  readonly within: FunctionSite | undefined
  readonly kind: ModuleRequest['kind']
  readonly specifier?: string
  readonly names: readonly string[]
}

export class Requests {
  readonly all: Requested[] = []

  add(
    { node, within }: Pick<Site, 'node' | 'within'>,
    kind: ModuleRequest['kind'],
    specifier: string | undefined,
    names: readonly string[],
  ): void {
    if (this.all.length >= maxModuleRequests) return
    this.all.push({ node, within, kind, names, ...(specifier !== undefined && { specifier }) })
  }

  /** `import … from`, `export … from`. Types vanish before anything runs. */
  addDeclaration(site: Site): void {
    const { node } = site
    if (isTypeOnly(node)) return
    if (node.type === 'ImportDeclaration') {
      const names = node.specifiers.filter((specifier) => !isTypeOnly(specifier)).map(importedName)
      if (node.specifiers.length > 0 && names.length === 0) return
      this.add(site, 'import', sourceText(node.source), names)
    } else if (node.type === 'ExportAllDeclaration') {
      this.add(site, 're-export', sourceText(node.source), ['*'])
    } else if (node.type === 'ExportNamedDeclaration' && node.source) {
      const names = node.specifiers.map(({ local }) => writtenName(local as SyntaxNode, false) ?? '*')
      this.add(site, 're-export', sourceText(node.source), names)
    }
  }
}

const isTypeOnly = (node: SyntaxNode): boolean => {
  const { importKind, exportKind } = node as unknown as { importKind?: string; exportKind?: string }
  return importKind === 'type' || importKind === 'typeof' || exportKind === 'type'
}

const sourceText = (node: SyntaxNode): string | undefined =>
  node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

function importedName(specifier: SyntaxNode): string {
  if (specifier.type === 'ImportSpecifier') return writtenName(specifier.imported as SyntaxNode, false) ?? '*'
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*'
}

/** What is taken of a module that is asked for by a call, as far as its surroundings tell. */
export function namesTaken(parent: SyntaxNode | undefined): readonly string[] {
  if (parent?.type === 'ExpressionStatement') return []
  if (parent?.type === 'MemberExpression') {
    const name = writtenName(parent.property as SyntaxNode, parent.computed === true)
    return name === undefined || name === 'then' ? ['*'] : [name]
  }
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'ObjectPattern') return ['*']
  return parent.id.properties.map((property) =>
    property.type === 'Property' ? (writtenName(property.key as SyntaxNode, property.computed === true) ?? '*') : '*',
  )
}
