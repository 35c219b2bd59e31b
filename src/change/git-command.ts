import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { devNull } from 'node:os'
import { maxGitCommandMs } from '../limits.js'
import { errorCode } from './error-code.js'

/** Why a local repository did not give an answer. `message` is a sentence for people and may hold foreign text. */
export interface GitFailure {
  readonly code:
    | 'git-missing'
    | 'not-a-repository'
    | 'reference-invalid'
    | 'reference-unknown'
    | 'default-branch-unknown'
    | 'merge-base-missing'
    | 'git-failed'
  readonly message: string
}

export type GitAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: GitFailure }

export const answer = <T>(value: T): GitAnswer<T> => ({ ok: true, value })

export const failure = (code: GitFailure['code'], message: string): GitAnswer<never> => ({
  ok: false,
  failure: { code, message },
})

// The repository's own configuration is hostile. Reading objects starts no hook, filter or text conversion; what could
// still start a program is the file system monitor and the lazy fetch of a partial clone, whose "remote" may be a command.
const safeConfiguration = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  `core.hooksPath=${devNull}`,
  '-c',
  'protocol.allow=never',
  '-c',
  'core.quotePath=false',
]

/** HOME stays, because the user's own `safe.directory` decides whose repositories git opens. */
const inherited = ['PATH', 'HOME', 'XDG_CONFIG_HOME', 'USERPROFILE', 'SystemRoot', 'TMPDIR', 'TEMP'] as const

function gitEnvironment(): NodeJS.ProcessEnv {
  const kept = inherited.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    // An empty list allows no protocol at all, whatever the configuration says; older git does not know NO_LAZY_FETCH.
    GIT_ALLOW_PROTOCOL: '',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    // A replacement or a graft would show other content under a commit's name than everybody else sees.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: devNull,
  }
}

/** Starts git in `directory`. Arguments are a list: no shell ever sees them. */
export function spawnGit(directory: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', ['--no-pager', ...safeConfiguration, ...args], {
    cwd: directory,
    env: gitEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
}

export interface GitOutput {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Enough for any answer of one line; what is longer is no answer that we asked for. */
const maxAnswerBytes = 64 * 1024

/** Runs a git command whose answer is short. */
export async function runGit(directory: string, args: readonly string[]): Promise<GitAnswer<GitOutput>> {
  const child = spawnGit(directory, args)
  child.stdin.end()
  const timer = setTimeout(() => child.kill('SIGKILL'), maxGitCommandMs)
  const [stdout, stderr] = [collectStart(child.stdout), collectStart(child.stderr)]
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => resolve(code ?? -1))
    })
    return answer({ status, stdout: stdout(), stderr: stderr() })
  } catch (error) {
    // `spawn` reports a missing program and a missing working directory by the same ENOENT.
    return failure('git-missing', `git could not be started in ${directory} (${errorCode(error)})`)
  } finally {
    clearTimeout(timer)
  }
}

function collectStart(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = []
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    if (bytes < maxAnswerBytes) chunks.push(chunk)
    bytes += chunk.length
  })
  return () => Buffer.concat(chunks).subarray(0, maxAnswerBytes).toString()
}
