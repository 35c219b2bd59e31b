import { maxRecipeCharacters } from '../../limits.js'

/** `$$`, `$@`, `$(NAME)`, `${NAME}`, `$(shell npm bin)`, and any other function as far as its own parentheses are closed. */
const reference =
  /\$(?:(\$)|[({]([\w.-]{1,200})[)}]|\(shell\s([^()]{0,2000})\)|\((?:[^()\n]|\([^()\n]{0,1000}\)){0,1000}\)|([^\s({]))/g

const maxDepth = 10

/** What a Makefile's variables hold, as far as they are written down. */
export class MakefileVariables {
  readonly #values = new Map<string, string>()
  /** Those that its commands find in their environment. */
  readonly #exported = new Set<string>()
  /** What may still be put in. */
  #room = maxRecipeCharacters

  assign(name: string, sign: string, value: string): void {
    const before = this.#values.get(name)
    if (sign === '?=' && before !== undefined) return
    const whole = sign === '+=' && before !== undefined ? `${before} ${value}` : value
    if (sign === '!=') this.#values.set(name, '…')
    else if (whole.length <= maxRecipeCharacters) this.#values.set(name, whole)
  }

  export(name: string): void {
    this.#exported.add(name)
  }

  environment(): ReadonlyMap<string, string> {
    const pairs = [...this.#exported].flatMap((name) => {
      const value = this.#values.get(name)
      return value === undefined ? [] : [[name, this.expand(value)] as const]
    })
    return new Map(pairs)
  }

  /** With the values in place of the names; what `make` itself would have to compute is `…`. */
  expand(text: string): string {
    return this.#expand(text, 0)
  }

  /** For `PlacedText.replaced`, which keeps the lines. */
  get reference(): RegExp {
    return reference
  }

  valueOf(matched: ArrayLike<string | undefined>): string {
    return this.#value(matched, 0)
  }

  #expand(text: string, depth: number): string {
    if (depth > maxDepth) return '…'
    return text.replace(reference, (...matched) => this.#value(matched, depth))
  }

  #value(matched: ArrayLike<string | undefined>, depth: number): string {
    const [, dollar, name, command] = Array.from(matched)
    if (dollar !== undefined) return '$'
    if (name === 'MAKE') return 'make'
    const written = name === undefined ? undefined : this.#values.get(name)
    // Make takes its variables from the environment too.
    if (name !== undefined && written === undefined) return `\${${name.replace(/\W/g, '_')}}`
    const text = written ?? (command === undefined ? undefined : `$(${command})`)
    if (text === undefined || text.length > this.#room) return '…'
    this.#room -= text.length
    return written === undefined ? `$(${this.#expand(command ?? '', depth + 1)})` : this.#expand(text, depth + 1)
  }
}
