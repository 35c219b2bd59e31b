import type { Severity } from '../rules/rule.js'

/** ANSI colours, or none. Only text of ours goes through it: foreign text is made visible before. */
export interface TerminalStyle {
  bold(text: string): string
  dim(text: string): string
  good(text: string): string
  bad(text: string): string
  warn(text: string): string
}

const wrapIn =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001b[${open}m${text}\u001b[${close}m`

const unstyled = (text: string): string => text

const colourless: TerminalStyle = { bold: unstyled, dim: unstyled, good: unstyled, bad: unstyled, warn: unstyled }

const colours: TerminalStyle = {
  bold: wrapIn(1, 22),
  dim: wrapIn(2, 22),
  good: wrapIn(32, 39),
  bad: wrapIn(31, 39),
  warn: wrapIn(33, 39),
}

export const terminalStyle = (colour: boolean): TerminalStyle => (colour ? colours : colourless)

export const styleSeverity = (style: TerminalStyle, severity: Severity, text: string): string =>
  severity === 'critical' || severity === 'high' ? style.bad(text) : severity === 'medium' ? style.warn(text) : text

/** `NO_COLOR` counts when it is not empty (no-color.org); a file or a pipe gets no colours. */
export const wantsColour = (
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
  noColorFlag: boolean,
): boolean => isTerminal && !noColorFlag && !env.NO_COLOR && env.TERM !== 'dumb'
