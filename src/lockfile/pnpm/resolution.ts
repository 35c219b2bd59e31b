import type { SourceKind } from '../dependency-graph.js'
import { gitOfArchive, sourceOfAddress } from '../source.js'
import type { DependencyPath } from './dependency-path.js'
import { isMap, isText, showValue, type YamlMap, type YamlValue } from './yaml-tree.js'

/** Where one entry's bytes come from. */
export interface Resolution {
  readonly source: SourceKind
  readonly resolved?: string
  readonly integrity?: string
  /** Lines of what is stated. */
  readonly resolvedLine?: number
  readonly integrityLine?: number
}

/** What is wrong with a resolution that cannot be taken. */
export interface Unresolved {
  readonly seen: string
}

/** One for each set of bytes: only runtimes (`node@runtime:`) have several, one a platform. */
export type Resolutions = readonly Resolution[] | Unresolved

const textFields = ['tarball', 'integrity', 'repo', 'commit', 'directory', 'url', 'registry', 'path'] as const

export function readResolution(value: YamlValue | undefined, path: DependencyPath): Resolutions {
  if (!isMap(value)) return { seen: `resolution: ${showValue(value)}` }
  if (value.size === 1 && value.keyAt(0) === 'integrity' && isText(value.valueAt(0))) {
    return [registryResolution(value, path)]
  }
  const wrong = textFields.find((field) => value.get(field) !== undefined && !isText(value.get(field)))
  if (wrong !== undefined) return { seen: `resolution.${wrong}: ${showValue(value.get(wrong))}` }
  const type = value.get('type')
  if (type === 'variations') return readVariants(value)
  const found = type === undefined ? untypedResolution(value, path) : typedResolution(value, type)
  return found === null ? { seen: `resolution: ${showValue(value)}, type ${showValue(type)}` } : [found]
}

const textOf = (map: YamlMap, key: string): string | undefined => {
  const value = map.get(key)
  return isText(value) ? value : undefined
}

/** A resolution with the fields that are there, and their lines. */
function resolution(map: YamlMap, source: SourceKind, resolved: string | undefined, field: string): Resolution {
  const integrity = textOf(map, 'integrity')
  const [resolvedLine, integrityLine] = [map.lineOf(field), map.lineOf('integrity')]
  return {
    source,
    ...(resolved === undefined ? {} : { resolved }),
    ...(integrity === undefined ? {} : { integrity }),
    ...(resolvedLine === undefined ? {} : { resolvedLine }),
    ...(integrityLine === undefined ? {} : { integrityLine }),
  }
}

function registryResolution(map: YamlMap, path: DependencyPath): Resolution {
  const base = { source: 'registry', integrity: map.valueAt(0) as string, integrityLine: map.lineAt(0) } as const
  return path.host === undefined ? base : { ...base, resolved: registryTarball(`https://${path.host}/`, path) }
}

/** A key or a field that names a registry says by that where the tarball lies. */
function registryTarball(registry: string, { name = '', version = '' }: DependencyPath): string {
  return `${registry.replace(/\/$/, '')}/${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`
}

function untypedResolution(map: YamlMap, path: DependencyPath): Resolution | null {
  const [tarball, registry, directory] = ['tarball', 'registry', 'directory'].map((field) => textOf(map, field))
  if (tarball === undefined && directory !== undefined) return resolution(map, 'link', directory, 'directory')
  if (tarball === undefined) {
    const base = registry ?? (path.host === undefined ? undefined : `https://${path.host}/`)
    return resolution(map, 'registry', base === undefined ? undefined : registryTarball(base, path), 'registry')
  }
  if (/^file:/i.test(tarball)) return resolution(map, 'file', tarball, 'tarball')
  if (gitOfArchive(tarball) !== null) return resolution(map, 'git', tarball, 'tarball')
  if (path.address !== undefined) return resolution(map, sourceOfAddress(tarball) ?? 'url', tarball, 'tarball')
  // Older versions wrote the address as seen from the registry.
  const isRelative = registryTarball('', path) === `/${tarball}`
  return resolution(map, 'registry', isRelative ? undefined : tarball, 'tarball')
}

function typedResolution(map: YamlMap, type: YamlValue): Resolution | null {
  const [repo, commit, path, directory, url] = ['repo', 'commit', 'path', 'directory', 'url'].map((field) =>
    textOf(map, field),
  )
  if (type === 'git' && repo !== undefined) {
    // As pnpm spells it in its keys: a package in a folder of the repository.
    const inside = path === undefined ? '' : `&path:${path}`
    return resolution(map, 'git', `${repo}#${commit ?? ''}${inside}`, 'commit')
  }
  if (type === 'directory' && directory !== undefined) return resolution(map, 'link', directory, 'directory')
  if (type === 'binary' && url !== undefined) return resolution(map, 'url', url, 'url')
  return null
}

function readVariants(map: YamlMap): Resolutions {
  const variants = map.get('variants')
  const list = Array.isArray(variants) ? variants : []
  const found: Resolution[] = []
  for (const variant of list) {
    const inner = isMap(variant) ? variant.get('resolution') : undefined
    const one = isMap(inner) ? typedResolution(inner, inner.get('type') ?? null) : null
    if (one === null) return { seen: `resolution.variants: ${showValue(variant)}` }
    found.push(one)
  }
  return found.length === 0 ? { seen: 'resolution.variants: nothing' } : found
}
