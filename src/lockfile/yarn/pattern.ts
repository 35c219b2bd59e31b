/** What a lockfile of Yarn is keyed by: a name and what was asked of it. Classic Yarn says pattern, later ones descriptor. */
export interface Pattern {
  readonly name: string
  /** `''` where the text is a name alone. */
  readonly range: string
}

/** Cuts at the first `@` that is not a scope's. */
export function splitPattern(text: string): Pattern {
  const at = text.indexOf('@', 1)
  return at === -1 ? { name: text, range: '' } : { name: text.slice(0, at), range: text.slice(at + 1) }
}

// Whether what is named is a name is for who takes it to find out.
const alias = /^npm:(@?[^@]+)@(.+)$/s

/** What `npm:other@^1` installs under another name; null for a plain `npm:^1` and everything else. */
export function aliasTarget(range: string): Pattern | null {
  // Nearly every range is a plain one, and this is asked for every key.
  if (!range.startsWith('npm:')) return null
  const found = alias.exec(range)
  return found === null ? null : { name: found[1] ?? '', range: found[2] ?? '' }
}

/** Whether a text can be no name at all, which is more than a path in it: registries have none with blanks, commas or quotes. */
export const isNoName = (name: string): boolean => /[\s,"']/.test(name)

/** A name that cannot be anything but one. Narrower than what is allowed, for passing over nearly all names quickly. */
export const isOrdinaryName = (name: string): boolean => ordinaryName.test(name)

const ordinaryName = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9](?:[a-z0-9.-]|_(?!_))*$/i
