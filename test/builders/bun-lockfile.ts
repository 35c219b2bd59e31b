import { integrityOf } from './lockfile.js'

export interface BunLockfileOptions {
  readonly lockfileVersion?: unknown
  /** By folder; `''` is the root, which asks for every top-level package where it is not given. */
  readonly workspaces?: Readonly<Record<string, unknown>>
  /** By path (`a`, `a/b`); a text is the version, which stands with an empty info and a digest of `name@version`. */
  readonly packages?: Readonly<Record<string, unknown>>
}

/** The text of a bun.lock as Bun writes it: one line for each package, commas after the last member. */
export function aBunLockfile({ lockfileVersion = 1, workspaces, packages = {} }: BunLockfileOptions = {}): string {
  const top = Object.keys(packages).filter((path) => path.split('/').length === (path.startsWith('@') ? 2 : 1))
  const root = { name: 'project', dependencies: Object.fromEntries(top.map((name) => [name, '*'])) }
  const lines = Object.entries(packages).map(
    ([path, given]) => `    ${JSON.stringify(path)}: ${JSON.stringify(aTuple(path, given))},`,
  )
  return [
    '{',
    `  "lockfileVersion": ${JSON.stringify(lockfileVersion)},`,
    `  "workspaces": ${JSON.stringify(workspaces ?? { '': root }, null, 2).replaceAll('\n', '\n  ')},`,
    '  "packages": {',
    lines.join('\n\n'),
    '  }',
    '}',
    '',
  ].join('\n')
}

function aTuple(path: string, given: unknown): unknown {
  if (typeof given !== 'string') return given
  const name = /(?:@[^/]+\/)?[^/]+$/.exec(path)?.[0] ?? path
  return [`${name}@${given}`, '', {}, integrityOf(`${name}@${given}`)]
}
