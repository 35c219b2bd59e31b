import type { Place, Unanalysable } from '../code/file-code.js'

/** A place in one of the package's files. */
export interface PlaceIn extends Place {
  readonly file: string
}

export interface McpParameter {
  readonly name: string
  /** As a JSON schema says it: `string`, `array`, `string | number`; absent where it is not told. */
  readonly type?: string
  readonly description?: string
  readonly required: boolean
  readonly at: PlaceIn
}

/** Where the code of a tool stands, first to last line. */
export interface HandlerExtent {
  readonly file: string
  readonly startLine: number
  readonly endLine: number
}

export interface McpTool {
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly parameters: readonly McpParameter[]
  /** `readOnlyHint`, `destructiveHint` and their kin. */
  readonly annotations?: Readonly<Record<string, boolean | string>>
  readonly at: PlaceIn
  readonly descriptionAt?: PlaceIn
  readonly handlers: readonly HandlerExtent[]
}

/** A prompt, a resource or a resource template: a name (or URI) and a text that the model may see. */
export interface McpOffer {
  readonly name: string
  readonly description?: string
  readonly parameters: readonly McpParameter[]
  readonly at: PlaceIn
  readonly descriptionAt?: PlaceIn
}

export interface McpText {
  readonly text: string
  readonly at: PlaceIn
}

/** Something that is declared but could not be read without running it. */
export interface McpUnresolved {
  readonly what: 'tool' | 'prompt' | 'resource' | 'instructions' | 'file'
  /** In our own words: why. */
  readonly reason: string
  readonly at: PlaceIn
}

/** What an MCP server would tell a model, read from its tarball. JSON in, JSON out; lists are bounded, and sorted by name, then place. */
export interface McpFacts {
  /** Why it counts as a server, in our words. Never empty. */
  readonly why: readonly string[]
  readonly tools: readonly McpTool[]
  readonly prompts: readonly McpOffer[]
  readonly resources: readonly McpOffer[]
  readonly instructions?: McpText
  readonly unresolved: readonly McpUnresolved[]
  /** Why none of its code could be followed: it took down, or kept too long, whoever read it. */
  readonly unread?: Unanalysable
  /** Names of its tools that its README mentions; absent where it has no README. */
  readonly readmeTools?: readonly string[]
}
