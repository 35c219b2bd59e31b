import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { lockfileNames, type WrittenProject, writeLockfile, writtenFormats } from '../builders/lockfile-writers.js'

/** A lockfile from which mutated ones are made. */
export interface Seed {
  readonly name: string
  /** File name, which tells the format. */
  readonly file: string
  readonly text: string
}

const project: WrittenProject = {
  dependencies: { a: '^1.0.0', '@s/b': '~2.1.0', alias: 'npm:c@3.0.0-rc.1' },
  packages: {
    a: { version: '1.4.2', dependencies: { '@s/b': '^2.0.0', d: '*' } },
    '@s/b': { version: '2.1.9' },
    alias: { name: 'c', version: '3.0.0-rc.1', dependencies: { d: '>=1 <3' } },
    d: { version: '1.0.0', resolved: `git+ssh://git@git.acme.example/o/d.git#${'4f'.repeat(20)}` },
  },
}

/** One small lockfile of every format that the tests can write. */
export const writtenSeeds = (): Seed[] =>
  writtenFormats.map((format) => ({ name: format, file: lockfileNames[format], text: writeLockfile(format, project) }))

const patterns = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock']

/** Every real lockfile of at most so many bytes, each once, in the order of their names; null where there are none. */
export function realSeeds(maxBytes: number): Seed[] | null {
  const archive = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'lockfiles.tar.xz')
  if (!existsSync(archive)) {
    console.log(`skipped: real lockfiles are not there (${archive}); set LOCKWARDEN_CASES`)
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-fuzz-'))
  try {
    execFileSync('tar', ['-xf', archive, '-C', folder, '--wildcards', ...patterns.map((name) => `*/${name}`)])
    return readSeeds(folder, maxBytes)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readSeeds(folder: string, maxBytes: number): Seed[] {
  const seen = new Set<string>()
  const seeds: Seed[] = []
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name)
    if (!patterns.includes(basename(name)) || statSync(path).size > maxBytes || !statSync(path).isFile()) continue
    const text = readFileSync(path, 'utf8')
    const digest = createHash('sha256').update(text).digest('hex')
    if (!seen.has(digest)) seeds.push({ name, file: basename(name), text })
    seen.add(digest)
  }
  return seeds
}
