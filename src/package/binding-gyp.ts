import { posix } from 'node:path'
import { maxGypTexts } from '../limits.js'
import { type GypValue, parseGyp } from './gyp-literal.js'
import type { BindingGyp, LimitHit } from './package-facts.js'
import { readShell } from './shell/read-shell.js'
import type { UnpackedPackage } from './unpacked-package.js'

export interface BindingGypFacts {
  readonly bindingGyp?: BindingGyp
  readonly limits: readonly LimitHit[]
}

const nativeSource = /\.(?:c|cc|cpp|cxx|c\+\+|m|mm|s|asm)$/i

/**
 * The build that npm starts by itself (`node-gyp rebuild`) where a package has a `binding.gyp` at its root and no install or
 * preinstall script. Commands of the gyp files that it includes or depends on run in the same build, so they are here too.
 */
export function readBindingGyp(unpacked: UnpackedPackage): BindingGypFacts {
  const path = gypPath(unpacked)
  const file = path === undefined ? undefined : unpacked.files.get(path)
  if (path === undefined || file === undefined) return { limits: [] }
  const hasNativeSources = [...unpacked.files.keys()].some((name) => nativeSource.test(name))
  const found: Found = { commands: new Set(), sources: new Set() }
  const limits: LimitHit[] = []
  let parsed = true

  const seen = new Set([path])
  for (const gyp of seen) {
    const text = unpacked.texts.get(gyp)?.toString()
    if (text === undefined) {
      limits.push({ limit: 'maxKeptTextBytes', detail: `${gyp} decides what a build runs, and was not read` })
      parsed = false
      continue
    }
    const value = parseGyp(text)
    if (value === undefined) {
      parsed = false
      for (const command of expansionsIn(text)) found.commands.add(command)
      continue
    }
    collect(value, '', found)
    for (const other of gypFilesIn(value)) {
      const resolved = posix.normalize(posix.join(posix.dirname(gyp), other))
      if (unpacked.files.has(resolved)) seen.add(resolved)
    }
  }
  const commands = [...found.commands].slice(0, maxGypTexts)
  const sources = [...found.sources].slice(0, maxGypTexts)
  if (commands.length < found.commands.size || sources.length < found.sources.size) {
    limits.push({ limit: 'maxGypTexts', detail: `${path} names more commands or sources than are kept` })
  }
  const shell = readShell(
    commands.map((command) => ({ text: command.replace(/^<!@?\(|\)$/g, ''), dialect: 'posix', file: path })),
  ).filter(({ action }) => !asCommanded.has(action))
  const unread = shell.find(({ action }) => action === 'unread')
  if (unread !== undefined) limits.push({ limit: 'maxShellWork', detail: `${path}: ${unread.detail}` })
  const facts = { sha256: file.sha256, commands, sources, hasNativeSources, parsed }
  return { bindingGyp: { ...facts, ...(shell.length > 0 && { shell }) }, limits }
}

/** The command says as much. */
const asCommanded: ReadonlySet<string> = new Set(['inline-code', 'silenced', 'failure-ignored'])

/** macOS and Windows find the file in any case. */
const gypPath = ({ files }: UnpackedPackage): string | undefined =>
  files.has('binding.gyp') ? 'binding.gyp' : [...files.keys()].find((path) => path.toLowerCase() === 'binding.gyp')

interface Found {
  readonly commands: Set<string>
  readonly sources: Set<string>
}

function collect(value: GypValue, key: string, found: Found): void {
  if (typeof value === 'string') {
    for (const command of expansionsIn(value)) found.commands.add(command)
    if (/^sources[!/+?=]?$/.test(key)) found.sources.add(value)
    return
  }
  if (value instanceof Map) {
    for (const [name, inner] of value) {
      for (const command of expansionsIn(name)) found.commands.add(command)
      collect(inner, name, found)
    }
    return
  }
  const words = value as readonly GypValue[]
  // Of `actions`, `rules`, `postbuilds` and `run_as`.
  if (key === 'action' && words.length > 0)
    found.commands.add(words.filter((word) => typeof word === 'string').join(' '))
  for (const inner of words) collect(inner, key, found)
}

/** Any text that names a gyp file, with or without a target: `includes`, `dependencies`, `variables` alike. */
function* gypFilesIn(value: GypValue): Generator<string> {
  if (typeof value === 'string') {
    const file = /^([^:<>]{1,512}\.gypi?)(?::[^:]*)?$/.exec(value)?.[1]
    if (file !== undefined) yield file
  } else for (const inner of value.values()) yield* gypFilesIn(inner)
}

/** gyp runs `<!(…)` and `<!@(…)` in a shell, in each of its three phases: `<`, `>` and `^`. */
function expansionsIn(text: string): readonly string[] {
  const found: string[] = []
  for (const match of text.matchAll(/[<>^]!@?[\w.-]{0,64}\(/g)) {
    // One more than is kept tells that there are more.
    if (found.length > maxGypTexts) break
    found.push(text.slice(match.index, closingBracket(text, match.index + match[0].length)))
  }
  return found
}

const maxExpansionCharacters = 4096

/** As far as the bracket that closes it, over nested ones; to the end where none does, within what a command line can be. */
function closingBracket(text: string, start: number): number {
  const end = Math.min(text.length, start + maxExpansionCharacters)
  let open = 1
  for (let at = start; at < end; at++) {
    if (text[at] === '(') open += 1
    else if (text[at] === ')') open -= 1
    if (open === 0) return at + 1
  }
  return end
}
