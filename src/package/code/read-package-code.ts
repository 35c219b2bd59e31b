import type { Manifest } from '../../registry/registry-facts.js'
import { commandTargets } from '../command-targets.js'
import { moduleSpecifiers } from '../module-specifiers.js'
import type { BindingGyp, InstallScript } from '../package-facts.js'
import { PackageFiles } from '../package-files.js'
import type { UnpackedPackage } from '../unpacked-package.js'
import type { CodeCollector } from './code-collector.js'
import { isCodePath, isDataPath } from './code-files.js'
import type { FileCode } from './file-code.js'
import { LoadGraph } from './load-graph.js'
import { ModuleResolver } from './module-resolver.js'
import { type PackageCode, type Reach, saysNothing } from './package-code.js'
import { packageFlows } from './package-flows.js'

export interface PackageCodeSources {
  readonly unpacked: UnpackedPackage
  readonly manifest: Manifest
  /** The parsed package.json as it stands. */
  readonly document: unknown
  readonly installScripts: readonly InstallScript[]
  readonly bindingGyp?: BindingGyp | undefined
  readonly collector: CodeCollector
}

/** Waits for the code of all files, adds what they load under names that are no code's, and says what leads to each. */
export async function readPackageCode(sources: PackageCodeSources): Promise<PackageCode> {
  const { unpacked, collector, document } = sources
  const files = new PackageFiles(unpacked)
  const resolver = new ModuleResolver(files, [...unpacked.files.keys()], document)
  const roots = rootsOf(sources, files, resolver)
  for (;;) {
    const codes = await collector.collect()
    const graph = new LoadGraph(resolver, codes, (path) => requestsByText(files, path))
    const reached = graph.follow(roots)
    const unread = [...reached.keys()].filter((path) => !collector.has(path) && readFurther(path, unpacked, collector))
    if (unread.length === 0) return assemble(codes, reached, graph, resolver)
    await collector.ready()
  }
}

/** The files that each way in starts with. `prepare` is none: it runs only of a git source, whose code is not read. */
function rootsOf(
  { manifest, installScripts, bindingGyp }: PackageCodeSources,
  files: PackageFiles,
  resolver: ModuleResolver,
): ReadonlyMap<Exclude<Reach, 'unreached'>, readonly string[]> {
  const scripts = installScripts.filter(({ hook }) => hook !== 'prepare').flatMap((script) => script.files)
  const builds = (bindingGyp?.commands ?? []).flatMap((command) => filesOf(command, files))
  const install = ['install', [...scripts.map(({ path }) => path), ...builds]] as const
  const main = resolver.file(manifest.main ?? '')
  return new Map([
    install,
    [
      'load',
      [
        ...(main.length > 0 ? main : resolver.file('index')),
        ...(manifest.module === undefined ? [] : resolver.file(manifest.module)),
        ...[manifest.exports, manifest.browser].flatMap((json) =>
          json === undefined ? [] : resolver.targets(relativeLeaves(JSON.parse(json))),
        ),
      ],
    ],
    ['bin', Object.values(manifest.bin).flatMap((path) => resolver.file(path))],
  ])
}

/** `"browser": "lib/x.js"` and `"exports": "./x.js"` are the package's own files, with or without the dot. */
const relativeLeaves = (value: unknown): unknown =>
  typeof value === 'string' && !value.startsWith('.') ? `./${value}` : value

/** `<!(node x.js)` without its marks. */
function filesOf(command: string, files: PackageFiles): readonly string[] {
  return commandTargets(command.replace(/^<!@?\(|\)$/g, ''))
    .filter((target) => target.kind === 'file' || target.kind === 'word')
    .map(({ folder, path }) => files.module(folder, path))
    .filter((path) => path !== undefined)
}

/** What no parser could read may load anything that its text names. */
function requestsByText(files: PackageFiles, path: string): readonly string[] {
  const text = files.text(path)
  return text === undefined ? [] : moduleSpecifiers(text, 1000).relative
}

/**
 * Node takes any file that it does not know by its ending for JavaScript. Whether there is something new to wait for.
 */
function readFurther(path: string, { files, texts }: UnpackedPackage, collector: CodeCollector): boolean {
  const file = files.get(path)
  const bytes = texts.get(path)
  if (file === undefined || bytes === undefined || isDataPath(path) || isDeclaration(path)) return false
  collector.read({ path, sha256: file.sha256, size: file.bytes, bytes })
  return true
}

const isDeclaration = (path: string): boolean => /\.d\.[cm]?ts$/i.test(path)

function assemble(
  codes: ReadonlyMap<string, FileCode>,
  reached: ReadonlyMap<string, Reach>,
  graph: LoadGraph,
  resolver: ModuleResolver,
): PackageCode {
  const files = [...codes]
    .map(([path, code]) => ({ path, reach: reached.get(path) ?? ('unreached' as const), code }))
    // What has no code's name and is none is a text that a bundler takes in: styles, templates.
    .filter(({ path, code }) => isCodePath(path) || code.unanalysable?.reason !== 'syntax')
  const unanalysed = files.filter(({ code }) => code.unanalysable !== undefined).length
  return {
    files: files
      .filter(({ reach, code }) => reach !== 'unreached' || !saysNothing(code))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    modules: graph.modules(reached),
    flows: packageFlows(files, (specifier, folder) => resolver.resolve(specifier, folder)),
    analysed: files.length - unanalysed,
    unanalysed,
  }
}
