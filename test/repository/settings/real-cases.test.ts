import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { settingsReaders } from '../../../src/repository/settings/readers.js'

const folders = ['pm-config', 'requirements', 'mcp-config']

/** The archive unpacked, or null with the reason printed. */
function unpack(): string | null {
  const archive = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'posture.tar.xz')
  if (!existsSync(archive)) {
    console.log(`skipped: real settings are not there (${archive}); set LOCKWARDEN_CASES`)
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-posture-'))
  execFileSync('tar', ['-xf', archive, '-C', folder, '--wildcards', ...folders.map((name) => `*/${name}/*`)])
  return folder
}

const root = unpack()

afterAll(() => {
  if (root !== null) rmSync(root, { recursive: true })
})

/** `owner_repository__path__to__file` is how the archive names them. */
const readAll = (folder: string) =>
  folders.flatMap((part) =>
    readdirSync(join(folder, 'posture', part)).flatMap((name) => {
      const path = name.split('__').slice(1).join('/')
      const text = readFileSync(join(folder, 'posture', part, name), 'utf8')
      return settingsReaders
        .filter((reader) => reader.matches(path))
        .map((reader) => ({ name, part, ...reader.read(path, text, () => false) }))
    }),
  )

describe('real settings', () => {
  const real = root === null ? it.skip : it

  real('are all read to their end', () => {
    const all = readAll(root ?? '')
    expect(all.filter(({ broken, cut }) => broken !== undefined || cut !== undefined)).toEqual([])
    const counts = (part: string) => all.filter((one) => one.part === part)
    expect(counts('pm-config').filter(({ settings = [] }) => settings.length > 0).length).toBeGreaterThan(30)
    expect(counts('requirements').flatMap(({ python = [] }) => python).length).toBeGreaterThan(15)
    expect(counts('mcp-config').flatMap(({ automatic = [] }) => automatic).length).toBeGreaterThan(5)
  })

  real('ask for packages in every requirements file', () => {
    const manifests = readAll(root ?? '').flatMap(({ python = [] }) => python)
    expect(manifests.filter(({ requirements, includes }) => requirements.length + includes.length === 0)).toEqual([])
  })
})
