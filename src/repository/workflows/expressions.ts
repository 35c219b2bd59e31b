import type { PlacedText } from '../commands/placed-text.js'

const expression = /\$\{\{((?:[^}]|\}(?!\})){0,1000})\}\}/g

/**
 * GitHub puts the value of an expression into a script before any shell reads it. What a file says of it itself is kept as that
 * variable; all else is unknown until it runs.
 */
export const withoutExpressions = (placed: PlacedText): PlacedText => placed.replaced(expression, inShell)

export const valueWithoutExpressions = (value: string): string =>
  value.replace(expression, (whole, inner: string) => inShell([whole, inner]))

export const hasExpression = (text: string): boolean => text.includes('${{')

function inShell([, inner = '']: ArrayLike<string> & Iterable<string>): string {
  const name = /^\s{0,20}env\.(\w{1,100})\s{0,20}$/.exec(inner)?.[1]
  if (name !== undefined) return `\${${name}}`
  const text = /^\s{0,20}'([^']{0,500})'\s{0,20}$/.exec(inner)?.[1]
  if (text !== undefined) return text
  return /^\s{0,20}github\.workspace\s{0,20}$/.test(inner) ? '$GITHUB_WORKSPACE' : '…'
}
