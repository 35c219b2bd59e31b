import { posix } from 'node:path'
import type { Manifest } from '../registry/registry-facts.js'
import { type CommandTarget, commandTargets } from './command-targets.js'
import { moduleSpecifiers } from './module-specifiers.js'
import type { LimitHit, ScriptFile } from './package-facts.js'
import type { PackageFiles } from './package-files.js'
import { LimitReached, type PackageLimits } from './package-limits.js'
import type { ShellText } from './shell/read-shell.js'
import type { ShellDialect } from './shell/shell-act.js'

/** What one command runs, and what that loads, until nothing new is found. */
export class ScriptClosure {
  readonly limits: LimitHit[] = []
  /** Every text that a shell would run, in the order in which they were met. */
  readonly shellTexts: ShellText[] = []
  readonly #files: PackageFiles
  readonly #scripts: Manifest['scripts']
  readonly #bounds: PackageLimits
  readonly #reached = new Set<string>()
  readonly #missing = new Set<string>()
  readonly #scriptsRun = new Set<string>()
  readonly #waitingFiles: string[] = []
  readonly #waitingScripts: string[] = []
  #specifiers = 0

  constructor(files: PackageFiles, scripts: Manifest['scripts'], limits: PackageLimits) {
    this.#files = files
    this.#scripts = scripts
    this.#bounds = limits
  }

  /** Queues, not calls: how long a chain may be is the package's to choose, and the stack is ours. */
  runCommand(command: string): void {
    this.#startAll(command, '', 'the command')
    for (;;) {
      const script = this.#waitingScripts.pop()
      const file = script === undefined ? this.#waitingFiles.pop() : undefined
      if (script !== undefined) this.#startAll(this.#scripts[script] ?? '', '', `the script ${script}`)
      else if (file !== undefined) this.#follow(file)
      else return
    }
  }

  /** Sorted by path; what a command names and the package does not hold has no hash. */
  files(): readonly ScriptFile[] {
    return [...new Set([...this.#reached, ...this.#missing])]
      .sort((a, b) => (a < b ? -1 : 1))
      .map((path) => {
        const sha256 = this.#files.sha256(path)
        const linesSha256 = this.#files.linesSha256(path)
        return { path, ...(sha256 !== undefined && { sha256 }), ...(linesSha256 !== undefined && { linesSha256 }) }
      })
  }

  #startAll(command: string, folder: string, what: string): void {
    if (command.length > this.#bounds.maxShellCharacters) {
      this.#limit('maxShellCharacters', `${what} is longer than a shell text that is read`)
      return
    }
    this.shellTexts.push({ text: command, dialect: 'posix' })
    for (const target of commandTargets(command, folder)) this.#start(target)
  }

  #start(target: CommandTarget): void {
    if (target.kind === 'script') {
      this.#runScript(target.name)
      return
    }
    if (target.kind === 'code') {
      this.#loadFrom(target.code, target.folder)
      return
    }
    const slashed = target.path.replaceAll('\\', '/')
    const { folder } = target
    // A backslash is a folder's end on Windows and nothing at all in a POSIX shell.
    const found = [slashed, target.path.replaceAll('\\', '')]
      .map((path) => (target.kind === 'file' ? this.#files.module(folder, path) : this.#files.file(folder, path)))
      .find((path) => path !== undefined)
    if (found !== undefined) this.#reach(found)
    else if (target.kind === 'file') this.#missing.add(posix.normalize(posix.join(folder, slashed)))
  }

  /** npm runs `pre` and `post` scripts around every script that a command names. */
  #runScript(name: string): void {
    for (const script of [`pre${name}`, name, `post${name}`]) {
      if (this.#scriptsRun.has(script) || !Object.hasOwn(this.#scripts, script)) continue
      this.#scriptsRun.add(script)
      this.#waitingScripts.push(script)
    }
  }

  #reach(path: string): void {
    if (this.#reached.has(path)) return
    if (this.#reached.size >= this.#bounds.maxScriptFiles) {
      this.#limit('maxScriptFiles', `an install script loads more than ${this.#bounds.maxScriptFiles} files`)
      return
    }
    this.#reached.add(path)
    this.#waitingFiles.push(path)
  }

  #follow(path: string): void {
    const language = this.#files.language(path)
    if (language === undefined) return
    const text = this.#files.text(path)
    if (text === undefined) {
      this.#limit('maxKeptTextBytes', `${path} runs on install; what it loads was not followed`)
      return
    }
    const folder = posix.dirname(path)
    const dialect = dialectOf(path, language)
    if (dialect !== undefined && text.length <= this.#bounds.maxShellCharacters) {
      this.shellTexts.push({ text, dialect, file: path })
    }
    if (language === 'javascript') {
      this.#loadFrom(text, folder)
      return
    }
    if (text.length > this.#bounds.maxShellCharacters) {
      this.#limit('maxShellCharacters', `${path} is longer than a shell text that is read`)
      return
    }
    // A shell text stands in the package's root or changes to its own folder, and names many files that are none of the package's.
    for (const start of new Set(['', folder])) {
      for (const target of commandTargets(text, start)) {
        this.#start(target.kind === 'file' ? { ...target, kind: 'word' } : target)
      }
    }
  }

  #loadFrom(code: string, folder: string): void {
    const most = this.#bounds.maxScriptSpecifiers - this.#specifiers
    const { relative, named } = moduleSpecifiers(code, most)
    this.#specifiers += relative.length + named.length
    if (this.#specifiers >= this.#bounds.maxScriptSpecifiers) {
      this.#limit('maxScriptSpecifiers', 'the files of an install script name more files than are looked up')
    }
    for (const specifier of relative) {
      const path = this.#files.module(folder, specifier)
      if (path !== undefined) this.#reach(path)
    }
    for (const name of named) {
      for (const start of [folder, '']) {
        const path = this.#files.exact(start, name)
        if (path !== undefined) this.#reach(path)
      }
    }
  }

  #limit(limit: keyof PackageLimits, detail: string): void {
    if (!this.limits.some((hit) => hit.limit === limit)) this.limits.push(new LimitReached(limit, detail).hit)
  }
}

function dialectOf(path: string, language: 'shell' | 'javascript'): ShellDialect | undefined {
  if (/\.psm?1$/i.test(path)) return 'powershell'
  if (language !== 'shell') return undefined
  return /\.(?:bat|cmd)$/i.test(path) ? 'cmd' : 'posix'
}
