import type { McpFacts, McpOffer, McpParameter, McpTool, PlaceIn } from '../../../package/mcp/mcp-facts.js'
import type { OwnNames } from './judge-sentence.js'
import type { TextOf } from './judge-text.js'

/** Something that a server shows a model, with all that it says about it. */
export interface Subject {
  /** Our word for it. */
  readonly what: 'tool' | 'prompt' | 'resource' | 'server instructions'
  /** As the server has it; empty for its instructions. */
  readonly name: string
  readonly at: PlaceIn
  readonly texts: readonly ServerText[]
}

export interface ServerText {
  readonly text: string
  readonly of: TextOf
  readonly at: PlaceIn
}

/** All that a model would read of a server; of an upgrade only texts that stood nowhere in the version before. */
export function newSubjects(now: McpFacts, before: McpFacts | undefined): readonly Subject[] {
  const known = new Set(
    before && subjectsOf(before).flatMap(({ texts }) => texts.map(({ text }) => withoutBlanks(text))),
  )
  return subjectsOf(now)
    .map((subject) => ({ ...subject, texts: subject.texts.filter(({ text }) => !known.has(withoutBlanks(text))) }))
    .filter(({ texts }) => texts.length > 0)
}

const withoutBlanks = (text: string): string => text.replace(/\s+/gu, ' ').trim()

export function subjectsOf({ tools, prompts, resources, instructions }: McpFacts): readonly Subject[] {
  return [
    ...tools.map((tool): Subject => ({ what: 'tool', name: tool.name, at: tool.at, texts: [...textsOfTool(tool)] })),
    ...prompts.map(
      (prompt): Subject => ({ what: 'prompt', name: prompt.name, at: prompt.at, texts: textsOfOffer(prompt) }),
    ),
    ...resources.map((one): Subject => ({ what: 'resource', name: one.name, at: one.at, texts: textsOfOffer(one) })),
    ...(instructions === undefined
      ? []
      : [
          {
            what: 'server instructions' as const,
            name: '',
            at: instructions.at,
            // Instructions are addressed to the model from their first sentence on.
            texts: [{ text: instructions.text, of: 'parameter' as const, at: instructions.at }],
          },
        ]),
  ]
}

function textsOfTool(tool: McpTool): readonly ServerText[] {
  const stated = Object.values(tool.annotations ?? {}).filter((value) => typeof value === 'string')
  const titles = [tool.title ?? '', ...stated].filter((text) => text !== '')
  return [...textsOfOffer(tool), ...titles.map((text): ServerText => ({ text, of: 'description', at: tool.at }))]
}

const textsOfOffer = ({ name, description, descriptionAt, at, parameters }: McpOffer): readonly ServerText[] => [
  ...(description === undefined ? [] : [{ text: description, of: 'description' as const, at: descriptionAt ?? at }]),
  { text: name, of: 'description', at },
  ...parameters.flatMap(textsOfParameter),
]

const textsOfParameter = ({ name, description, at }: McpParameter): readonly ServerText[] => [
  { text: name, of: 'description', at },
  ...(description === undefined ? [] : [{ text: description, of: 'parameter' as const, at }]),
]

/** What its texts may well speak of. */
export const ownNamesOf = ({ tools, prompts, resources }: McpFacts): OwnNames =>
  new Set(
    [...tools, ...prompts, ...resources].flatMap(({ name, parameters }) =>
      [name, ...parameters.map((parameter) => parameter.name)].map((one) => one.toLowerCase()),
    ),
  )
