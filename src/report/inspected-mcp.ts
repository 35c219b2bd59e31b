import type {
  HandlerExtent,
  McpFacts,
  McpOffer,
  McpParameter,
  McpTool,
  McpUnresolved,
} from '../package/mcp/mcp-facts.js'

interface At {
  readonly file: string
  readonly line: number
}

export interface InspectedParameter extends At {
  readonly name: string
  readonly type?: string
  readonly description?: string
  readonly required: boolean
}

export interface InspectedOffer extends At {
  readonly name: string
  readonly description?: string
  readonly parameters: readonly InspectedParameter[]
}

export interface InspectedTool extends InspectedOffer {
  readonly title?: string
  readonly annotations?: McpTool['annotations']
  /** Where the code behind it stands; empty where that is not known. */
  readonly handlers: readonly HandlerExtent[]
}

/** What an MCP server tells a model. */
export interface InspectedMcp {
  readonly why: readonly string[]
  readonly tools: readonly InspectedTool[]
  readonly prompts: readonly InspectedOffer[]
  readonly resources: readonly InspectedOffer[]
  readonly instructions?: At & { readonly text: string }
  /** How much is declared besides and could not be read. */
  readonly unresolved: number
  readonly unread: readonly (At & Pick<McpUnresolved, 'what' | 'reason'>)[]
}

export function inspectMcp({ why, tools, prompts, resources, instructions, unresolved }: McpFacts): InspectedMcp {
  return {
    why,
    tools: tools.map(inspectTool),
    prompts: prompts.map(inspectOffer),
    resources: resources.map(inspectOffer),
    ...(instructions && { instructions: { text: instructions.text, ...lineOf(instructions) } }),
    unresolved: unresolved.length,
    unread: unresolved.map(({ what, reason, at }) => ({ what, reason, ...lineOf({ at }) })),
  }
}

const lineOf = ({ at: { file, line } }: Pick<McpOffer, 'at'>): At => ({ file, line })

export const inspectTool = (tool: McpTool): InspectedTool => ({
  name: tool.name,
  ...(tool.title !== undefined && { title: tool.title }),
  ...(tool.description !== undefined && { description: tool.description }),
  parameters: tool.parameters.map(inspectParameter),
  ...(tool.annotations && { annotations: tool.annotations }),
  handlers: tool.handlers,
  ...lineOf(tool),
})

export const inspectOffer = (offer: McpOffer): InspectedOffer => ({
  name: offer.name,
  ...(offer.description !== undefined && { description: offer.description }),
  parameters: offer.parameters.map(inspectParameter),
  ...lineOf(offer),
})

const inspectParameter = ({ name, type, description, required, at }: McpParameter): InspectedParameter => ({
  name,
  ...(type !== undefined && { type }),
  ...(description !== undefined && { description }),
  required,
  ...lineOf({ at }),
})
