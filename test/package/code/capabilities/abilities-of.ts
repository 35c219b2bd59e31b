import { type CodeAbilities, readCapabilities } from '../../../../src/package/code/capabilities/read-capabilities.js'
import { readCode } from '../../../../src/package/code/read/read-code.js'

export function abilitiesOf(text: string, path = 'index.js'): CodeAbilities {
  const { tree, source, dialect, unanalysable } = readCode(Buffer.from(text), path)
  if (tree === undefined) throw new Error(`not parsed: ${unanalysable?.detail}`)
  return readCapabilities(tree, source, { anyKeys: dialect === 'typescript' || dialect === 'flow' })
}

/** One line a sighting: capability, detail, and what follows `=` as the constant. A text in a table is easier to read than objects. */
export const told = (text: string, path?: string): readonly string[] =>
  abilitiesOf(text, path).sightings.map(
    ({ capability, detail, constant }) => `${capability}: ${detail}${constant === undefined ? '' : ` = ${constant}`}`,
  )
