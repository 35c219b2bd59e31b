import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { type NpmRegistryOptions, openNpmRegistry } from '../../src/registry/npm-registry.js'
import type { Operator } from '../../src/registry/operator.js'
import type { Registry } from '../../src/registry/registry.js'
import {
  type PublishedPackage,
  startRegistry,
  type TestRegistry,
  type TestRegistryOptions,
} from '../emulator/registry.js'
import { buildTarball } from './tarball.js'

/** An operator without credentials, proxies or scopes. */
export function anOperator(overrides: Partial<Operator> = {}): Operator {
  return {
    registry: 'https://registry.example/',
    scopes: {},
    allowedHosts: [],
    offline: false,
    connection: {},
    ...overrides,
  }
}

export const sriOf = (algorithm: string, bytes: Buffer): string =>
  `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`

/** One honest version with a package.json of its own. */
export async function aPublishedPackage(name: string, version: string): Promise<PublishedPackage> {
  const tarball = await buildTarball({ 'package.json': JSON.stringify({ name, version }) })
  return { versions: { [version]: { tarball } } }
}

export async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export interface RegistryWithServer {
  readonly server: TestRegistry
  readonly registry: Registry
}

/** Our registry with a test registry as its default one; both end when `test` does. */
export async function withRegistry<T>(
  options: TestRegistryOptions & { readonly ours?: Partial<NpmRegistryOptions> },
  test: (both: RegistryWithServer) => Promise<T>,
): Promise<T> {
  const { ours, ...theirs } = options
  const server = await startRegistry(theirs)
  const registry = openNpmRegistry({
    concurrency: 4,
    ...ours,
    operator: anOperator({ registry: server.url, ...ours?.operator }),
    limits: { retryDelayMs: 1, idleMs: 2_000, ...ours?.limits },
  })
  try {
    return await test({ server, registry })
  } finally {
    await server.close()
  }
}
