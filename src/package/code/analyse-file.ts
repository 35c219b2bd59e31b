import { silentCode, unreadCode } from './bare-code.js'
import type { FileCode } from './file-code.js'
import { readCode } from './read/read-code.js'
import { readRequests } from './requests.js'

/**
 * All that one file says as code. Runs inside a child process, on a large stack; never throws: whatever a file does to
 * its reader is told of that file.
 */
export function analyseFile(bytes: Buffer, path: string): FileCode {
  try {
    const read = readCode(bytes, path)
    return {
      ...silentCode(read.dialect),
      ...(read.unanalysable && { unanalysable: read.unanalysable }),
      requests: readRequests(read),
    }
  } catch (error) {
    if (error instanceof RangeError) return unreadCode('too-deep', 'nested deeper than the stack of the analysis')
    return unreadCode('crash', error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'no error')
  }
}
