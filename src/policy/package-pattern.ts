/**
 * Whether a package name is one that a pattern of a policy means: `*` stands for any characters but `/`, and `*` alone
 * for every name. Takes linear time, whatever the pattern.
 */
export function matchesPackage(pattern: string, name: string): boolean {
  if (pattern === '*') return true
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === name
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false
  // Each part as far left as it goes leaves the most room for the next one, so one pass decides.
  let position = first.length
  const end = name.length - last.length
  for (const part of rest) {
    const found = name.indexOf(part, position)
    if (found === -1 || found + part.length > end) return false
    position = found + part.length
  }
  return slashes(name) === slashes(pattern)
}

const slashes = (text: string): number => text.split('/').length - 1
