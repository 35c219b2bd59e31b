import type { Invocation } from '../../package/shell/invocation.js'
import { programName } from '../../package/shell/programs.js'

export interface StartedProgram {
  /** `/usr/bin/npm.cmd` is `npm`; empty where nothing is started. */
  readonly program: string
  /** What it is given. */
  readonly words: readonly string[]
  /** What it alone finds in its environment: `CI=1 npm ci`, `env CI=1 npm ci`. */
  readonly assigned: readonly (readonly [name: string, value: string])[]
}

interface Prefix {
  /** Switches that take the next word. */
  readonly valued?: RegExp
  /** Words of its own before the program: the user of `gosu`, the duration of `timeout`. */
  readonly words?: number
  /** Its own command, which stands before the program: `nvm exec 20 npm ci`. */
  readonly verb?: RegExp
  /** The program stands behind `--`, if anywhere. */
  readonly dashes?: boolean
  /** Too many switches to know, and words of its own: the first shell or package manager behind it is what it starts. */
  readonly seeks?: boolean
}

const plain: Prefix = {}

/** Programs that start what follows them. */
const prefixes: ReadonlyMap<string, Prefix> = new Map<string, Prefix>([
  ['sudo', { valued: /^-[ughpCrtUDRT]$|^--(?:user|group|host|prompt|role|type|chdir|chroot|other-user)$/ }],
  ['doas', { valued: /^-[uC]$/ }],
  ['gosu', { words: 1 }],
  ['su-exec', { words: 1 }],
  ['setpriv', plain],
  ['runuser', { valued: /^-[ugG]$/, dashes: true }],
  ['env', { valued: /^-[uCS]$|^--(?:unset|chdir)$/ }],
  ['exec', { valued: /^-a$/ }],
  ['nohup', plain],
  ['setsid', plain],
  ['time', { valued: /^-[fo]$/ }],
  ['nice', { valued: /^-n$/ }],
  ['ionice', { valued: /^-[cnp]$/ }],
  ['timeout', { valued: /^-[sk]$|^--(?:signal|kill-after)$/, words: 1 }],
  ['stdbuf', { valued: /^-[ioe]$/ }],
  ['command', plain],
  ['builtin', plain],
  ['cross-env', plain],
  ['cross-env-shell', plain],
  ['xargs', { valued: /^-[nPILdaEs]$|^--(?:max-args|max-procs|replace|delimiter|arg-file)$/ }],
  ['start', plain],
  ['call', plain],
  ['unbuffer', plain],
  ['caffeinate', plain],
  ['arch', plain],
  ['tini', { dashes: true }],
  ['dumb-init', plain],
  ['xvfb-run', { valued: /^-[nsef]$|^--(?:server-num|server-args|error-file|auth-file)$/ }],
  ['dbus-run-session', plain],
  ['corepack', plain],
  ['nvm', { verb: /^(?:exec|run)$/, words: 1 }],
  ['fnm', { verb: /^exec$/, valued: /^--using$/ }],
  ['volta', { verb: /^run$/, valued: /^--(?:node|npm|yarn|pnpm)$/ }],
  ['mise', { verb: /^(?:x|exec)$/, dashes: true }],
  ['rtx', { verb: /^(?:x|exec)$/, dashes: true }],
  ['dotenv', { dashes: true }],
  ['doppler', { verb: /^run$/, dashes: true }],
  ['op', { verb: /^run$/, dashes: true }],
  ['sfw', plain],
  ['docker', { verb: /^(?:run|exec|compose|container)$/, seeks: true }],
  ['podman', { verb: /^(?:run|exec|compose|container)$/, seeks: true }],
  ['docker-compose', { verb: /^(?:run|exec)$/, seeks: true }],
  ['nix', { verb: /^(?:develop|shell)$/, seeks: true }],
  ...['find', 'retry', 'strace', 'unshare', 'chroot', 'wsl', 'setarch', 'parallel'].map((name): [string, Prefix] => [
    name,
    { seeks: true },
  ]),
])

/** What a program that is not followed in its switches may be there to start. */
const sought = /^(?:np[mx]|yarn|pnpm|pnpx|bunx?|pip3?|uvx?|pipx|poetry|pdm|bash|sh|dash|zsh)$/

/** `find . -name npm`, `docker run --name npm`: here it is only a name. */
const naming = /^(?:-i?(?:name|path)|--name|-w|--workdir|-u|--user|--network|-h|--hostname)$/

/** Prefixes before one another: more are written to be slow to read. */
const maxPrefixes = 20

/** `sudo -u node env CI=1 corepack pnpm install` starts pnpm. What is not understood is told as it stands. */
export function startedProgram({ words, assigned = [] }: Pick<Invocation, 'words' | 'assigned'>): StartedProgram {
  const given = [...assigned]
  let rest = words
  for (let turn = 0; turn < maxPrefixes; turn += 1) {
    const program = programName(rest[0] ?? '')
    const prefix = prefixes.get(program)
    const at = prefix === undefined ? 0 : behind(prefix, rest)
    if (prefix === undefined || at <= 0 || at >= rest.length) return { program, words: rest.slice(1), assigned: given }
    for (const word of rest.slice(1, at)) {
      const sign = word.indexOf('=')
      if (sign > 0 && /^\w{1,100}$/.test(word.slice(0, sign))) given.push([word.slice(0, sign), word.slice(sign + 1)])
    }
    rest = rest.slice(at)
    // What ends the command of `find` is none of its words.
    if (program === 'find' && /^[;+]$/.test(rest.at(-1) ?? '')) rest = rest.slice(0, -1)
  }
  return { program: programName(rest[0] ?? ''), words: rest.slice(1), assigned: given }
}

/** Where the program stands that a prefix starts; 0 where it starts none. */
function behind(
  { valued, words: own = 0, verb, dashes = false, seeks = false }: Prefix,
  words: readonly string[],
): number {
  if (seeks) {
    const at = words.findIndex(
      (word, index) => index > 0 && sought.test(programName(word)) && !naming.test(words[index - 1] ?? ''),
    )
    return at > 0 && (verb === undefined || verb.test(words[1] ?? '')) ? at : 0
  }
  if (dashes) {
    const at = words.indexOf('--')
    const isVerb = verb === undefined || verb.test(words[1] ?? '')
    return at > 0 && isVerb ? at + 1 : 0
  }
  let at = 1
  if (verb !== undefined) {
    if (!verb.test(words[at] ?? '')) return 0
    at += 1
  }
  let left = own
  for (; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === '--') return at + 1
    if (valued?.test(word)) at += 1
    else if (/^-./.test(word) || /^\w{1,100}=/.test(word)) continue
    else if (left > 0) left -= 1
    else return at
  }
  return 0
}
