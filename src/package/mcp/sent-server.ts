import { silentCode, unreadCode } from '../code/bare-code.js'
import type { Answer } from '../code/worker-messages.js'
import { readServer } from './read-server.js'
import type { ServerInput } from './server-files.js'

/** What a process that reads code answers for a server. Never throws: whatever a package does to its reader is told of that package. */
export function readSentServer(bytes: Buffer): Pick<Answer, 'code' | 'server'> {
  try {
    const server = readServer(JSON.parse(bytes.toString()) as ServerInput)
    return { code: silentCode('bytes'), server }
  } catch (error) {
    if (error instanceof RangeError) {
      return { code: unreadCode('too-deep', 'nested deeper than the stack that its server is read with') }
    }
    const detail = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'no error'
    return { code: unreadCode('crash', detail) }
  }
}
