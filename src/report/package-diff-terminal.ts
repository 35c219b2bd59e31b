import type { CodeParts } from './code-diff.js'
import { codeDiffSections } from './code-diff-terminal.js'
import { mcpDiffSections } from './mcp-diff.js'
import type { ChangedParts, DiffParts, PackageDiff } from './package-diff.js'
import { inline, list, openPage, type PackagePage, type PackageTerminalOptions, sayBytes } from './package-page.js'
import { sayHook, sayScript } from './package-terminal.js'
import { listFew, plural } from './plural.js'

/** What one package has become, after the findings of the report that stands above it. */
export function toPackageDiffTerminal(diff: PackageDiff, options: PackageTerminalOptions): string {
  const page = openPage(options)
  const { added, removed, changed } = diff
  if (added === undefined || removed === undefined || changed === undefined) return ''
  const lines = [
    ...list('+ on install', added.scripts.map(sayScript), page),
    ...list('~ on install', changed.scripts.map(sayChangedScript), page),
    ...list('- on install', removed.scripts.map(sayScript), page),
    ...mcpLines(added, removed, changed, page),
    ...codeLines(added, removed, changed, page),
    ...inline(
      '+ binaries',
      added.binaries.map(({ path, kind }) => `${path} (${kind})`),
      page,
    ),
    ...inline('+ commands', added.commands, page),
    ...inline('+ depends on', added.dependencies, page),
    ...inline(
      '~ depends on',
      changed.dependencies.map(({ name, before, after }) => `${name} ${before} → ${after}`),
      page,
    ),
    ...inline('- depends on', removed.dependencies, page),
    ...fileLines(added, removed, changed, page),
  ]
  return `${lines.join('\n')}\n`
}

/** The parts come together or not at all. */
function mcpLines(added: DiffParts, removed: DiffParts, changed: ChangedParts, page: PackagePage): string[] {
  if (!added.mcp || !removed.mcp || !changed.mcp) return []
  return mcpDiffSections({ added: added.mcp, removed: removed.mcp, changed: changed.mcp }, page)
}

function codeLines(added: DiffParts, removed: DiffParts, changed: ChangedParts, page: PackagePage): string[] {
  const [now, gone] = [codeOf(added), codeOf(removed)]
  if (now === undefined || gone === undefined || changed.capabilities === undefined) return []
  const lines = codeDiffSections(now, gone, changed.capabilities, page)
  const unread = changed.code?.after.unanalysed ?? 0
  if (unread > 0) lines.push(page.style.warn(`${plural(unread, 'file')} of its code could not be read.`))
  return lines.length > 0 ? lines : [page.style.good('Its code does nothing that it did not do before.')]
}

/** The parts come together or not at all. */
function codeOf({
  flows,
  capabilities,
  hosts,
  environment,
  recipients,
  addresses,
  unusual,
}: DiffParts): CodeParts | undefined {
  if (!flows || !capabilities || !hosts || !environment || !recipients || !addresses || !unusual) return undefined
  return { flows, capabilities, hosts, environment, recipients, addresses, unusual }
}

/** The JSON has them all. */
const shownFiles = 6

function fileLines(added: DiffParts, removed: DiffParts, changed: ChangedParts, page: PackagePage): string[] {
  const sum = (files: readonly { readonly bytes: number }[]): number => files.reduce((all, file) => all + file.bytes, 0)
  return [
    ...list(
      '+ files',
      added.files.map((file) => `${file.path} (${sayBytes(file.bytes)})`),
      page,
      shownFiles,
    ),
    ...list(
      '~ files',
      changed.files.map((file) => `${file.path} (${sayBytes(file.before.bytes)} → ${sayBytes(file.after.bytes)})`),
      page,
      shownFiles,
    ),
    ...inline(
      '- files',
      removed.files.map(({ path }) => path),
      page,
      shownFiles,
    ),
    page.style.dim(
      `${plural(added.files.length, 'file')} added (${sayBytes(sum(added.files))}), ${changed.files.length.toLocaleString('en-US')} changed, ${removed.files.length.toLocaleString('en-US')} removed`,
    ),
  ]
}

function sayChangedScript({ hook, before, after, files }: ChangedParts['scripts'][number]): string {
  const command = before.command === after.command ? after.command : `${before.command} → ${after.command}`
  return `${sayHook(hook)}: ${command}${files.length > 0 ? ` [changed: ${listFew(files, 5)}]` : ''}`
}
