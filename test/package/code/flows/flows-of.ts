import { fileAnalyser } from '../../../../src/package/code/analyse-file.js'
import type { Flow } from '../../../../src/package/code/file-code.js'

const analyse = fileAnalyser()

/** The flows of one file, as `environment process.env by JSON.stringify 1 → dns dns.lookup 2 a.example`. */
export function flowsOf(code: string, path = 'index.js'): readonly string[] {
  const read = analyse(Buffer.from(code), path)
  if (read.unanalysable !== undefined) throw new Error(read.unanalysable.detail)
  return read.flows.map(toWords)
}

export const toWords = ({ source, sink }: Pick<Flow, 'source' | 'sink'>): string => {
  const from = [source.kind, source.detail, source.line, ...(source.host === undefined ? [] : [source.host])].join(' ')
  const to = [sink.kind, sink.detail, sink.line, ...(sink.host === undefined ? [] : [sink.host])].join(' ')
  return `${from} → ${to}`
}
