import { fileAnalyser } from '../../src/package/code/analyse-file.js'
import type { CodeAnalyser } from '../../src/package/code/code-analyser.js'
import { readServer } from '../../src/package/mcp/read-server.js'

const analyseFile = fileAnalyser()

/** Reads code right here, on our own small stack: for tests whose files harm nobody. */
export const inProcessAnalyser: CodeAnalyser = {
  lane: () => ({
    analyse: async ({ path, bytes }) => analyseFile(bytes, path),
    readServer: async (input) => readServer(input),
    ready: async () => {},
  }),
}
