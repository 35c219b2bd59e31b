import { createHash } from 'node:crypto'
import { buildTarball, type TarballFiles } from '../builders/tarball.js'
import { startRegistry, type TestRegistry } from '../emulator/registry.js'

export const acmeName = '@acme/log-relay'

/** One version of the package that turns bad, and how a lockfile names it. */
interface AcmeVersion {
  readonly version: string
  readonly manifest: Readonly<Record<string, unknown>>
  readonly tarball: Buffer
}

export interface AcmeRegistry {
  readonly registry: TestRegistry
  /** The lockfile's entry for a version, as npm would write it. */
  lockfileEntry(version: string): Readonly<Record<string, unknown>>
}

const inert = `// Here an attacker's program would begin, on every machine that installs this package:
// it would look for tokens and send them away. This one does nothing.
`

/** The magic bytes of a Linux program, and nothing behind them. */
const program = Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(57)])

/** A registry for one scope on loopback, with an honest release and one that turned bad. Nothing in them does anything. */
export async function startAcmeRegistry(): Promise<AcmeRegistry> {
  const code = { 'index.js': 'export const relay = (line) => line\n', 'README.md': '# Log relay\n' }
  const added = { 'lib/setup.js': inert, 'lib/relay-linux-x64.node': program }
  const versions = [
    await packVersion('1.4.2', {}, code),
    await packVersion('1.4.3', { scripts: { postinstall: 'node lib/setup.js' } }, { ...code, ...added }),
  ]
  const published = versions.map(({ version, manifest, tarball }) => [version, { manifest, tarball }])
  const registry = await startRegistry({ packages: { [acmeName]: { versions: Object.fromEntries(published) } } })
  return {
    registry,
    lockfileEntry(version) {
      const found = versions.find((one) => one.version === version)
      if (!found) throw new Error(`${acmeName} has no version ${version}`)
      const integrity = `sha512-${createHash('sha512').update(found.tarball).digest('base64')}`
      const resolved = `${registry.url}${acmeName}/-/log-relay-${version}.tgz`
      return { version, resolved, integrity, ...(found.manifest.scripts !== undefined && { hasInstallScript: true }) }
    },
  }
}

async function packVersion(version: string, extra: object, files: TarballFiles): Promise<AcmeVersion> {
  const manifest = { name: acmeName, version, type: 'module', main: 'index.js', ...extra }
  const tarball = await buildTarball({ 'package.json': `${JSON.stringify(manifest, null, 2)}\n`, ...files })
  return { version, manifest, tarball }
}
