import type { Offered } from './declared.js'
import { reference, type Value } from './interpret/value.js'

/** Methods of servers that declare one thing. */
export const registrations: ReadonlyMap<string, Offered> = new Map([
  ['tool', 'tool'],
  ['registerTool', 'tool'],
  ['addTool', 'tool'],
  ['registerAppTool', 'tool'],
  ['registerToolTask', 'tool'],
  ['prompt', 'prompt'],
  ['registerPrompt', 'prompt'],
  ['addPrompt', 'prompt'],
  ['resource', 'resource'],
  ['registerResource', 'resource'],
  ['addResource', 'resource'],
  ['addResourceTemplate', 'resource'],
  ['registerResourceTemplate', 'resource'],
])

/** Those that declare a list of things. */
export const listRegistrations: ReadonlyMap<string, Offered> = new Map([
  ['addTools', 'tool'],
  ['registerTools', 'tool'],
  ['addPrompts', 'prompt'],
  ['addResources', 'resource'],
])

/** What stands for a server that was made. */
export const serverKey = /(?:McpServer|MCPServer|FastMCP|[:.]Server)\(\)(?:\.server)?$/

/** A method of a server that was taken out of it: `const { tool } = server`, `server.tool.bind(server)`. */
export function methodOf(key: string): { readonly receiver: Value; readonly name: string } | undefined {
  const dot = key.lastIndexOf('.')
  const [receiver, name] = [key.slice(0, dot), key.slice(dot + 1)]
  const isOffer = registrations.has(name) || listRegistrations.has(name) || name === 'setRequestHandler'
  return isOffer && serverKey.test(receiver) ? { receiver: reference(receiver), name } : undefined
}

export const lastName = (key: string): string =>
  key.slice(Math.max(key.lastIndexOf('.'), key.lastIndexOf(':')) + 1).replace(/\(\)/g, '')

/** Objects of the package have methods of their own; other modules' and unknown ones may be a server. */
export function isServerLike(receiver: Value): boolean {
  if (receiver.kind === 'unknown' || receiver.kind === 'object') return true
  return (
    receiver.kind === 'reference' &&
    !receiver.key.startsWith(':') &&
    !/^(?:inquirer|readline|prompts|enquirer|@clack)/.test(receiver.key)
  )
}
