import type { PostureReader } from '../../src/repository/posture/posture-reader.js'
import type { RepositoryCommand } from '../../src/repository/posture/posture-state.js'

/** What a reader makes of one file, as the only one of its repository. */
export const commandsIn = (reader: PostureReader, file: string, text: string): readonly RepositoryCommand[] =>
  reader.read(file, text, (path) => path === file).commands ?? []

/** `3 npm ci`: the line and the words of each command. */
export const linesAndWords = (commands: readonly RepositoryCommand[]): readonly string[] =>
  commands.map(({ line, invocation }) => `${line} ${invocation.words.join(' ')}`)

/** `${{ inner }}` as GitHub has it. */
export const expression = (inner: string): string => ['$', `{{ ${inner} }}`].join('')
