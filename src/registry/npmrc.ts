/**
 * The `@scope:registry=` lines of a reviewed repository's `.npmrc`: scope → what is written there. They say what to expect
 * and are never configuration. Variables are not replaced, so that no environment leaks into an address.
 */
export function parseNpmrcScopes(text: string): ReadonlyMap<string, string> {
  const scopes = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const equals = line.indexOf('=')
    const key = unquote(line.slice(0, Math.max(equals, 0)).trim())
    if (!key.startsWith('@') || !key.endsWith(':registry')) continue
    scopes.set(key.slice(0, -':registry'.length), unquote(line.slice(equals + 1).trim()))
  }
  return scopes
}

const unquote = (text: string): string =>
  text.length > 1 && (text[0] === '"' || text[0] === "'") && text.at(-1) === text[0] ? text.slice(1, -1) : text
