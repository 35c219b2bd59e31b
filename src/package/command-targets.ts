import { maxScriptDepth } from '../limits.js'
import { readShellCommands, type ShellCommand } from './shell-words.js'

/** What a lifecycle command starts, as far as its text says it. */
export type CommandTarget =
  /** A file given to an interpreter, or started itself. `folder`: where the command stands. */
  | { readonly kind: 'file'; readonly path: string; readonly folder: string }
  /** JavaScript given on the command line. */
  | { readonly kind: 'code'; readonly code: string; readonly folder: string }
  /** Another entry of the manifest's `scripts`. */
  | { readonly kind: 'script'; readonly name: string }
  /** A word that may be a file of the package; it counts only if there is one. */
  | { readonly kind: 'word'; readonly path: string; readonly folder: string }

const javaScriptRunners = /^(?:node|nodejs|bun|deno|tsx|ts-node|ts-node-esm|esno|jiti|swc-node|babel-node|electron)$/
const shells = /^(?:sh|bash|zsh|dash|ksh|ash)$/
const interpreters = /^(?:python[23]?(?:\.\d+)?|perl|ruby|php|pwsh|powershell|osascript|cscript|wscript)$/
const packageManagers = /^(?:npm|pnpm|yarn|bun)$/
const scriptRunners = /^(?:npm-run-all2?|run-s|run-p)$/
/** They start what follows them. */
const prefixes =
  /^(?:env|cross-env(?:-shell)?|exec|nohup|time|sudo|command|npx|bunx|pnpx|xargs|eval|call|start|if|then|else|do|while|until|!|\{)$/

/** What one command line starts. Over-approximates: a word too many is looked up in the package and not found there. */
export function commandTargets(line: string, startFolder = '', depth = 0): readonly CommandTarget[] {
  if (depth > maxScriptDepth) return []
  const targets: CommandTarget[] = []
  let folder = startFolder
  for (const command of readShellCommands(line)) {
    const [program, ...words] = withoutPrefixes(command)
    if (program === undefined) continue
    if (program === 'cd' || program === 'pushd') folder = joined(folder, words[0] ?? '')
    else targets.push(...targetsOf(program, words, folder, depth))
  }
  return targets
}

/** `FOO=bar cross-env -x npx node a.js` is `node a.js`. */
function withoutPrefixes(command: ShellCommand): readonly string[] {
  let at = 0
  let sawPrefix = false
  for (const word of command) {
    const isPrefix = prefixes.test(baseName(word))
    if (!isPrefix && !/^[A-Za-z_][A-Za-z0-9_]*=/.test(word) && !(sawPrefix && word.startsWith('-'))) break
    sawPrefix ||= isPrefix
    at += 1
  }
  return command.slice(at)
}

function targetsOf(program: string, words: readonly string[], folder: string, depth: number): readonly CommandTarget[] {
  const name = baseName(program)
  const rest = words.flatMap((word) => wordTargets(word, folder))
  if (packageManagers.test(name)) {
    const script = scriptNamed(name, words)
    if (script !== undefined) return [{ kind: 'script', name: script }, ...rest]
  }
  if (scriptRunners.test(name)) {
    return words.filter((word) => !word.startsWith('-')).map((word) => ({ kind: 'script', name: word }))
  }
  if (javaScriptRunners.test(name)) return [...javaScriptTargets(words, folder), ...rest]
  if (shells.test(name)) return [...shellTargets(words, folder, depth), ...rest]
  if (name === 'cmd') return commandTargets(words.filter((word) => !word.startsWith('/')).join(' '), folder, depth + 1)
  if (interpreters.test(name) || name === '.' || name === 'source') {
    const file = words.find((word) => !word.startsWith('-'))
    return file === undefined ? rest : [{ kind: 'file', path: file, folder }, ...rest]
  }
  if (/[\\/]/.test(program)) return [{ kind: 'file', path: program, folder }, ...rest]
  return [...wordTargets(program, folder), ...rest]
}

function scriptNamed(manager: string, words: readonly string[]): string | undefined {
  const [verb, ...others] = words.filter((word) => !word.startsWith('-'))
  if (verb === undefined) return undefined
  if (verb === 'run' || verb === 'run-script' || verb === 'rum' || verb === 'urn') return others[0]
  if (verb === 'test' || verb === 'start' || verb === 'stop' || verb === 'restart') return verb
  // `npm build` is a command of npm's own; `yarn build` is a script. A file name is neither.
  return manager === 'npm' || manager === 'bun' ? undefined : verb
}

const codeFlags = /^(?:-e|-p|-pe|-ep|--eval|--print)(?:=([\s\S]*))?$/
const loadFlags = /^(?:-r|-C|--require|--import|--loader|--experimental-loader|--env-file)(?:=([\s\S]*))?$/

function javaScriptTargets(words: readonly string[], folder: string): readonly CommandTarget[] {
  const targets: CommandTarget[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const code = codeFlags.exec(word)
    const load = loadFlags.exec(word)
    if (code !== null) {
      targets.push({ kind: 'code', code: code[1] ?? words[++at] ?? '', folder })
    } else if (load !== null) {
      targets.push({ kind: 'word', path: load[1] ?? words[++at] ?? '', folder })
    } else if (!word.startsWith('-') && word !== 'run') {
      if (!targets.some((target) => target.kind === 'code')) targets.push({ kind: 'file', path: word, folder })
      break
    }
  }
  return targets
}

function shellTargets(words: readonly string[], folder: string, depth: number): readonly CommandTarget[] {
  const flag = words.findIndex((word) => /^-[a-z]*c$/.test(word))
  if (flag >= 0) return commandTargets(words[flag + 1] ?? '', folder, depth + 1)
  const file = words.find((word) => !word.startsWith('-'))
  return file === undefined ? [] : [{ kind: 'file', path: file, folder }]
}

/** Any word that looks like a path may be run by a program that we do not know; `--config=x.js` is one with a flag before it. */
function wordTargets(word: string, folder: string): readonly CommandTarget[] {
  const path = word.replace(/^--?[\w-]+=/, '')
  // `.` and `..` are folders that some tool works in, not files that run.
  const isPath = /[\\/.]/.test(path) && !/^\.{1,2}[\\/]?$/.test(path)
  return isPath && path.length < 1024 ? [{ kind: 'word', path, folder }] : []
}

const baseName = (word: string): string => (word.split(/[\\/]/).at(-1) ?? word).replace(/\.(?:exe|cmd|bat)$/i, '')

const joined = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`)
