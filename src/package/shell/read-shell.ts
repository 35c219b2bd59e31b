import { maxScriptDepth } from '../../limits.js'
import { commandsInCode, judgeCode } from './code-payload.js'
import { type ActContext, findActs } from './find-acts.js'
import type { Invocation } from './invocation.js'
import type { Payload } from './payloads.js'
import { readCmd } from './read-cmd.js'
import { readPosix } from './read-posix.js'
import { readPowershell } from './read-powershell.js'
import type { ShellAct, ShellDialect } from './shell-act.js'
import { ShellBudget } from './shell-budget.js'

/** A text that some shell would run. */
export interface ShellText {
  readonly text: string
  readonly dialect: ShellDialect
  /** Absent for the command of a script itself. */
  readonly file?: string
}

/**
 * What shell texts do that belong together, in the order in which they stand and run; nothing is run to learn it. `ownFiles`: what the
 * script runs, so that it can be told when that is deleted.
 */
export function readShell(
  texts: readonly ShellText[],
  ownFiles: readonly string[] = [],
  budget: ShellBudget = new ShellBudget(),
): readonly ShellAct[] {
  const context: ActContext = { acts: [], saved: new Map(), own: new Set(ownFiles) }
  for (const { text, dialect, file } of texts) read({ kind: 'plain', dialect, text }, context, file, budget)
  return context.acts
}

/** The acts of a command that JavaScript gives to a shell. */
export const readSpawned = (command: string, budget?: ShellBudget): readonly ShellAct[] =>
  readShell([{ text: command, dialect: 'posix' }], [], budget)

function read(first: Payload, context: ActContext, file: string | undefined, budget: ShellBudget): void {
  const waiting: { payload: Payload; depth: number }[] = [{ payload: first, depth: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { payload, depth } = next
    if (depth > maxScriptDepth || !budget.spend(payload.text)) {
      context.acts.push({
        action: 'unread',
        detail: 'longer or deeper than a shell text that is read',
        excerpt: '',
        line: 1,
        ...(file !== undefined && { file }),
      })
      return
    }
    const inner: Payload[] = []
    if (payload.dialect === 'code') {
      noteCode(payload.text, context, file)
      inner.push(...commandsInCode(payload.text).map((text): Payload => ({ kind: 'plain', dialect: 'posix', text })))
    } else {
      for (const invocations of readings(payload.text, payload.dialect))
        inner.push(...findActs(invocations, context, file))
    }
    for (const one of inner.slice(0, maxPayloads).reverse()) {
      if (one.text !== payload.text) waiting.push({ payload: one, depth: depth + 1 })
    }
  }
}

/** Texts that one text gives to other shells: each costs a reading. */
const maxPayloads = 200

const looksLikeWindows = /%[A-Za-z_]\w*%|\b(?:start|del|rd|erase)\s{1,4}\/[a-z]\b|\.(?:bat|cmd|exe)\b/i

/** npm gives a script to cmd.exe on Windows, which splits other words. */
function* readings(text: string, dialect: ShellDialect): Generator<readonly Invocation[]> {
  if (dialect === 'powershell') yield readPowershell(text)
  else if (dialect === 'cmd') yield readCmd(text)
  else {
    yield readPosix(text)
    if (looksLikeWindows.test(text)) yield readCmd(text)
  }
}

function noteCode(code: string, { acts }: ActContext, file: string | undefined): void {
  const action = judgeCode(code)
  const place = file === undefined ? { line: 1 } : { file, line: 1 }
  if (action !== undefined) acts.push({ action, detail: code.slice(0, 300), excerpt: code.slice(0, 160), ...place })
}
