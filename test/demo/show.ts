import { styleText } from 'node:util'
import type { CheckRun, Pull, ReviewComment } from '../emulator/github.js'
import { toLines } from './plain-markdown.js'

type Style = Parameters<typeof styleText>[0]

const width = 100
const shownLines = 4

/** Plain text where nobody looks at colours: a pipe, or NO_COLOR. */
const paint = (style: Style, text: string) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text

export function say(text = ''): void {
  process.stdout.write(`${text}\n`)
}

export const faint = (text: string) => paint('dim', text)
export const strong = (text: string) => paint('bold', text)

export function showCheck(run: CheckRun): void {
  const passed = run.conclusion === 'success'
  say(`${paint(passed ? 'green' : 'red', passed ? '✓' : '✗')} ${strong(run.name)}  ${run.conclusion}`)
  say(`  ${strong(run.title ?? '')}`)
  say()
  for (const line of toLines(run.summary ?? '', width)) say(line === '' ? '' : `  ${line}`)
}

/** Each comment under the last lines of the diff that it stands at, as on the page of the pull request. */
export function showComments({ comments }: Pull): void {
  for (const comment of comments.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))) {
    say()
    say(strong(comment.path) + faint(comment.line === null ? '' : `:${comment.line}`))
    for (const line of hunkTail(comment)) say(line)
    say(faint(`     ╭─ ${comment.user.login}`))
    for (const line of toLines(comment.body, width - 8)) say(`${faint('     │')}  ${line}`.trimEnd())
    say(faint('     ╰─'))
  }
}

function hunkTail({ hunk, line }: ReviewComment): string[] {
  const tail = hunk.split('\n').slice(-shownLines)
  let number = (line ?? 0) - tail.filter((text) => !text.startsWith('-')).length
  return tail.map((text) => {
    const removed = text.startsWith('-')
    if (!removed) number += 1
    const shown = cut(`${removed ? '    ' : String(number).padStart(4)} ${text}`)
    if (removed) return paint('red', shown)
    return text.startsWith('+') ? paint('green', shown) : faint(shown)
  })
}

/** What is below the threshold for comments stands in the margin of the files. */
export function showAnnotations({ annotations }: CheckRun): void {
  for (const { path, start_line, title, message } of annotations) {
    say()
    say(`${strong(path)}${faint(`:${start_line}`)}  ${paint('yellow', title ?? '')}`)
    for (const line of toLines(message, width - 8)) say(`${faint('     │')}  ${line}`.trimEnd())
  }
}

const cut = (text: string) => (text.length > width ? `${text.slice(0, width - 1)}…` : text)
