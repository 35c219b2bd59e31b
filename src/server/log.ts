import { type Logger, pino, stdSerializers } from 'pino'
import { redact } from '../github/redact.js'

/** One JSON line for each event of ours. Errors lose what they carry of requests and payloads, and every token. */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
  const serializers = { err: serializeError, error: serializeError }
  // Over the whole line: a message or a field of a library can hold a token just as well as an error.
  return pino({ level, serializers, hooks: { streamWrite: redact } }, destination ?? process.stderr)
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const { type, message, stack } = stdSerializers.err(error)
  return { type, message, stack }
}
