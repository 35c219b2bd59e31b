import type { FileCode, Unanalysable } from './file-code.js'

/** The code of a file that says nothing. */
export const silentCode = (dialect: FileCode['dialect']): FileCode => ({
  dialect,
  requests: [],
  sightings: [],
  literals: [],
  flows: [],
  obfuscation: { score: 0, signs: [] },
  hidden: [],
  shape: { cuts: [] },
})

/** A file of which nothing could be learnt. */
export const unreadCode = (reason: Unanalysable['reason'], detail: string): FileCode => ({
  ...silentCode('bytes'),
  unanalysable: { reason, detail },
})
