import { npmSpecifier } from '../mcp/npm-specifier.js'

/** A package that a command names. */
export interface CommandPackage {
  readonly ecosystem: 'npm' | 'pypi' | 'go'
  /** As written. */
  readonly text: string
  /** Where it comes from: an index by its name, or an address; `unknown` where only a running shell knows. */
  readonly source: 'registry' | 'git' | 'address' | 'folder' | 'unknown'
  readonly name: string
  /** What stands behind the name: `1.2.3`, `^1`, `latest`, `==1.2`; empty for nothing. */
  readonly range: string
  /** Only one thing can be meant: one version, one commit. */
  readonly exact: boolean
}

const sources = { npm: 'registry', 'npm-git': 'git', 'npm-address': 'address' } as const

/** `eslint`, `@scope/name@1.2.3`, `github:a/b#commit`, `./x.tgz`, as npm and those that follow it read them. */
export function npmPackage(text: string): CommandPackage {
  const named = (source: CommandPackage['source'], name = text, range = '', exact = false): CommandPackage => ({
    ecosystem: 'npm',
    text,
    source,
    name,
    range,
    exact,
  })
  if (/^\.{0,2}\/|^\.{1,2}$|^~|^file:|^link:|^portal:|^workspace:|^[a-z]:\\/i.test(text)) return named('folder')
  const at = text.indexOf('@', 1)
  const [name, range] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  if (isFilledIn(name)) return named('unknown', text)
  // A version that somebody computes is one version, though nobody here knows which: who wrote it did not leave it open.
  if (isFilledIn(range)) return named('unknown', name, range)
  const specified = npmSpecifier(text)
  if (specified === undefined) return named('folder')
  const source = specified.source in sources ? sources[specified.source as keyof typeof sources] : 'unknown'
  return named(specified.variable ? 'unknown' : source, specified.name, specified.range, specified.exact)
}

const isFilledIn = (text: string): boolean => /[…$%*`]|\{\{/.test(text.replace(/^\*$/, ''))

/** `requests`, `requests[x]==2.1; python_version > "3"`, `git+https://…@commit`, `./dist/x.whl`; of uv's tools `ruff@0.5.0` too. */
export function pythonPackage(text: string): CommandPackage {
  const named = (source: CommandPackage['source'], name: string, range = '', exact = false): CommandPackage => ({
    ecosystem: 'pypi',
    text,
    source,
    name,
    range,
    exact,
  })
  if (/^git\+|^(?:hg|svn|bzr)\+/.test(text)) return named('git', text, '', /@[0-9a-f]{40}(?:#|$)/.test(text))
  if (/^\w{1,10}:\/\//.test(text)) return named('address', text)
  if (/^\.{0,2}\/|^\.{1,2}(?:$|\[)|^~|\.(?:whl|tar\.gz|zip)$/.test(text)) return named('folder', text)
  const [, name = '', rest = ''] =
    /^([A-Za-z0-9][\w.-]{0,200})(?:\[[^\]]{0,500}\])?\s{0,20}([\s\S]{0,2000})$/.exec(text) ?? []
  if (name === '' || isFilledIn(name)) return named('unknown', text)
  const range = (rest.split(';')[0] ?? '').trim()
  if (isFilledIn(range.replace(/\.\*/g, ''))) return named('unknown', name, range)
  if (range.startsWith('@')) {
    const version = range.slice(1).trim()
    if (/^git\+/.test(version)) return named('git', name, range, /@[0-9a-f]{40}(?:#|$)/.test(version))
    return named(version.includes('://') ? 'address' : 'registry', name, version, /^\d[\w.!+-]{0,99}$/.test(version))
  }
  return named('registry', name, range, /^={2,3}\s{0,5}[\w.!+-]{1,100}$/.test(range))
}
