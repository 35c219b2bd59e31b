import { maxMcpSourceBytes } from '../../limits.js'
import { isRecord, own } from '../../registry/manifest.js'
import type { Manifest } from '../../registry/registry-facts.js'
import { isCodePath } from '../code/code-files.js'
import { ModuleResolver } from '../code/module-resolver.js'
import { PackageFiles } from '../package-files.js'
import type { UnpackedPackage } from '../unpacked-package.js'
import type { ServerInput } from './server-files.js'

/** Never loaded by a server: what declares tools there declares them for a test or a reader. */
const besides =
  /(?:^|\/)(?:node_modules|tests?|__tests__|__mocks__|spec|examples?|docs?|coverage|fixtures?|benchmarks?)\/|\.(?:test|spec|bench|stories)\.[cm]?[jt]sx?$/i

/** What a text must hold to declare a tool: the cheap look before a file that nothing leads to is followed. */
const declaring =
  /registerTool|addTool|setRequestHandler|ListTools|tools\/list|inputSchema|input_schema|\.tool\(|MCPTool|createTool|defineTool|@Tool/

export interface ServerSources {
  readonly unpacked: UnpackedPackage
  readonly manifest: Manifest
  /** The parsed package.json as it stands. */
  readonly document: unknown
}

/** The texts that a server is read from; `left` names files that are not among them though something starts them. */
export function serverInput({ unpacked, manifest, document }: ServerSources): {
  readonly input: ServerInput
  readonly left: readonly string[]
} {
  const files = new PackageFiles(unpacked)
  const paths = [...unpacked.files.keys()]
  const resolver = new ModuleResolver(files, paths, document)
  const entries = [...new Set(entriesOf(unpacked, manifest, resolver))].filter((path) => !path.endsWith('.json'))
  const texts = new Map<string, string>()
  let bytes = 0
  const take = (path: string): void => {
    const text = unpacked.texts.get(path)
    if (text === undefined || texts.has(path) || bytes + text.length > maxMcpSourceBytes) return
    bytes += text.length
    texts.set(path, text.toString())
  }
  for (const path of entries) take(path)
  const plain = paths.filter((path) => !besides.test(path))
  // Small ones first: a file of the package's own is small beside what a bundle brings along.
  const bySize = plain.filter((path) => isRead(path)).sort((a, b) => sizeOf(unpacked, a) - sizeOf(unpacked, b))
  for (const path of bySize) take(path)
  const others = bySize.filter(
    (path) => isCodePath(path) && !entries.includes(path) && declaring.test(texts.get(path) ?? ''),
  )
  const left = entries.filter((path) => !texts.has(path))
  const input = {
    document,
    paths,
    entries: entries.filter((path) => texts.has(path)),
    others: others.sort(byDepth),
    texts: [...texts],
  }
  return { input, left }
}

const isRead = (path: string): boolean => isCodePath(path) || /\.(?:json|md|txt|hbs)$/i.test(path)

const sizeOf = (unpacked: UnpackedPackage, path: string): number => unpacked.files.get(path)?.bytes ?? 0

/** What was built before what it was built from, and the top before what is below it. */
const byDepth = (one: string, other: string): number =>
  Number(/^src\//.test(one)) - Number(/^src\//.test(other)) ||
  one.split('/').length - other.split('/').length ||
  (one < other ? -1 : 1)

function entriesOf(unpacked: UnpackedPackage, manifest: Manifest, resolver: ModuleResolver): readonly string[] {
  const exported = manifest.exports === undefined ? [] : resolver.targets(relativeLeaves(JSON.parse(manifest.exports)))
  return [
    ...Object.values(manifest.bin).flatMap((path) => resolver.file(path)),
    ...extensionEntry(unpacked, resolver),
    ...resolver.file(manifest.main ?? 'index'),
    ...(manifest.module === undefined ? [] : resolver.file(manifest.module)),
    ...exported.filter((path) => isCodePath(path)).slice(0, 200),
  ]
}

const relativeLeaves = (value: unknown): unknown =>
  typeof value === 'string' && !value.startsWith('.') ? `./${value}` : value

/** A desktop extension's `manifest.json` names what it starts. */
function extensionEntry(unpacked: UnpackedPackage, resolver: ModuleResolver): readonly string[] {
  const manifest = parsedFile(unpacked, 'manifest.json')
  const server = isRecord(manifest) ? own(manifest, 'server') : undefined
  const entry = isRecord(server) ? own(server, 'entry_point') : undefined
  return typeof entry === 'string' ? resolver.file(entry) : []
}

export function parsedFile(unpacked: UnpackedPackage, path: string): unknown {
  const text = unpacked.texts.get(path)?.toString()
  if (text === undefined) return undefined
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    // No JSON: nobody reads anything in it.
    return undefined
  }
}
