import { type Logger, pino, stdSerializers } from 'pino'
import { redact } from '../github/redact.js'

/** One JSON line for each event of ours. Errors lose what they carry of requests and payloads, and every token. */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
  return pino({ level, serializers: { err: serializeError, error: serializeError } }, destination ?? process.stderr)
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return redact(String(error))
  const { type, message, stack } = stdSerializers.err(error)
  return { type, message: redact(message), stack: redact(stack) }
}
