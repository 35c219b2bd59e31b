import type { Capability, Hidden, Place } from '../../package/code/file-code.js'
import { locateInsertion } from '../../package/code/hidden/locate-insertion.js'
import { obfuscatedFrom } from '../../package/code/obfuscation/signs.js'
import type { AnalysedFile } from '../../package/code/package-code.js'
import { defineRule, type Evidence } from '../rule.js'
import { type BroughtFile, broughtCode } from '../shared/brought-code.js'
import { type ChangedFile, evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'

export const codeHidden = defineRule({
  id: 'code-hidden',
  title: 'hidden code',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not install this version. Open the file at the place shown, far to the right if need be, and read what stands there.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: previous }) {
    const files = broughtCode(now, previous)
    const pushed = files.flatMap(pushedCode)
    const put = files.flatMap(slippedIn)
    if (pushed.length + put.length === 0) return []
    const message =
      pushed.length > 0
        ? 'holds code pushed out of sight by blanks'
        : 'has code put into a file of which nothing else changed'
    return [{ message, evidence: shownEvidence([...pushed, ...put]), anchors: [entryField(change, 'version')] }]
  },
})

/** Behind blanks where what the file came from had none, or fewer. */
function pushedCode({ path, code, predecessors }: BroughtFile): readonly Evidence[] {
  const isPushed = ({ kind }: Hidden): boolean => kind === 'long-whitespace'
  const now = code.hidden.filter(isPushed)
  if (now.length <= predecessors.flatMap((file) => file.code.hidden.filter(isPushed)).length) return []
  return now.map((place) => evidenceAt('behind blanks', place.excerpt, { file: path, ...place }))
}

/** What a line put in beside somebody's code does there, if it was put in to do harm. Reading a named variable and the like is everyday code. */
const telling: ReadonlySet<Capability> = new Set([
  'shell',
  'network',
  'dns',
  'socket',
  'eval',
  'vm',
  'file-write',
  'sensitive-read',
  'environment-enumeration',
  'native-addon',
  'crypto-wallet',
  'timer-send',
  'global-hook',
  'module-hook',
  'publish',
  'token-use',
])

/** No screen shows more of a line, and no line that a person writes has more. */
const screen = 200

function slippedIn({ path, code, before }: ChangedFile): readonly Evidence[] {
  const insertion = before && locateInsertion(before.code.shape, code.shape)
  if (before === undefined || insertion === undefined) return []
  const at = (place: Place & { readonly excerpt: string }): Evidence =>
    evidenceAt('put into a file otherwise unchanged', place.excerpt, { file: path, ...place })
  const acts = newActs(code, before)
  // A function that nobody calls yet is how code grows: it counts where it stands off-screen, or hides what it says.
  const isHiding = becameObfuscated(code, before)
  const hidden = acts.filter(
    ({ scope, column }) => scope === 'top' || isHiding || (!insertion.replaces && column > screen),
  )
  if (hidden.length > 0) return hidden.slice(0, 1).map(at)
  const decoded = newDecoded(code, before)
  if (decoded.length > 0) return decoded.slice(0, 1).map(at)
  const obfuscated = { ...insertion.from, excerpt: code.obfuscation.signs.join(', ') }
  return isHiding ? [at(obfuscated)] : []
}

type Code = AnalysedFile['code']

const becameObfuscated = (code: Code, before: AnalysedFile): boolean =>
  code.obfuscation.score >= obfuscatedFrom && before.code.obfuscation.score < obfuscatedFrom

/** In the whole file: a line put in before others may also make them mean something else. */
const newActs = (code: Code, before: AnalysedFile): Code['sightings'] => {
  const keyOf = ({ capability, detail, scope }: Code['sightings'][number]): string => `${capability} ${scope} ${detail}`
  const known = new Set(before.code.sightings.map(keyOf))
  return code.sightings.filter((sighting) => telling.has(sighting.capability) && !known.has(keyOf(sighting)))
}

/** Names that were encoded: nobody encodes a host who does not mind that it is read. */
const newDecoded = (code: Code, before: AnalysedFile): Code['literals'] => {
  const known = new Set(before.code.literals.map(({ value }) => value))
  return code.literals.filter((literal) => literal.decoded && !known.has(literal.value))
}
