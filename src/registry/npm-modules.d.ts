/** The parts of npm's own modules that are used here and come without types. */
declare module '@npmcli/config' {
  interface ConfigOptions {
    readonly definitions: object
    readonly shorthands: object
    readonly flatten: (source: object, flat?: object) => object
    readonly nerfDarts: readonly string[]
    readonly npmPath: string
    readonly argv: readonly string[]
    readonly env: Record<string, string | undefined>
    readonly cwd: string
    readonly warn: boolean
  }

  export default class Config {
    constructor(options: ConfigOptions)
    load(): Promise<void>
    loadProjectConfig(): Promise<void>
    get(key: string, where?: string): unknown
    localPrefix: string | null
    cwd: string
    readonly flat: Readonly<Record<string, unknown>>
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const definitions: {
    readonly definitions: object
    readonly shorthands: object
    readonly flatten: (source: object, flat?: object) => object
    readonly nerfDarts: readonly string[]
  }
  export default definitions
}

declare module '@npmcli/agent' {
  import type { ClientRequest, Agent as HttpAgent } from 'node:http'
  import type { LookupFunction, Socket } from 'node:net'

  export interface ConnectOptions {
    readonly host?: string
    readonly port?: number | string
    readonly secureEndpoint?: boolean
    lookup?: LookupFunction
  }

  export interface RequestOptions {
    readonly agent?: HttpAgent
    readonly host?: string
  }

  export class Agent extends HttpAgent {
    constructor(options: Readonly<Record<string, unknown>>)
    readonly proxy: { readonly url?: URL }
    addRequest(request: ClientRequest, options: RequestOptions): void
    connect(request: ClientRequest, options: ConnectOptions): Promise<Socket>
  }
}
