import semver from 'semver'
import { foldersAbove } from '../../lockfile/project-files.js'
import type { Registry } from '../../registry/registry.js'
import { projectFolder } from './configuration-paths.js'
import type { McpServer, StartedPackage } from './mcp-server.js'
import { pickVersion } from './npm-specifier.js'

/** Which version each npm package would run today. Of what the registry does not say, the version stays absent. */
export async function resolveStarted(
  servers: readonly McpServer[],
  registry: Registry,
  signal: AbortSignal | undefined,
): Promise<readonly McpServer[]> {
  return Promise.all(
    servers.map(async (server) => ({
      ...server,
      started: await Promise.all(server.started.map((started) => resolve(started, registry, signal))),
    })),
  )
}

async function resolve(
  started: StartedPackage,
  registry: Registry,
  signal: AbortSignal | undefined,
): Promise<StartedPackage> {
  const { source, name, range, exact, variable, inProject } = started
  if (source !== 'npm' || variable || inProject) return started
  if (exact) return { ...started, resolved: semver.valid(range, { loose: true }) ?? range }
  const published = await registry.versions(name, signal)
  const resolved = published.known ? pickVersion(published.value, range) : undefined
  return resolved === undefined ? started : { ...started, resolved }
}

/** Whether the manifest of a folder of the repository names a package as a dependency. */
export type ManifestNames = (folder: string, name: string) => Promise<boolean>

/** Marks what a runner takes from the project itself: a name without version that a manifest at or above holds. */
export async function markInProject(server: McpServer, names: ManifestNames): Promise<McpServer> {
  const folders = foldersAbove(projectFolder(server.file))
  const holds = async (name: string): Promise<boolean> => {
    for (const folder of folders) if (await names(folder, name)) return true
    return false
  }
  const started = await Promise.all(
    server.started.map(async (one): Promise<StartedPackage> => {
      const mayBe = one.source === 'npm' && one.looksAtProject && one.range === '' && !one.variable
      return mayBe && (await holds(one.name)) ? { ...one, inProject: true } : one
    }),
  )
  return { ...server, started }
}
