import { type ParserOptions, parse } from '@babel/parser'
import { maxTypedBytes } from '../../../limits.js'
import { failureOf, type Parsed, type ParseFailure } from './javascript.js'
import type { SyntaxNode } from './syntax-node.js'

/**
 * TypeScript, and JavaScript with Flow's types, as ESTree. Declarations only (`.d.ts`) are no code: callers do not hand them in. Babel
 * needs several times meriyah's time and memory, hence a limit of its own.
 */
export function parseTyped(text: string, path: string): Parsed | ParseFailure {
  if (text.length > maxTypedBytes) {
    return {
      reason: 'too-large',
      detail: `${text.length} characters, at most ${maxTypedBytes} are parsed as TypeScript`,
    }
  }
  const first = attempt(text, pluginsFor(path))
  // `<T>x` is a cast in `.ts` and an element in `.tsx`; people put either into `.ts`.
  if (!('reason' in first) || first.reason !== 'syntax' || !/\.ts$/i.test(path)) return first
  const second = attempt(text, [...pluginsFor(path), 'jsx'])
  return 'reason' in second ? first : second
}

type Plugins = NonNullable<ParserOptions['plugins']>

function pluginsFor(path: string): Plugins {
  const common: Plugins = [
    'estree',
    'decorators-legacy',
    'explicitResourceManagement',
    'importAttributes',
    'decoratorAutoAccessors',
  ]
  if (/\.tsx$/i.test(path)) return [...common, 'typescript', 'jsx']
  if (/\.[cm]?ts$/i.test(path)) return [...common, 'typescript']
  return [...common, ['flow', { all: true }], 'jsx']
}

function attempt(text: string, plugins: Plugins): Parsed | ParseFailure {
  try {
    const file = parse(text, {
      sourceType: 'unambiguous',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowNewTargetOutsideFunction: true,
      allowSuperOutsideMethod: true,
      allowUndeclaredExports: true,
      attachComment: false,
      plugins,
    })
    const comments = (file.comments ?? []).map(({ start, end }) => ({ start: start ?? 0, end: end ?? 0 }))
    const dialect = plugins.includes('typescript') ? 'typescript' : 'flow'
    return { dialect, tree: file.program as unknown as SyntaxNode, comments }
  } catch (error) {
    return failureOf(error)
  }
}
