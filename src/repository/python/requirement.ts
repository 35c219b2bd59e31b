/** One requirement of a Python package, by PEP 508, or an address by itself. */
export interface Requirement {
  /** As PyPI compares names: lower case, `-` for runs of `-`, `_` and `.`; empty where only an address says what it is. */
  readonly name: string
  /** `==1.2.3`, an address, or empty. */
  readonly specifier: string
  readonly hashes: number
}

export const normalizeName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

/** Undefined for what is no requirement. Environment markers are left out: a package that only some machines install is installed. */
export function parseRequirement(text: string): Requirement | undefined {
  const hashes = text.match(/(?:^|\s)--hash[=\s]/g)?.length ?? 0
  const bare = text.replace(/\s--[a-z-]+[=\s].*$/s, '').trim()
  if (/^(?:[a-z][a-z+]*:\/\/|\.{0,2}\/|git@)/i.test(bare) || bare === '.') {
    return { name: normalizeName(/[#&]egg=([\w.-]+)/.exec(bare)?.[1] ?? ''), specifier: bare, hashes }
  }
  const match = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s.exec(bare)
  if (match === null) return undefined
  const rest = match[2] ?? ''
  const specifier = rest.startsWith('@') ? (rest.slice(1).split(/\s;/)[0] ?? '') : (rest.split(';')[0] ?? '')
  const trimmed = specifier.trim().replace(/^\((.*)\)$/, '$1')
  if (trimmed !== '' && !rest.startsWith('@') && !/^[<>=!~]/.test(trimmed)) return undefined
  return { name: normalizeName(match[1] ?? ''), specifier: trimmed.trim(), hashes }
}
