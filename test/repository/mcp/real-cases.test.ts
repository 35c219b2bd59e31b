import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { isMcpConfiguration } from '../../../src/repository/mcp/configuration-paths.js'
import { readConfiguration } from '../../../src/repository/mcp/read-configuration.js'
import { parseSettings } from '../../../src/repository/settings/parse-settings.js'

/** The archive unpacked, or null with the reason printed. */
function unpack(): string | null {
  const archive = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'posture.tar.xz')
  if (!existsSync(archive)) {
    console.log(`skipped: real settings of assistants are not there (${archive}); set LOCKWARDEN_CASES`)
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-settings-'))
  execFileSync('tar', ['-xf', archive, '-C', folder, '--wildcards', '*/mcp-config/*'])
  return folder
}

const folder = unpack()

afterAll(() => {
  if (folder !== null) rmSync(folder, { recursive: true })
})

/** Of each file that clients read: what was read of it. `owner_repository__path__to__file` is how the archive names them. */
function readAll(root: string) {
  const at = join(root, 'posture/mcp-config')
  return readdirSync(at)
    .map((name) => ({ name, path: name.split('__').slice(1).join('/') }))
    .filter(({ path }) => isMcpConfiguration(path))
    .map(({ name, path }) => {
      const { value, broken } = parseSettings(path, readFileSync(join(at, name), 'utf8'))
      return { name, broken, ...readConfiguration(path, value) }
    })
}

describe('real settings of assistants', () => {
  // Read by a person: these three name a server each, two of them their own, and none approves anything.
  const itReal = folder === null ? it.skip : it
  itReal('are read to their end, with the servers that they name and no approval that they do not give', () => {
    const all = readAll(folder ?? '')
    expect(all.length).toBeGreaterThan(5)
    expect({
      broken: all.filter(({ broken }) => broken !== undefined).map(({ name }) => name),
      approvals: all.flatMap(({ approvals }) => approvals),
      started: all.flatMap(({ servers }) =>
        servers.flatMap(({ started }) => started.map(({ name, range }) => `${name}@${range}`)),
      ),
    }).toEqual({
      broken: [],
      approvals: [],
      started: ['firebase-tools@', '@upstash/context7-mcp@', '@wonderwhy-er/desktop-commander@latest'],
    })
  })
})
