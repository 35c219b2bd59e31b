/** A text of a configuration or of code, with its line. */
export interface McpWord {
  readonly text: string
  readonly line: number
}

/** Where what a server's command starts comes from. `local` is code or a program of the machine, which nobody fetches. */
export type StartedSource = 'npm' | 'npm-git' | 'npm-address' | 'pypi' | 'image' | 'address'

/** Something that is fetched and run when a client starts the server. */
export interface StartedPackage {
  readonly source: StartedSource
  /** Without version, tag or digest. Of git and addresses: as written. */
  readonly name: string
  /** The version, range, tag, commit or digest as written; `''` where there is none. */
  readonly range: string
  /** Names bytes that nobody can replace: an exact version, a whole commit, a digest. */
  readonly exact: boolean
  /** What it is asked for with, for people: `npx -y`. */
  readonly runner: string
  readonly line: number
  /** Part of it is filled in when the server starts, so that nobody can say what it is. */
  readonly variable: boolean
  /** The project holds it as a dependency, which the runner takes first: its lockfile says which. */
  readonly inProject?: true
  /** The runner looks among the project's own dependencies first. */
  readonly looksAtProject: boolean
  /** The registry that the command line, or a variable of the server, asks instead of the configured one; as written. */
  readonly registry?: string
  /** The version that it would run today, by the registry; absent where that is not known. */
  readonly resolved?: string
}

/** A variable that a server is given. Values are never kept. */
export interface McpVariable {
  readonly name: string
  readonly line: number
  /** Of variables that decide which code runs or where it asks: a digest of the value, to see that it changed. */
  readonly digest?: string
}

/** One MCP server that a configuration, or code of the repository, starts or connects to. */
export interface McpServer {
  readonly file: string
  /** As the configuration calls it; absent where code starts it without a name. */
  readonly name?: string
  readonly origin: 'configuration' | 'code'
  /** The setting that holds it: `mcpServers`. Of code, how it is started. */
  readonly section: string
  /** Of its name, or of the code. */
  readonly line: number
  readonly command?: McpWord
  readonly args: readonly McpWord[]
  /** The folder that it is started in, which decides what a relative path means. */
  readonly folder?: McpWord
  /** Its address without user, password and secret parts of the query. */
  readonly url?: McpWord
  readonly environment: readonly McpVariable[]
  /** It is given the whole environment of what starts it, or a whole file of variables. */
  readonly wholeEnvironment?: McpWord
  readonly disabled: boolean
  readonly started: readonly StartedPackage[]
}

/** A setting by which a client stops asking. */
export interface McpApproval {
  readonly file: string
  readonly line: number
  /** The server that it is about; absent where it is about all. */
  readonly server?: string
  /** The setting's name: `autoApprove`, `permissions.allow`. */
  readonly setting: string
  /** What it approves, as written: a tool, a server, or `true`. */
  readonly value: string
  /** All tools or servers, those of tomorrow too. */
  readonly everything: boolean
}

/** A server that the change adds, or starts in another way. */
export interface McpServerChange {
  readonly before?: McpServer
  readonly after: McpServer
}

/** What the change did to the repository's MCP servers. Lists hold only what it brings in, sorted by file and line. */
export interface McpChange {
  readonly servers: readonly McpServerChange[]
  readonly approvals: readonly McpApproval[]
}
