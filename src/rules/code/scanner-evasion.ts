import type { Capability } from '../../package/code/file-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { defineRule } from '../rule.js'
import { evidenceAt, type SightingAt } from '../shared/changed-code.js'
import { deletesItself } from '../shared/deletes-itself.js'
import { entryField } from '../shared/entry-field.js'
import { gainedSightings } from '../shared/gained-sightings.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { byWeight, severityOfPlace, type Weighed } from '../shared/weighed.js'

const evading: ReadonlySet<Capability> = new Set(['evasion', 'file-delete'])

export const scannerEvasion = defineRule({
  id: 'scanner-evasion',
  title: 'code that hides from its reviewers',
  severity: 'high',
  confidence: 'medium',
  fix: 'Read what the code does when the check lets it go on, or what is gone when it has run: it was made not to be seen by a build machine or a reader.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const acting = lastActs(now)
    const places = gainedSightings(now, before, evading)
      .map((place) => judge(place, acting))
      .filter((place) => place !== undefined)
      .sort(byWeight)
    const [worst] = places
    if (worst === undefined) return []
    return [
      {
        message: 'looks where it runs before it acts, speaks to its reviewers or deletes itself',
        evidence: shownEvidence(places.map(({ label, place }) => evidenceAt(label, place.excerpt, place))),
        anchors: [entryField(change, 'version')],
        severity: worst.severity,
      },
    ]
  },
})

/** What is worth hiding when it runs by itself. */
const acts: ReadonlySet<Capability> = new Set([
  'shell',
  'network',
  'dns',
  'socket',
  'eval',
  'vm',
  'sensitive-read',
  'file-write',
])

/** By file, the last line in which it does such a thing on install or on load. */
function lastActs(now: PackageFacts): ReadonlyMap<string, number> {
  const last = new Map<string, number>()
  for (const { path, reach, code } of now.code?.files ?? []) {
    if (reach !== 'install' && reach !== 'load') continue
    for (const { capability, scope, line } of code.sightings) {
      if (scope === 'top' && acts.has(capability)) last.set(path, Math.max(line, last.get(path) ?? 0))
    }
  }
  return last
}

function judge(place: SightingAt, acting: ReadonlyMap<string, number>): Weighed | undefined {
  const { capability, detail, file, line, when } = place
  // It runs by itself, or does not run at all: neither raises it.
  const severity = severityOfPlace('high', { ...place, when: 'call' })
  if (capability === 'file-delete') {
    return deletesItself(place, file, when === 'install')
      ? { place, label: 'deletes itself', severity, confidence: 'high' }
      : undefined
  }
  if (detail === 'text for reviewers') return { place, label: detail, severity, confidence: 'medium' }
  // What merely looks where it runs, as libraries of colours do, hides nothing.
  if (when === 'call' || (acting.get(file) ?? 0) < line) return undefined
  const label = `${detail}, before it acts`
  // Installers spare build machines their messages and downloads.
  return detail === 'check for CI'
    ? { place, label, severity: 'medium', confidence: 'medium' }
    : { place, label, severity, confidence: 'medium' }
}
