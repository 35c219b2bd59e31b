import {
  type ArrayValue,
  type Command,
  forEachChild,
  parse,
  type Redirection,
  type SyntaxNode,
  type Word,
} from 'unbash'
import { maxShellInvocations } from '../../limits.js'
import type { Invocation, PipelineStage, ShellScope } from './invocation.js'
import { LineCounter } from './line-counter.js'
import { PosixWords } from './posix-words.js'

/** What surrounds a node: who is fed by it, what feeds it, and what applies to all within. */
interface Around {
  readonly feeds: readonly (readonly Invocation[])[]
  readonly upstream?: PipelineStage
  readonly background: boolean
  readonly silenced: boolean
  readonly failureIgnored: boolean
  readonly output?: string
  readonly scope?: ShellScope
}

/** What is known about a text besides itself. */
export interface PosixSurroundings {
  /** What variables hold before it starts. */
  readonly variables?: ReadonlyMap<string, string>
  /** Tells the line of a place, where the text is not as it stands in its file. */
  readonly lines?: Pick<LineCounter, 'at'>
}

const nowhere: Around = { feeds: [], background: false, silenced: false, failureIgnored: false }

/** What a text for a POSIX shell starts, in the order in which it stands there. Follows no tree by recursion. */
export function readPosix(text: string, surroundings: PosixSurroundings = {}): readonly Invocation[] {
  const lines = surroundings.lines ?? new LineCounter(text)
  const words = new PosixWords(surroundings.variables)
  const found: Invocation[] = []
  const waiting: { node: SyntaxNode; around: Around }[] = [{ node: parse(text), around: nowhere }]
  const push = (nodes: readonly { node: SyntaxNode; around: Around }[]): void => {
    for (let at = nodes.length - 1; at >= 0; at -= 1) {
      const next = nodes[at]
      if (next !== undefined) waiting.push(next)
    }
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.length >= maxShellInvocations) break
    const { node, around } = next
    switch (node.type) {
      case 'Pipeline':
        push(stagesOf(node.commands, around))
        break
      case 'AndOr':
        push(partsOfAndOr(node.commands, node.operators, around, words))
        break
      case 'Statement':
        push([{ node: node.command, around: { ...around, background: around.background || node.background === true } }])
        break
      case 'Redirected':
        push([
          { node: node.command, around: { ...around, ...outputOf(node.redirects, words) } },
          ...childrenOf({ ...node, type: 'Redirected' }, around).filter(({ node: child }) => child !== node.command),
        ])
        break
      case 'Command': {
        const invocation = invocationOf(node, around, words, lines)
        if (invocation === undefined) push(childrenOf(node, around))
        else {
          found.push(invocation)
          for (const list of around.feeds) (list as Invocation[]).push(invocation)
          const scope: ShellScope = around.scope ? { around: around.scope } : {}
          const within: Around = { ...nowhere, feeds: [...around.feeds, invocation.substitutions], scope }
          push(childrenOf(node, within))
        }
        break
      }
      case 'Subshell':
        push(childrenOf(node, { ...around, scope: around.scope ? { around: around.scope } : {} }))
        break
      default:
        push(childrenOf(node, around))
    }
  }
  return found
}

function childrenOf(node: SyntaxNode, around: Around): { node: SyntaxNode; around: Around }[] {
  const children: { node: SyntaxNode; around: Around }[] = []
  forEachChild(node, (child) => children.push({ node: child, around }))
  return children
}

function stagesOf(commands: readonly SyntaxNode[], around: Around): { node: SyntaxNode; around: Around }[] {
  let before = around.upstream
  return commands.map((node) => {
    const stage: PipelineStage = { invocations: [], ...(before && { before }) }
    const within: Around = {
      ...around,
      feeds: [...around.feeds, stage.invocations],
      ...(before && { upstream: before }),
    }
    before = stage
    return { node, around: within }
  })
}

/** `x || true`, `x || exit 0`, `x || :`. */
function partsOfAndOr(
  commands: readonly SyntaxNode[],
  operators: readonly string[],
  around: Around,
  words: PosixWords,
): { node: SyntaxNode; around: Around }[] {
  return commands.map((node, at) => {
    const after = commands[at + 1]
    const isIgnored = operators[at] === '||' && after?.type === 'Command' && isNothing(words.of(after.name).join(' '))
    return { node, around: isIgnored ? { ...around, failureIgnored: true } : around }
  })
}

const isNothing = (program: string): boolean => program === 'true' || program === ':' || program === 'exit'

function invocationOf(
  node: Command,
  around: Around,
  words: PosixWords,
  lines: Pick<LineCounter, 'at'>,
): Invocation | undefined {
  for (const item of [...node.prefix, ...node.suffix]) if (item.type === 'Assignment') words.assign(item)
  if (node.name === undefined) return undefined
  const given = node.args.flatMap((argument) =>
    argument.type === 'Word' ? words.of(argument) : [`${argument.name}=${words.textOf(wordIn(argument.value))}`],
  )
  const { input, ...redirected } = inputOf(node.redirects, words)
  const assigned = node.prefix.flatMap((item) =>
    item.type === 'Assignment' ? [[item.name, words.textOf(wordIn(item.value))] as const] : [],
  )
  return {
    words: [...words.of(node.name), ...given],
    ...lines.at(node.pos, node.end),
    background: around.background,
    failureIgnored: around.failureIgnored,
    silenced: around.silenced,
    ...(around.output !== undefined && { output: around.output }),
    ...outputOf(node.redirects, words),
    ...redirected,
    ...(input !== undefined && { input }),
    substitutions: [],
    ...(around.upstream && { upstream: around.upstream }),
    ...(assigned.length > 0 && { assigned }),
    ...(around.scope && { scope: around.scope }),
  }
}

const wordIn = (value: Word | ArrayValue): Word | undefined => (value.type === 'Word' ? value : undefined)

function outputOf(redirects: readonly Redirection[], words: PosixWords): { silenced?: boolean; output?: string } {
  for (const redirect of redirects) {
    if (redirect.type !== 'Redirect' || !/^&?>/.test(redirect.operator) || redirect.operator === '>&') continue
    const descriptor = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : 1
    if (descriptor !== 1) continue
    const output = words.textOf(redirect.target)
    return output === '/dev/null' ? { silenced: true } : { output }
  }
  return {}
}

function inputOf(redirects: readonly Redirection[], words: PosixWords): { input?: string } {
  for (const redirect of redirects) {
    if (redirect.type === 'HereDoc') return { input: redirect.body.text }
    if (redirect.type === 'HereString') return { input: words.textOf(redirect.target) }
  }
  return {}
}
