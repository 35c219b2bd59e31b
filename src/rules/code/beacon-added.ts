import type { Capability, Sighting } from '../../package/code/file-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { defineRule } from '../rule.js'
import { evidenceAt, type SightingAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { gainedSightings } from '../shared/gained-sightings.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { byWeight, severityOfPlace, type Weighed } from '../shared/weighed.js'

const sending: ReadonlySet<Capability> = new Set(['timer-send', 'network', 'dns', 'socket'])

export const beaconAdded = defineRule({
  id: 'beacon-added',
  title: 'call home',
  severity: 'high',
  confidence: 'medium',
  fix: 'Look at what is sent and to whom: nobody who installed or loaded the package asked for it. Telemetry should be off until somebody turns it on.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const keeping = filesThatKeep(now)
    const beacons = gainedSightings(now, before, sending)
      .map((place) => judge(place, keeping))
      .filter((beacon) => beacon !== undefined)
    // A timer's callback is told with its timer.
    const timers = new Set(beacons.filter(({ place }) => place.capability === 'timer-send').map(lineOf))
    const told = beacons
      .filter((beacon) => beacon.place.capability === 'timer-send' || !timers.has(lineOf(beacon)))
      .sort(byWeight)
    const [worst] = told
    if (worst === undefined) return []
    return [
      {
        message: 'sends something by itself: as soon as it is installed or loaded, or again and again',
        evidence: shownEvidence(told.map(({ label, place }) => evidenceAt(label, place.excerpt, place))),
        anchors: [entryField(change, 'version')],
        severity: worst.severity,
      },
    ]
  },
})

const lineOf = ({ place }: Weighed): string => `${place.file}\n${place.line}`

function judge(place: SightingAt, keeping: ReadonlySet<string>): Weighed | undefined {
  const { capability, detail, when, scope } = place
  // Files that an install script loads have functions that it never calls.
  const runsByItself = when === 'load' || (when === 'install' && scope === 'top')
  const weighed = (label: string): Weighed => ({
    place,
    label,
    // To run by itself is what makes it a beacon: it does not count twice.
    severity: severityOfPlace(runsByItself ? 'high' : 'medium', { ...place, when: 'call' }),
    confidence: 'medium',
  })
  if (capability === 'timer-send') {
    // A single timer in a function is how requests are tried again.
    const repeats = detail.startsWith('setInterval')
    return repeats || when !== 'call' ? weighed(repeats ? 'sends again and again' : 'sends after a while') : undefined
  }
  if (when === 'call' || !isRequest(place)) return undefined
  if (when === 'load') return weighed('sends on load')
  const isDownload = !/(?:\.(?:request|post|put)|sendBeacon|sendMail)$/.test(detail) && keeping.has(place.file)
  return isDownload ? undefined : weighed('sends on install')
}

/** Installers fetch: what comes is written or run, and is for the rules about install scripts. */
const filesThatKeep = ({ code }: PackageFacts): ReadonlySet<string> =>
  new Set((code?.files ?? []).filter(({ code }) => code.sightings.some(keeps)).map(({ path }) => path))

const keeps = ({ capability }: Sighting): boolean => capability === 'file-write' || capability === 'shell'

/** Of the calls that have to do with the network those that send; the others ask what a browser can, or make what may be used later. */
function isRequest({ capability, detail, constant = '' }: SightingAt): boolean {
  if (detail.endsWith('handed out') || made.test(detail)) return false
  if (capability === 'socket') return !/(?:Socket|Stream|createServer|Server|listen)$/.test(detail)
  // An address without a host is the page's own server.
  if (/^\.{0,2}\/(?!\/)/.test(constant)) return false
  // `new XMLHttpRequest().open('GET', …)`, never sent, tells old browsers from new ones.
  return !(detail.endsWith('XMLHttpRequest().open') && /^(?:https?:\/\/example\.com)?$/.test(constant))
}

const made =
  /(?:^|\.)(?:XMLHttpRequest|ClientRequest|create\w*|extend|defaults|instance|\w*(?:Agent|Pool|Client|Transport)|script\.src|link\.href)$/
