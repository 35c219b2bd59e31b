import { plain, shorten } from './escape.js'
import { listFew, plural } from './headline.js'
import type { Inspection } from './inspection.js'
import type { PackageDiff } from './package-diff.js'
import { type TerminalStyle, terminalStyle } from './terminal-style.js'
import { wrap } from './wrap.js'

export interface PackageTerminalOptions {
  readonly colour: boolean
  readonly width: number
}

interface Page {
  readonly style: TerminalStyle
  readonly width: number
}

/** Shown of one list; the rest is counted. */
const shown = 12

const bytes = (count: number): string =>
  count < 1024
    ? `${count} B`
    : count < 1024 ** 2
      ? `${(count / 1024).toFixed(1)} KB`
      : `${(count / 1024 ** 2).toFixed(1)} MB`

/** One package for a person: what runs first, then what it is made of, then what stayed unknown. */
export function toInspectionTerminal(inspection: Inspection, options: PackageTerminalOptions): string {
  const page: Page = { width: Math.min(110, Math.max(40, options.width)), style: terminalStyle(options.colour) }
  const { package: named, files, scripts, binaries, implicitBuild, unsafe, dependencies, commands } = inspection
  const lines = [
    page.style.bold(plain(`${named.name} ${named.version}`.trim())),
    page.style.dim(plain(`${plural(files.count, 'file')}, ${bytes(files.bytes)} unpacked, ${named.integrity}`)),
    '',
    ...list('on install', onInstall(inspection), page, 'runs nothing'),
    ...list('from git', scripts.filter(isPrepare).map(nameScript), page),
    ...list('build', implicitBuild ? [...implicitBuild.commands, ...implicitBuild.sources] : [], page),
    ...list(
      'unsafe',
      unsafe.map(({ path, reason }) => `${reason}: ${path}`),
      page,
    ),
    ...list(
      'binaries',
      binaries.map((binary) => `${binary.path} (${binary.kind}, ${bytes(binary.bytes)})`),
      page,
    ),
    ...list('commands', commands, page),
    ...list('depends on', dependencies, page),
    ...gapLines(inspection.gaps, page),
  ]
  return `${lines.join('\n')}\n`
}

/** What one package has become, after the findings of the report that stands above it. */
export function toPackageDiffTerminal(diff: PackageDiff, options: PackageTerminalOptions): string {
  const page: Page = { width: Math.min(110, Math.max(40, options.width)), style: terminalStyle(options.colour) }
  const { added, removed, changed } = diff
  if (added === undefined || removed === undefined || changed === undefined) return ''
  const sum = (files: readonly { readonly bytes: number }[]): number => files.reduce((all, file) => all + file.bytes, 0)
  const lines = [
    ...list('+ on install', added.scripts.map(nameScript), page),
    ...list('~ on install', changed.scripts.map(nameChangedScript), page),
    ...list('- on install', removed.scripts.map(nameScript), page),
    ...list(
      '+ binaries',
      added.binaries.map(({ path, kind }) => `${path} (${kind})`),
      page,
    ),
    ...list('+ commands', added.commands, page),
    ...list('+ depends on', added.dependencies, page),
    ...list(
      '~ depends on',
      changed.dependencies.map(({ name, before, after }) => `${name} ${before} → ${after}`),
      page,
    ),
    ...list('- depends on', removed.dependencies, page),
    ...list(
      '+ files',
      added.files.map((file) => `${file.path} (${bytes(file.bytes)})`),
      page,
    ),
    ...list(
      '~ files',
      changed.files.map((file) => `${file.path} (${bytes(file.before.bytes)} → ${bytes(file.after.bytes)})`),
      page,
    ),
    ...list(
      '- files',
      removed.files.map(({ path }) => path),
      page,
    ),
    page.style.dim(
      `${plural(added.files.length, 'file')} added (${bytes(sum(added.files))}), ${changed.files.length} changed, ${removed.files.length} removed`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

/** npm runs `prepare` only of what it packs itself: a folder or a git source. */
const isPrepare = ({ hook }: { readonly hook: string }): boolean => hook === 'prepare'

const onInstall = ({ scripts, implicitBuild }: Inspection): string[] => [
  ...scripts.filter((script) => !isPrepare(script)).map(nameScript),
  ...(implicitBuild?.runs ? ['node-gyp rebuild, by npm itself for binding.gyp'] : []),
]

const nameHook = (hook: string): string => (isPrepare({ hook }) ? 'prepare (only from git or a folder)' : hook)

const nameScript = ({ hook, command, files }: Inspection['scripts'][number]): string =>
  `${nameHook(hook)}: ${command}${files.length > 0 ? ` [${listFew(files, 5)}]` : ''}`

function nameChangedScript({
  hook,
  before,
  after,
  files,
}: NonNullable<PackageDiff['changed']>['scripts'][number]): string {
  const command = before.command === after.command ? after.command : `${before.command} → ${after.command}`
  return `${nameHook(hook)}: ${command}${files.length > 0 ? ` [changed: ${listFew(files, 5)}]` : ''}`
}

function list(label: string, items: readonly string[], page: Page, none?: string): string[] {
  const texts = items.length > 0 || none === undefined ? items : [none]
  const more = texts.length - shown
  const visible = more > 0 ? [...texts.slice(0, shown), `and ${plural(more, 'more')}`.replace(/s$/, '')] : texts
  return visible.flatMap((text, index) => {
    const start = `${(index === 0 ? label : '').padEnd(14)}`
    const [first = '', ...rest] = wrap(start, plain(shorten(text, 400)), page.width)
    return [`${page.style.dim(start)}${first.slice(start.length)}`, ...rest]
  })
}

const gapLines = (gaps: Inspection['gaps'], page: Page): string[] =>
  list(
    'not known',
    gaps.map(({ code, detail }) => `${code}: ${detail}`),
    page,
  )
