import { plain } from './escape.js'
import type { InspectedMcp, InspectedOffer, InspectedTool } from './inspected-mcp.js'
import { cut, entry, list, type PackagePage } from './package-page.js'
import { listFew, plural } from './plural.js'

/** Shown of tools; the JSON has them all. */
const shownTools = 60

/** What a server tells a model, for a person: each tool with what it asks for and the first line of what it says. */
export function mcpSections(mcp: InspectedMcp, page: PackagePage): string[] {
  const { tools, prompts, resources, instructions, unread } = mcp
  const counts = [
    plural(tools.length, 'tool'),
    ...(prompts.length > 0 ? [plural(prompts.length, 'prompt')] : []),
    ...(resources.length > 0 ? [plural(resources.length, 'resource')] : []),
  ]
  const more = tools.length - shownTools
  return [
    page.style.bold(`MCP server: ${counts.join(', ')}`),
    ...entry('because', mcp.why.join('; '), page),
    ...tools.slice(0, shownTools).flatMap((tool) => toolLines(tool, '  ', page)),
    ...(more > 0 ? [page.style.dim(`  and ${plural(more, 'more tool')}`)] : []),
    ...list('prompts', prompts.map(sayOffer), page),
    ...list('resources', resources.map(sayOffer), page),
    ...(instructions ? entry('instructions', instructions.text, page) : []),
    ...list(
      'not resolved',
      unread.map(({ what, reason, file, line }) => `${what}: ${reason} (${file}:${line})`),
      page,
      6,
    ).map(page.style.warn),
  ]
}

/** `name(asked, perhaps?)`, then its place and its words. */
export function toolLines(tool: InspectedTool, mark: string, { style, width }: PackagePage): string[] {
  const parameters = topmost(tool).map(({ name, required }) => (required ? name : `${name}?`))
  const hints = hintsOf(tool)
  const called = cut(
    plain(`${tool.name}(${parameters.join(', ')})`),
    Math.max(20, width - mark.length - hints.length - 2),
  )
  const about = oneLine(tool.description ?? tool.title ?? 'no description')
  const place = plain(`${tool.file}:${tool.line}`)
  const indent = ' '.repeat(mark.length + 4)
  return [
    `${mark}${style.bold(called)}${hints === '' ? '' : `  ${style.warn(hints)}`}`,
    style.dim(`${cut(`${indent}${plain(about)}`, Math.max(24, width - place.length - 2))}  ${place}`),
  ]
}

/** Without what lies inside of others: `mails`, not `mails[].to`. */
function topmost({ parameters }: InspectedTool): InspectedTool['parameters'] {
  const names = new Set(parameters.map(({ name }) => name))
  return parameters.filter(({ name }) => {
    const [outer] = name.split(/\[\]|\./, 1)
    return outer === name || outer === undefined || !names.has(outer)
  })
}

/** What it says of itself that a client may go by. */
function hintsOf({ annotations = {} }: InspectedTool): string {
  const stated = (hint: string): boolean | string | undefined =>
    Object.hasOwn(annotations, hint) ? annotations[hint] : undefined
  return [
    ...(stated('readOnlyHint') === true ? ['says: only reads'] : []),
    ...(stated('destructiveHint') === true ? ['says: destroys'] : []),
  ].join(', ')
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const sayOffer = ({ name, description, parameters }: InspectedOffer): string =>
  `${name}${
    parameters.length > 0
      ? `(${listFew(
          parameters.map((parameter) => parameter.name),
          8,
        )})`
      : ''
  }${description === undefined ? '' : `: ${oneLine(description)}`}`
