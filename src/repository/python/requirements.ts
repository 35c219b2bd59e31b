import { posix } from 'node:path'
import type { PostureReader } from '../posture/posture-reader.js'
import type { Place, PythonManifest, PythonRequirement } from '../posture/posture-state.js'
import { numberedLines } from '../text-lines.js'
import { parseRequirement } from './requirement.js'

/** `requirements.txt`, `requirements-dev.txt`, `dev-requirements.txt`, `requirements/test.txt`, `constraints.txt`, and pip-tools' `.in`. */
const names = /(?:^|[-_.\d])(?:requirements?|constraints?|reqs)(?:[-_.\w]*)\.(?:txt|in|pip)$/i
const folders = /(?:^|\/)requirements?\/(?:[^/]+\/)*[^/]+\.(?:txt|in)$/i

/** Requirements files of pip. */
export const requirementsReader: PostureReader = {
  explains: true,
  matches: (path) => names.test(posix.basename(path)) || folders.test(path),
  read: (file, text) => ({ python: [parseRequirements(file, text)] }),
}

/** Never broken: pip itself stops at what it cannot read, and what stands there names no package. */
export function parseRequirements(file: string, text: string): PythonManifest {
  const requirements: PythonRequirement[] = []
  const options: (Place & { name: string; value: string })[] = []
  const includes: string[] = []
  for (const { line, text: row } of logicalLines(text)) {
    const option = /^(-[a-zA-Z]|--[\w-]+)(?:\s*=\s*|\s+|(?<=^-[a-zA-Z])(?=\S)|$)(.*)$/.exec(row)
    if (option === null) {
      const requirement = parseRequirement(row)
      if (requirement !== undefined) requirements.push({ file, line, ...requirement })
      continue
    }
    const name = longNames.get(option[1] ?? '') ?? option[1] ?? ''
    const value = unquote(option[2]?.trim() ?? '')
    if (name === '--requirement' || name === '--constraint') {
      // An address is not a file of the repository.
      if (!/^[a-z][a-z+]*:\/\//i.test(value)) includes.push(posix.join(posix.dirname(file), value))
      options.push({ file, line, name, value })
    } else if (name === '--editable') {
      const requirement = parseRequirement(value)
      if (requirement !== undefined) requirements.push({ file, line, ...requirement })
      options.push({ file, line, name, value })
    } else options.push({ file, line, name, value })
  }
  return { file, format: 'requirements', requirements, options, includes }
}

const longNames: ReadonlyMap<string, string> = new Map([
  ['-r', '--requirement'],
  ['-c', '--constraint'],
  ['-e', '--editable'],
  ['-i', '--index-url'],
  ['-f', '--find-links'],
  ['--pypi-url', '--index-url'],
])

const unquote = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text

interface LogicalLine {
  readonly line: number
  readonly text: string
}

/** As pip joins them: a backslash at the end goes on with the next line, a comment begins at the start or after a blank. */
function logicalLines(text: string): readonly LogicalLine[] {
  const found: LogicalLine[] = []
  let parts: string[] = []
  let line = 0
  const finish = (): void => {
    const joined = parts
      .join('')
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
    if (joined !== '') found.push({ line, text: joined })
    parts = []
  }
  for (const [number, raw] of numberedLines(text)) {
    if (parts.length === 0) line = number
    const isComment = /^\s*#/.test(raw)
    if (raw.endsWith('\\') && !isComment) {
      parts.push(parts.length === 0 ? raw.slice(0, -1) : raw.slice(0, -1).trimStart())
      continue
    }
    // A comment between the lines of one requirement ends it.
    if (isComment && parts.length > 0) {
      finish()
      continue
    }
    parts.push(raw)
    finish()
  }
  if (parts.length > 0) finish()
  return found
}
