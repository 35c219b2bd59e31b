import { sensitivePlace } from '../code/capabilities/sensitive-paths.js'

/** `/usr/bin/Curl.EXE` is `curl`. */
export const programName = (word: string): string =>
  (word.split(/[\\/]/).at(-1) ?? word).replace(/\.(?:exe|cmd|bat|com)$/i, '').toLowerCase()

const downloaders: ReadonlySet<string> = new Set([
  ...['curl', 'wget', 'wget2', 'fetch', 'aria2c', 'axel', 'http', 'https', 'xh', 'lynx', 'bitsadmin', 'lwp-download'],
  ...['invoke-webrequest', 'iwr', 'invoke-restmethod', 'irm', 'start-bitstransfer'],
])

/** Programs that take something off the network, or put it there. */
export function isDownload(program: string, words: readonly string[]): boolean {
  if (program === 'certutil') return words.some((word) => /^[-/](?:urlcache|verifyctl)$/i.test(word))
  if (program === 'mshta') return words.some((word) => /^https?:/i.test(word))
  return (
    downloaders.has(program) ||
    [program, ...words].some((word) => /\.?Download(?:String|File|Data)(?:Async)?…?$/i.test(word))
  )
}

export const sendsOnly: ReadonlySet<string> = new Set([
  'nc',
  'ncat',
  'netcat',
  'socat',
  'nslookup',
  'dig',
  'host',
  'ping',
  'telnet',
  'scp',
  'rsync',
  'ftp',
  'sftp',
  'resolve-dnsname',
])

export const posixShells: ReadonlySet<string> = new Set([
  'sh',
  'bash',
  'zsh',
  'dash',
  'ksh',
  'ash',
  'mksh',
  'busybox',
  'fish',
])
export const powershells: ReadonlySet<string> = new Set(['powershell', 'pwsh'])
const languages =
  /^(?:node|nodejs|bun|deno|tsx|ts-node|python[23]?(?:\.\d{1,2})?|perl|ruby|php|lua|osascript|cscript|wscript)$/

export const isLanguage = (program: string): boolean => languages.test(program)
export const isInterpreter = (program: string): boolean =>
  posixShells.has(program) || powershells.has(program) || program === 'cmd' || isLanguage(program)

/** PowerShell's own words for running a text. */
export const evaluators: ReadonlySet<string> = new Set(['iex', 'invoke-expression', 'eval'])

/** Start what follows them, unless it is a switch of theirs. */
export const prefixes: ReadonlySet<string> = new Set([
  ...[
    'sudo',
    'doas',
    'env',
    'exec',
    'nohup',
    'setsid',
    'time',
    'nice',
    'ionice',
    'timeout',
    'stdbuf',
    'command',
    'builtin',
  ],
  ...[
    'cross-env',
    'cross-env-shell',
    'xargs',
    'start',
    'call',
    'disown',
    'unbuffer',
    'proxychains',
    'if',
    'then',
    'do',
  ],
])

export const detachers: ReadonlySet<string> = new Set(['nohup', 'setsid', 'disown'])

/** Whether a program turns what it reads from hidden into plain. */
export function decodes(program: string, words: readonly string[]): boolean {
  const has = (pattern: RegExp): boolean => words.some((word) => pattern.test(word))
  if (program === 'base64' || program === 'base32' || program === 'gbase64')
    return has(/^(?:-[a-z]*[dD][a-z]*|--decode)$/)
  if (program === 'openssl') return has(/^(?:enc|base64|aes-.*)$/) && has(/^-(?:d|base64|a)$/)
  if (program === 'xxd') return has(/^-[a-z]*r/)
  if (program === 'certutil') return has(/^[-/]decode(?:hex)?$/i)
  return program === 'uudecode'
}

const readers: ReadonlySet<string> = new Set([
  ...[
    'cat',
    'tac',
    'head',
    'tail',
    'less',
    'more',
    'grep',
    'egrep',
    'awk',
    'sed',
    'base64',
    'xxd',
    'od',
    'strings',
    'cp',
    'mv',
  ],
  ...[
    'tar',
    'zip',
    'gzip',
    '7z',
    'type',
    'copy',
    'xcopy',
    'get-content',
    'gc',
    'copy-item',
    'jq',
    'source',
    '.',
    'scp',
    'rsync',
  ],
])

/** Paths that hold a secret wherever they lie; a settings file counts only in a home folder: projects have one of their own. */
export function secretPath(word: string): string | undefined {
  const path = word.replace(/^@|^\w{1,32}=@?/, '')
  const place = sensitivePlace(path)
  if (place === undefined) return undefined
  const isSettings = place === '.npmrc' || place === '.yarnrc' || place === '.env' || place === '/etc/passwd'
  return isSettings && !/^~[\\/]|^\$HOME/i.test(path) ? undefined : path
}

