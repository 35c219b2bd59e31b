import { maxModuleRequests } from '../../limits.js'
import type { ModuleRequest, Scope } from './file-code.js'
import type { ReadCode } from './read/read-code.js'
import { type ESTree, type SyntaxNode, startOf } from './read/syntax-node.js'
import { walk } from './read/walk.js'

/** The modules that a file asks for by name, in the order of the text. */
export function readRequests({ tree, dialect, source }: ReadCode): readonly ModuleRequest[] {
  if (tree === undefined) return []
  const requests: ModuleRequest[] = []
  const anyKeys = dialect === 'typescript' || dialect === 'flow'
  const enter = (node: SyntaxNode, { scope }: { readonly scope: Scope }): undefined => {
    const request = requests.length < maxModuleRequests ? requestOf(node) : undefined
    if (request !== undefined) requests.push({ ...request, scope, ...source.placeAt(startOf(node)) })
  }
  walk(tree, { enter }, { anyKeys })
  return requests
}

type Request = Omit<ModuleRequest, 'scope' | 'line' | 'column'>

function requestOf(node: SyntaxNode): Request | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { kind: 'import', ...specifierOf(node.source), names: node.specifiers.map(importedName) }
    case 'ExportAllDeclaration':
      return { kind: 're-export', ...specifierOf(node.source), names: ['*'] }
    case 'ExportNamedDeclaration':
      if (!node.source) return undefined
      return {
        kind: 're-export',
        ...specifierOf(node.source),
        names: node.specifiers.map(({ local }) => nameOf(local)),
      }
    case 'ImportExpression':
      return { kind: 'dynamic-import', ...specifierOf(node.source), names: ['*'] }
    case 'CallExpression':
      return callOf(node)
    default:
      return undefined
  }
}

function callOf({ callee, arguments: args }: ESTree.CallExpression): Request | undefined {
  const [first] = args
  if (first === undefined) return undefined
  if (isNamed(callee, 'require')) return { kind: 'require', ...specifierOf(first), names: ['*'] }
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined
  const resolves =
    isNamed(callee.property, 'resolve') && (isNamed(callee.object, 'require') || callee.object.type === 'MetaProperty')
  return resolves ? { kind: 'resolve', ...specifierOf(first), names: [] } : undefined
}

const isNamed = (node: SyntaxNode, name: string): boolean => node.type === 'Identifier' && node.name === name

function specifierOf(node: SyntaxNode): { specifier?: string } {
  if (node.type === 'Literal' && typeof node.value === 'string') return { specifier: node.value }
  const [only] = node.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis : []
  return typeof only?.value.cooked === 'string' ? { specifier: only.value.cooked } : {}
}

function importedName(specifier: ESTree.ImportClause): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default'
  return specifier.type === 'ImportNamespaceSpecifier' ? '*' : nameOf(specifier.imported)
}

const nameOf = (node: SyntaxNode): string =>
  node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : ''
