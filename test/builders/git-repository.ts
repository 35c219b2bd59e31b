import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface TestRepository {
  readonly directory: string
  git(...args: string[]): string
  /** Writes files (null deletes, `{ link }` links), commits everything, and returns the sha. */
  commit(files: Readonly<Record<string, string | Buffer | null | { readonly link: string }>>): string
  remove(): void
}

const environment = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@acme.example',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@acme.example',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
}

/** A real repository on the branch `main` in a temporary folder. */
export function aGitRepository(): TestRepository {
  const directory = mkdtempSync(join(tmpdir(), 'lockwarden-git-'))
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: directory, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString()
      .trim()
  git('init', '--quiet', '--initial-branch=main')
  return {
    directory,
    git,
    commit: (files) => {
      for (const [path, content] of Object.entries(files)) writeEntry(join(directory, path), content)
      git('add', '--all', '--force')
      git('commit', '--quiet', '--allow-empty', '--message', 'Change files')
      return git('rev-parse', 'HEAD')
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

function writeEntry(path: string, content: string | Buffer | null | { readonly link: string }): void {
  rmSync(path, { force: true })
  if (content === null) return
  mkdirSync(dirname(path), { recursive: true })
  if (typeof content === 'string' || Buffer.isBuffer(content)) writeFileSync(path, content)
  else symlinkSync(content.link, path)
}
