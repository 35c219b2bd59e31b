import { homedir } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Config from '@npmcli/config'
import npmDefinitions from '@npmcli/config/lib/definitions/index.js'
import { publicRegistry } from './public-registry.js'

/** What the person who runs the program decided about registries. Plain data. */
export interface Operator {
  /** The default registry, with a slash at its end. */
  readonly registry: string
  /** Scope (`@acme`) → registry, with a slash at its end. */
  readonly scopes: Readonly<Record<string, string>>
  /** Hosts, with or without a port, that may be fetched from and may be private. */
  readonly allowedHosts: readonly string[]
  readonly offline: boolean
  /** npm's own options for a connection. Holds credentials: never logged, reported or handed to a child process. */
  readonly connection: Readonly<Record<string, unknown>>
}

export interface OperatorFlags {
  readonly registry?: string
  readonly allowHosts?: readonly string[]
  readonly offline?: boolean
}

/** Bad usage by the operator. Its text never repeats a setting's value, which may hold credentials. */
export class OperatorError extends Error {}

/**
 * Reads flags, `npm_config_*`, and the user and global npmrc, with npm's own code and precedence.
 * The `.npmrc` of the current or reviewed directory is not read: it belongs to whoever wrote the pull request.
 */
export async function readOperator(
  flags: OperatorFlags = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Operator> {
  const settings = await readNpmSettings(env)
  const scopes = Object.entries(settings).flatMap(([key, value]) =>
    /^@[^:]+:registry$/.test(key) && typeof value === 'string'
      ? [[key.slice(0, -':registry'.length), toRegistryUrl(value, `the setting ${key}`)] as const]
      : [],
  )
  const fromNpm = typeof settings.registry === 'string' ? settings.registry : publicRegistry
  const fromEnvironment = (env.LOCKWARDEN_ALLOW_HOSTS ?? '').split(/[\s,]+/).filter((host) => host !== '')
  return {
    registry:
      flags.registry === undefined
        ? toRegistryUrl(fromNpm, "npm's setting registry")
        : toRegistryUrl(flags.registry, '--registry'),
    scopes: Object.fromEntries(scopes),
    allowedHosts: [...(flags.allowHosts ?? []), ...fromEnvironment].map((host) => host.toLowerCase()),
    offline: flags.offline ?? settings.offline === true,
    connection: pickConnection(settings),
  }
}

class OperatorConfig extends Config {
  /** The one source of npm's that is not the operator's. */
  override async loadProjectConfig(): Promise<void> {
    this.localPrefix = this.cwd
  }
}

async function readNpmSettings(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Record<string, unknown>>> {
  const config = new OperatorConfig({
    ...npmDefinitions,
    // npm's builtin npmrc lies there; this module's folder has none, as an npm of its own would.
    npmPath: dirname(fileURLToPath(import.meta.url)),
    argv: [],
    // npm writes into what it is given.
    env: { ...env },
    cwd: env.HOME ?? homedir(),
    warn: false,
  })
  await config.load()
  return config.flat
}

const connectionSettings = [
  'ca',
  'cert',
  'key',
  'httpsProxy',
  'proxy',
  'noProxy',
  'strictSSL',
  'localAddress',
] as const satisfies readonly string[]

function pickConnection(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const credentials = Object.entries(settings).filter(([key]) => key.startsWith('//'))
  const connection = connectionSettings.map((key) => [key, settings[key]] as const)
  return Object.fromEntries([...credentials, ...connection.filter(([, value]) => value !== undefined)])
}

function toRegistryUrl(text: string, source: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new OperatorError(`${source} is not an http or https address`)
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}