const tellers: readonly RegExp[] = [
  /^gh auth (?:token|status .*-t)/,
  /^npm (?:token|config get .*_?auth)/i,
  /^aws configure (?:get|export)/,
  /^gcloud auth (?:.* )?print-/,
  /^az account get-access-token/,
  /^security (?:find|dump)-/,
  /^git credential fill/,
  /^vault (?:token|kv get|read)/,
  /^kubectl (?:get|describe) secrets?/,
  /^cmdkey \/list/i,
]

/** The secret that a program reads or tells. */
export function secretReadBy(program: string, words: readonly string[]): string | undefined {
  const line = [program, ...words.slice(0, 20)].join(' ').slice(0, 400)
  if (tellers.some((pattern) => pattern.test(line))) return line
  if (readers.has(program)) return words.map(secretPath).find((path) => path !== undefined)
  const sends = isDownload(program, words) || sendsOnly.has(program)
  return sends
    ? words
        .filter((word) => /@|^[.~/\\]/.test(word))
        .map(secretPath)
        .find((path) => path !== undefined)
    : undefined
}

/** What tells all of the environment. */
export function dumpsEnvironment(program: string, words: readonly string[]): boolean {
  if (program === 'env' || program === 'printenv' || program === 'set') return words.length === 0
  if (program === 'export' || program === 'declare') return words.length === 1 && /^-[px]+$/.test(words[0] ?? '')
  if (program === 'cat') return words.some((word) => /^\/proc\/(?:self|\d+)\/environ$/.test(word))
  return /^(?:get-childitem|gci|dir|ls)$/.test(program) && words.some((word) => /^env:[\\/]?\*?$/i.test(word))
}

const tellsHost: ReadonlySet<string> = new Set([
  'whoami',
  'hostname',
  'id',
  'ifconfig',
  'ipconfig',
  'uname',
  'systeminfo',
])
export const isHostTeller = (program: string): boolean => tellsHost.has(program)

const agents: ReadonlySet<string> = new Set([
  'claude',
  'gemini',
  'q',
  'codex',
  'cursor-agent',
  'aider',
  'opencode',
  'copilot',
])
const unchecked = /^(?:--dangerously-.*|--yolo|--trust-all-tools|--full-auto|--yes-always|--allow-all-tools)$/

/** An assistant that is told to act without asking. */
export const isUncheckedAgent = (program: string, words: readonly string[]): boolean =>
  agents.has(program) && words.some((word) => unchecked.test(word))

const systems: Readonly<Record<string, RegExp>> = {
  pip: /^install$/,
  pip3: /^install$/,
  gem: /^install$/,
  cargo: /^install$/,
  go: /^install$/,
  brew: /^install$/,
  apt: /^install$/,
  'apt-get': /^install$/,
  yum: /^install$/,
  dnf: /^install$/,
  apk: /^add$/,
  choco: /^install$/,
  winget: /^install$/,
  deno: /^install$/,
}

/** What a command installs besides the package's own dependencies; `globally` for packages of npm that all projects then have. */
export function installs(program: string, words: readonly string[]): { name: string; globally: boolean } | undefined {
  const plain = words.filter((word) => !word.startsWith('-'))
  const [verb = '', first, second] = plain
  if (/^(?:npm|pnpm|yarn|bun)$/.test(program)) {
    const isGlobal =
      words.some((word) => word === '-g' || word === '--global') || (program === 'yarn' && verb === 'global')
    const name = verb === 'global' ? second : first
    if (!/^(?:i|in|ins|install|add|isntall|global)$/.test(verb) || name === undefined) return undefined
    return { name, globally: isGlobal }
  }
  const wanted = Object.hasOwn(systems, program) ? systems[program] : undefined
  if (wanted?.test(verb) !== true || first === undefined) return undefined
  return { name: first, globally: false }
}

const deleters: ReadonlySet<string> = new Set([
  'rm',
  'rmdir',
  'unlink',
  'shred',
  'rimraf',
  'del',
  'erase',
  'rd',
  'remove-item',
  'ri',
  'srm',
])
export const isDeleter = (program: string): boolean => deleters.has(program)

const homes = /^(?:~|\/|[a-z]:|\/home|\/users|\/etc|\/usr|\/var|\$systemdrive|\$systemroot)[\\/]?\*?(?:\.\*)?$/i
/** A folder that holds all that somebody has. */
export const isHome = (word: string): boolean => homes.test(word)

const selves = /^(?:\$0|\$BASH_SOURCE|%~f?0|\$PSCommandPath|\$MyInvocation\.MyCommand\.(?:Path|Definition))$/i
export const isSelf = (word: string): boolean => selves.test(word)
