import { tokenizer, tokTypes } from 'acorn'

/** One token of code that no parser could make a tree of. */
export interface CodeToken {
  readonly kind: 'name' | 'string' | 'template' | 'regexp' | 'number' | 'other'
  /** What a string or the text part of a template stands for, escapes read; a name, a keyword or a sign as written. */
  readonly value: string
  readonly start: number
  readonly end: number
}

/**
 * The tokens of a text, one at a time: a list of those of 20 MB would not fit in the memory of a child. Acorn's tokenizer does not
 * recurse. Ends where the text stops being code, and then returns false.
 */
export function* readTokens(text: string): Generator<CodeToken, boolean> {
  const tokens = tokenizer(text, { ecmaVersion: 'latest', sourceType: 'script', allowHashBang: true })
  for (;;) {
    let token: ReturnType<typeof tokens.getToken>
    try {
      token = tokens.getToken()
    } catch (error) {
      // A regular expression that is none, a string without an end; a monster of either overflows the stack.
      if (error instanceof SyntaxError || error instanceof RangeError) return false
      throw error
    }
    if (token.type === tokTypes.eof) return true
    yield toCodeToken(token, text)
  }
}

function toCodeToken(token: ReturnType<ReturnType<typeof tokenizer>['getToken']>, text: string): CodeToken {
  const { type, start, end } = token
  // Acorn's own types leave the value out.
  const value = 'value' in token ? token.value : undefined
  const written = typeof value === 'string' ? value : text.slice(start, Math.min(end, start + 64))
  if (type === tokTypes.name || type.keyword !== undefined) return { kind: 'name', value: written, start, end }
  if (type === tokTypes.string) return { kind: 'string', value: written, start, end }
  if (type === tokTypes.template) return { kind: 'template', value: written, start, end }
  if (type === tokTypes.regexp) return { kind: 'regexp', value: text.slice(start, end), start, end }
  return { kind: type === tokTypes.num ? 'number' : 'other', value: written, start, end }
}
