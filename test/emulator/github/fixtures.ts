import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The demo runs from `.build`, tests from the sources: both find the repository by its package.json. */
export function repositoryRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory)
  return directory
}

export function readFixture(name: string): string {
  return readFileSync(join(repositoryRoot(), 'test/fixtures/github', name), 'utf8')
}
