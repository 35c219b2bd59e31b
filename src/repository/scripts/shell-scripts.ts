import { posix } from 'node:path'
import { maxCommandFileBytes } from '../../limits.js'
import { posixShells, powershells, programName } from '../../package/shell/programs.js'
import type { ShellDialect } from '../../package/shell/shell-act.js'
import { ShellBudget } from '../../package/shell/shell-budget.js'
import { PlacedText } from '../commands/placed-text.js'
import { readCommands } from '../commands/read-commands.js'
import type { PostureReader } from '../posture/posture-reader.js'

const dialects: ReadonlyMap<string, ShellDialect> = new Map([
  ['.sh', 'posix'],
  ['.bash', 'posix'],
  ['.zsh', 'posix'],
  ['.ksh', 'posix'],
  ['.ps1', 'powershell'],
  ['.cmd', 'cmd'],
  ['.bat', 'cmd'],
])

/** Where programs without an ending are likely shell scripts, and what they are called at the root; elsewhere each file would have to be opened to see. */
const scriptFolders =
  /^(?:setup|install|bootstrap|configure|build|start|run|test|check|ci|deploy|release|publish|init|update|entrypoint)$|(?:^|\/)(?:bin|scripts?|ci|\.ci|tools?|hack|build|\.buildkite|\.circleci|\.github)\//

export const shellScriptReader: PostureReader = {
  matches: (path) =>
    dialects.has(posix.extname(path).toLowerCase()) ||
    (/^[\w-]{1,100}$/.test(posix.basename(path)) &&
      scriptFolders.test(path) &&
      !/^(?:Make|Docker|Container|LICENSE|README|CODEOWNERS)/i.test(posix.basename(path))),
  // Programs without an ending may be anything; those with one may lack the first line.
  // A shell too looks no further than the first line.
  opens: (start) => !start.replace(/\n[\s\S]*$/, '').includes('\0'),
  read: (file, text, _, budget = new ShellBudget()) => {
    const dialect = dialectOf(file, text)
    if (dialect === undefined) return {}
    const placed = PlacedText.lines(text, 1)
    // Scripts are started from the root by custom, not by any rule.
    const host = { kind: 'shell-script' } as const
    return readCommands([{ file, host, placed, dialect, folder: '', environment: new Map() }], budget)
  },
  maxBytes: maxCommandFileBytes,
}

/** The first line wins over the ending. */
function dialectOf(file: string, text: string): ShellDialect | undefined {
  const shebang = /^#!\s{0,20}(\S{1,200})(?:[ \t]+(?:-S[ \t]+)?(?:\w{1,100}=\S{0,200}[ \t]+){0,9}(\S{1,200}))?/.exec(
    text,
  )
  if (shebang === null) return dialects.get(posix.extname(file).toLowerCase())
  const [, first = '', second = ''] = shebang
  const program = programName(programName(first) === 'env' ? second : first)
  if (powershells.has(program)) return 'powershell'
  return posixShells.has(program) ? 'posix' : undefined
}
