import { posix } from 'node:path'
import type { Requirement } from '../dependency-graph.js'
import { parseManifest } from '../manifest.js'
import { folderOf } from '../npm/npm-lockfile.js'
import { isRecord } from '../npm/raw-entry.js'
import { findWorkspaces } from '../workspaces.js'
import { type Resolution, resolutionsIn } from './resolutions.js'

/** The project of a lockfile, or one of its workspaces, by its manifest. */
export interface OwnPackage {
  /** Relative to the repository's root. */
  readonly folder: string
  readonly name?: string
  readonly version?: string
  readonly requirements: readonly Requirement[]
}

export interface OwnPackages {
  /** The project first; empty where the manifest beside the lockfile is not there or not readable. */
  readonly packages: readonly OwnPackage[]
  readonly resolutions: readonly Resolution[]
}

/** What the manifests say that belong to the lockfile in `file`: the one beside it and those of its workspaces. */
export function readOwnPackages(file: string, manifests: ReadonlyMap<string, string>): OwnPackages {
  const folder = folderOf(file)
  const path = posix.join(folder, 'package.json')
  const top = readOwnPackage(path, manifests)
  if (top === null) return { packages: [], resolutions: [] }
  const candidates = [...manifests.keys()].filter((one) => posix.basename(one) === 'package.json').map(folderOf)
  const workspaces = findWorkspaces(folder, top.workspaces, candidates)
    .folders.map((one) => readOwnPackage(posix.join(one, 'package.json'), manifests))
    .filter((one) => one !== null)
  return { packages: [top, ...workspaces], resolutions: top.resolutions }
}

function readOwnPackage(
  path: string,
  manifests: ReadonlyMap<string, string>,
): (OwnPackage & { readonly workspaces: readonly string[]; readonly resolutions: readonly Resolution[] }) | null {
  const text = manifests.get(path)
  const manifest = text === undefined ? null : parseManifest(path, text)
  // A broken manifest is a gap of whoever read it for the review; here it is as if there were none.
  if (text === undefined || manifest?.known !== true) return null
  const raw: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
  const version = isRecord(raw) ? raw.version : undefined
  const { name, requirements, workspaces } = manifest.value
  return {
    folder: folderOf(path),
    ...(name === undefined ? {} : { name }),
    ...(typeof version === 'string' ? { version } : {}),
    requirements,
    workspaces,
    resolutions: resolutionsIn(raw),
  }
}
