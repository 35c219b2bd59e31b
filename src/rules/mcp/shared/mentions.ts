import type { McpFacts, McpText } from '../../../package/mcp/mcp-facts.js'

/** Everything that a server tells a model in sentences. */
export function textsOf({ tools, prompts, resources, instructions }: McpFacts): readonly McpText[] {
  const described = [...tools, ...prompts, ...resources].flatMap(({ description, descriptionAt, at, parameters }) => [
    ...(description === undefined ? [] : [{ text: description, at: descriptionAt ?? at }]),
    ...parameters.flatMap((parameter) =>
      parameter.description === undefined ? [] : [{ text: parameter.description, at: parameter.at }],
    ),
  ])
  return [...described, ...(instructions === undefined ? [] : [instructions])]
}

export interface Mention {
  readonly name: string
  /** What stands around it. */
  readonly excerpt: string
}

/** Made of several words (`send_email`, `sendEmail`), so that no sentence holds it by chance. */
const isMade = (name: string): boolean => name.length >= 5 && /[a-z0-9][_-]?[A-Z]|[A-Za-z0-9][_-][A-Za-z0-9]/.test(name)

const around = 60

/** Names of tools that a text speaks of, each once: as they stand where they are made of several words, else in signs as code is quoted. */
export function mentionsIn(text: string, names: ReadonlySet<string>): readonly Mention[] {
  const found = new Map<string, Mention>()
  for (const match of text.matchAll(/[\w./-]+/g)) {
    const name = match[0].replace(/^[./-]+|[./-]+$/g, '')
    if (found.has(name) || !names.has(name)) continue
    const from = match.index + match[0].indexOf(name)
    if (!isMade(name) && !isQuoted(text, from, name.length)) continue
    const [start, end] = [Math.max(0, from - around), Math.min(text.length, from + name.length + around)]
    found.set(name, {
      name,
      excerpt: `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`,
    })
  }
  return [...found.values()]
}

const isQuoted = (text: string, from: number, length: number): boolean =>
  text[from - 1] === '`' && text[from + length] === '`'
