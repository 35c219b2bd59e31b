import { unwrap } from '../fold/unwrap.js'
import { asText, unknownPart } from '../fold/value.js'
import type { SyntaxNode } from '../read/syntax-node.js'
import type { SyntaxIndex } from './syntax-index.js'

/** What stands for parts that are neither known nor looked for. */
const other = '?'

const maxParts = 200

/** The command that an expression gives, with `…` for each part that `isFollowed` knows. */
export function commandText(
  index: SyntaxIndex,
  root: SyntaxNode,
  isFollowed: (node: SyntaxNode) => boolean,
): { readonly text: string; readonly others: readonly SyntaxNode[] } {
  const others: SyntaxNode[] = []
  let text = ''
  const waiting: SyntaxNode[] = [root]
  const named = new Set<unknown>()
  for (let steps = 0; waiting.length > 0 && steps < maxParts; steps++) {
    const node = unwrap(waiting.pop() as SyntaxNode)
    if (node.type === 'TemplateLiteral') {
      const parts = node.quasis.flatMap((quasi, at) => [quasi, ...(node.expressions[at] ? [node.expressions[at]] : [])])
      waiting.push(...([...parts].reverse() as SyntaxNode[]))
    } else if (node.type === 'TemplateElement') text += node.value.cooked ?? ''
    else if (node.type === 'ArrayExpression') {
      const items = node.elements.flatMap((element) => (element ? [element as SyntaxNode] : []))
      waiting.push(...items.reverse())
    } else if (node.type === 'BinaryExpression' && node.operator === '+')
      waiting.push(node.right, node.left as SyntaxNode)
    else {
      const binding = index.bindingOf(node)
      const [definition, ...more] = binding?.definitions ?? []
      const isPutTogether =
        definition?.node.type === 'TemplateLiteral' ||
        definition?.node.type === 'BinaryExpression' ||
        definition?.node.type === 'ArrayExpression'
      if (definition !== undefined && more.length === 0 && isPutTogether && !named.has(binding)) {
        named.add(binding)
        waiting.push(definition.node)
      } else if (isFollowed(node)) text += unknownPart
      else {
        const known = asText(index.value(node))
        text += known.whole ? known.value : other
        if (node.type !== 'Literal') others.push(node)
      }
    }
    if (root.type === 'ArrayExpression') text += ' '
  }
  return { text, others }
}

const runners =
  /^(?:\S{0,200}[/\\])?(?:node|nodejs|bun|deno|sh|bash|zsh|dash|python[23]?|perl|ruby|php|cmd|powershell|pwsh|osascript|wscript|cscript|mshta|rundll32|regsvr32|sudo|nohup|start|exec|env|setsid|xattr|call)(?:\.exe)?(?=\s|$)/i
const flags = /^\s+(?:run\b|[/-][\w-]{1,30}(?::\S{1,30})?(?=\s))/

/** Whether a command with followed parts runs one of these, instead of only naming it to a program that does something else. */
export function runsFollowed(command: string): boolean {
  return command
    .slice(0, 4_000)
    .split(/&&|\|\|?|;|\n|&/)
    .some((part) => {
      let words = part.replace(/["'`]/g, ' ').trim()
      for (let turn = 0; turn < 4; turn++) {
        if (/^(?:\.[/\\])?…/.test(words)) return true
        const [runner] = runners.exec(words) ?? []
        if (runner === undefined) return false
        words = words.slice(runner.length)
        for (let flag = flags.exec(words); flag !== null; flag = flags.exec(words)) words = words.slice(flag[0].length)
        words = words.trim()
      }
      return false
    })
}

/** Programs that put the files of an archive somewhere. */
export const unpacks = (command: string): boolean =>
  /(?:^|[\s"'/\\])(?:unzip|tar|bsdtar|Expand-Archive|7z[ar]?|ditto|gunzip|xz|unxz)(?:\.exe)?[\s"']/i.test(command)
