import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix, resolve } from 'node:path'

export type Files = Readonly<Record<string, string>>

/** A real file or a real change of workflows, with the files of its repository that explain it. */
export interface PostureCase {
  /** Its path in the collection, up to `base` and `head` where it has both. */
  readonly id: string
  /** The account that the repository belongs to, which GitHub says of each. */
  readonly owner: string
  /** Absent where one file is looked at as it stands. */
  readonly before?: Files
  readonly after: Files
  /** The files that are judged; what explains them is not. */
  readonly judged: ReadonlySet<string>
}

/** Files of a repository's root that say which package manager it has, and how that is set. */
const explaining = [
  'package.json',
  '.npmrc',
  '.yarnrc.yml',
  'yarn.lock',
  'package-lock.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'bun.lock',
]

/** All real files, or the reason why there are none. The two archives are unpacked into a folder of their own, which is gone afterwards. */
export function readPostureCases(): readonly PostureCase[] | { readonly missing: string } {
  const cases = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases')
  const [posture, lockfiles] = [join(cases, 'posture.tar.xz'), join(cases, 'lockfiles.tar.xz')]
  const missing = [posture, lockfiles].find((archive) => !existsSync(archive))
  if (missing !== undefined) return { missing: `real files are not there (${missing}); set LOCKWARDEN_CASES` }
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-posture-'))
  try {
    execFileSync('tar', ['-xf', posture, '-C', folder])
    const wanted = explaining.map((file) => `lockfiles/*/*/head/${file}`)
    execFileSync('tar', ['-xf', lockfiles, '-C', folder, '--wildcards', '--no-wildcards-match-slash', ...wanted])
    return [...singleFiles(folder), ...changes(folder)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function singleFiles(folder: string): readonly PostureCase[] {
  return ['workflows', 'dockerfiles', 'pm-config', 'requirements', 'mcp-config'].flatMap((kind) =>
    namesIn(join(folder, 'posture', kind)).map((name): PostureCase => {
      const { repository, path } = placeOf(name)
      const text = readFileSync(join(folder, 'posture', kind, name), 'utf8')
      return {
        id: posix.join(kind, name),
        owner: ownerOf(repository),
        after: { ...rootOf(folder, repository), [path]: text },
        judged: new Set([path]),
      }
    }),
  )
}

function changes(folder: string): readonly PostureCase[] {
  const root = join(folder, 'posture', 'workflow-changes')
  return namesIn(root).flatMap((repository) =>
    namesIn(join(root, repository)).map((number): PostureCase => {
      const [base, head] = (['base', 'head'] as const).map((side) => filesBelow(join(root, repository, number, side)))
      const around = rootOf(folder, repository)
      const after = { ...around, ...head }
      return {
        id: posix.join('workflow-changes', repository, number),
        owner: ownerOf(repository),
        before: { ...around, ...base },
        after,
        judged: new Set(Object.keys(after)),
      }
    }),
  )
}

/** `owner_name__path__to__file`: the first `_` parts owner from name, and a folder `__fixtures__` keeps its underscores. */
function placeOf(name: string): { readonly repository: string; readonly path: string } {
  const [repository = '', ...rest] = name.split('__')
  const path = rest.join('__').replace(/__?__(fixtures)__(?:__)?/g, '/\0$1\0/')
  return {
    repository: repository.replace('_', '+'),
    path: path.replaceAll('__', '/').replaceAll('\0', '__').replace(/\/+/g, '/'),
  }
}

const ownerOf = (repository: string): string => repository.split('+')[0] ?? ''

/** Of the newest commit of the repository that the other archive has. */
function rootOf(folder: string, repository: string): Files {
  const at = join(folder, 'lockfiles', repository)
  const newest = existsSync(at) ? namesIn(at).at(-1) : undefined
  return newest === undefined ? {} : filesBelow(join(at, newest, 'head'))
}

const namesIn = (folder: string): readonly string[] => readdirSync(folder).sort()

function filesBelow(folder: string): Files {
  if (!existsSync(folder)) return {}
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [posix.relative(folder, path), readFileSync(path, 'utf8')]
    }),
  )
}
