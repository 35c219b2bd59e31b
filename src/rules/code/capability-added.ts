import type { Capability, Sighting } from '../../package/code/file-code.js'
import type { AnalysedFile, Reach } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { defineRule, type Severity, severities } from '../rule.js'
import { isAside } from '../shared/aside.js'
import { byWhen, evidenceAt, type SightingAt, sightingsIn } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { isEverybodys } from '../shared/everybodys-files.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { unreadFiles } from '../shared/unread-files.js'
import { severityOfPlace } from '../shared/weighed.js'

/** The abilities that count, in our words, the most dangerous first. */
const abilities: ReadonlyMap<Capability, string> = new Map([
  ['shell', 'shell'],
  ['eval', 'eval'],
  ['vm', 'vm'],
  ['network', 'network'],
  ['dns', 'DNS'],
  ['socket', 'raw socket'],
  ['crypto-wallet', 'crypto wallet'],
  ['native-addon', 'native addon'],
  ['file-write', 'file write'],
  ['file-delete', 'file deletion'],
  ['worker', 'worker'],
  ['dynamic-require', 'dynamic require'],
])

const order = [...abilities.keys()]

const moments = { install: 'on install', load: 'on load', call: 'when called' } as const

export const capabilityAdded = defineRule({
  id: 'capability-added',
  title: 'new ability of the code',
  severity: 'medium',
  confidence: 'high',
  fix: 'Look at the places shown and ask whether what the package is for needs this; its release notes should say so.',
  on: ['upgraded', 'downgraded'],
  needs: ['package', 'previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const gained = gainedAbilities(now, before)
    const unread = unreadFiles(before)
    if (gained.length === 0) return []
    const told = gained.map(({ capability, when }) => `${abilities.get(capability)} (${moments[when]})`)
    const evidence = gained.map((one, index) => evidenceAt(told[index] ?? '', one.excerpt, one))
    const severity = gained
      .map((place): Severity => (unread.has(place.file) ? 'low' : severityOf(place)))
      .sort((a, b) => severities.indexOf(b) - severities.indexOf(a))[0]
    return [
      {
        message: `can do what no file of the version before could: ${told.join(', ')}`,
        evidence: shownEvidence(evidence),
        anchors: [entryField(change, 'version')],
        ...(severity && { severity }),
      },
    ]
  },
})

/** Of each new ability the place that runs first. */
function gainedAbilities(now: PackageFacts, before: PackageFacts): readonly SightingAt[] {
  const had = abilitiesOf(before)
  const lacked = new Set(order.filter((ability) => !had.has(ability)))
  const first = new Map<Capability, SightingAt>()
  for (const file of filesThatCount(now)) {
    for (const place of sightingsIn(file, lacked).filter(counts)) {
      const known = first.get(place.capability)
      if (known === undefined || comesFirst(place, known) < 0) first.set(place.capability, place)
    }
  }
  return [...first.values()].sort((a, b) => byWhen(a, b) || order.indexOf(a.capability) - order.indexOf(b.capability))
}

const filesThatCount = ({ code }: PackageFacts): readonly AnalysedFile[] =>
  (code?.files ?? []).filter((file) => !isAside(file))

const abilitiesOf = (facts: PackageFacts): ReadonlySet<Capability> =>
  new Set(
    filesThatCount(facts).flatMap(({ code }) => code.sightings.filter(counts).map(({ capability }) => capability)),
  )

function counts({ capability, constant = '' }: Sighting): boolean {
  // Whoever tidies up deletes files of its own: only the deletion of everything says something.
  if (capability === 'file-delete') return isEverybodys(constant)
  // What begins so is a file of the package itself, which is read like all others.
  return capability !== 'dynamic-require' || !/^\.\.?\//.test(constant)
}

const reaches: readonly Reach[] = ['install', 'load', 'bin', 'unreached']

const comesFirst = (one: SightingAt, other: SightingAt): number =>
  byWhen(one, other) || reaches.indexOf(one.reach) - reaches.indexOf(other.reach)

const severityOf = (place: SightingAt): Severity =>
  place.when === 'load' && loaders.has(place.capability) ? 'medium' : severityOfPlace('medium', place)

/** What loads code does so on load, and what it loads is judged for itself. */
const loaders: ReadonlySet<Capability> = new Set(['native-addon', 'dynamic-require'])
