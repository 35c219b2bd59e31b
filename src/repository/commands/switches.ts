/** The words of a command line, as most programs split them. */
export interface Switches {
  /** `--prefix web` and `-C web` under `prefix`; a switch without a value has `''`. Of one that is there twice, both. */
  readonly named: ReadonlyMap<string, readonly string[]>
  /** What is no switch and no switch's value, up to `--`. */
  readonly plain: readonly string[]
  /** What stands behind `--`; absent without one. */
  readonly rest?: readonly string[]
}

/** Which switches of a program take the next word. */
export interface SwitchNames {
  /** Long names without dashes. */
  readonly valued: ReadonlySet<string>
  /** One letter → its long name. */
  readonly short: ReadonlyMap<string, string>
  /** Plain words after which nothing more is a switch: what a runner starts has its own. */
  readonly stopAfter?: number
}

/** More on one line nobody types. */
const maxWords = 2_000

export function readSwitches(words: readonly string[], { valued, short, stopAfter }: SwitchNames): Switches {
  const named = new Map<string, string[]>()
  const plain: string[] = []
  const add = (name: string, value: string): void => {
    named.set(name, [...(named.get(name) ?? []).slice(-maxAlike), value])
  }
  const all = words.slice(0, maxWords)
  for (let at = 0; at < all.length; at += 1) {
    const word = all[at] ?? ''
    if (word === '--') return { named, plain, rest: all.slice(at + 1) }
    if (stopAfter !== undefined && plain.length >= stopAfter) return { named, plain, rest: all.slice(at) }
    const [, dashes, written = '', sign, value = ''] = /^(--?)([A-Za-z][\w.:-]{0,99})(=)?([\s\S]*)$/.exec(word) ?? []
    if (dashes === undefined || (sign === undefined && value !== '')) {
      if (!word.startsWith('-') || word === '-') plain.push(word)
      continue
    }
    const name = dashes === '-' ? (short.get(written) ?? written) : written
    if (sign !== undefined) add(name, value)
    else if (valued.has(name)) {
      at += 1
      add(name, all[at] ?? '')
    } else add(name, '')
  }
  return { named, plain }
}

/** A requirements file may be given some dozen times, no switch more often. */
const maxAlike = 100

/** Whether a switch is on: `--x`, `--x=true`, and not `--x=false`, `--no-x` after it. Undefined where it is not there. */
export function isOn({ named }: Switches, ...names: readonly string[]): boolean | undefined {
  for (const name of names) {
    if (named.has(`no-${name}`)) return false
    const value = named.get(name)?.at(-1)
    if (value !== undefined) return !/^(?:false|0|no|off)$/i.test(value)
  }
  return undefined
}

export const lastOf = ({ named }: Switches, ...names: readonly string[]): string | undefined =>
  names.map((name) => named.get(name)?.at(-1)).find((value) => value !== undefined)

export const allOf = ({ named }: Switches, name: string): readonly string[] => named.get(name) ?? []

/** What an environment says about something that is on or off. */
export function isSet(environment: ReadonlyMap<string, string>, ...names: readonly string[]): boolean | undefined {
  for (const name of names) {
    const value = environment.get(name)
    if (value !== undefined && value !== '…') return !/^(?:false|0|no|off|)$/i.test(value)
  }
  return undefined
}
