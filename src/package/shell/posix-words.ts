import type { Assignment, Word, WordPart } from 'unbash'
import { maxFoldedCharacters, maxScriptDepth } from '../../limits.js'
import { homeVariables } from './invocation.js'

/** What a shell makes of words, as far as their text and the assignments before them say it. */
export class PosixWords {
  readonly #variables: Map<string, string>

  constructor(variables: ReadonlyMap<string, string> = new Map()) {
    this.#variables = new Map(variables)
  }

  assign({ name, value, append }: Assignment): void {
    if (value.type !== 'Word') return
    const text = this.textOf(value)
    const before = append === true ? (this.#variables.get(name) ?? '') : ''
    if ((before + text).length <= maxVariableCharacters) this.#variables.set(name, before + text)
  }

  /** More than one where braces or `$IFS` make several of it. */
  of(word: Word | undefined): readonly string[] {
    if (word === undefined) return []
    const [part, ...others] = word.parts ?? []
    if (part?.type === 'BraceExpansion' && others.length === 0 && !/[{}]/.test(part.text.slice(1, -1))) {
      return part.text.slice(1, -1).split(',')
    }
    return this.textOf(word)
      .split(separator)
      .filter((text, _, all) => text !== '' || all.length === 1)
  }

  textOf(word: Word | undefined): string {
    if (word === undefined) return '…'
    return word.parts === undefined ? word.value : this.#join(word.parts, 0)
  }

  #join(parts: readonly WordPart[], depth: number): string {
    if (depth > maxScriptDepth) return '…'
    let text = ''
    for (const part of parts) {
      text += this.#part(part, depth)
      if (text.length > maxFoldedCharacters) return text.slice(0, maxFoldedCharacters)
    }
    return text
  }

  #part(part: WordPart, depth: number): string {
    switch (part.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        return part.value
      case 'Glob':
        return part.text
      case 'DoubleQuoted':
      case 'LocaleString':
        return this.#join(part.parts, depth + 1)
      case 'SimpleExpansion':
        return this.#variable(part.text.replace(/^\$/, ''))
      case 'ParameterExpansion': {
        if (part.prefix !== undefined || part.index !== undefined) return '…'
        if (part.operation === undefined) return this.#variable(part.parameter)
        const known = this.#variables.get(part.parameter)
        if (known !== undefined) return known
        return part.operation.type === 'Default' ? part.operation.operand.value : `$${part.parameter}`
      }
      case 'BraceExpansion':
      case 'ExtendedGlob':
        return part.text
      default:
        return '…'
    }
  }

  #variable(name: string): string {
    if (name === 'IFS') return separator
    if (homeVariables.has(name.toLowerCase())) return '~'
    return this.#variables.get(name) ?? `$${name}`
  }
}

/** Stands for `$IFS`; no shell has it in a word. */
const separator = '\0'

/** Longer values are data; variables made of variables would double with each line. */
const maxVariableCharacters = 4096
