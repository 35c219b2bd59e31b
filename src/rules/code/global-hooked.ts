import type { Capability } from '../../package/code/file-code.js'
import { type Confidence, defineRule, type Severity } from '../rule.js'
import { evidenceAt, type SightingAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { gainedSightings } from '../shared/gained-sightings.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { byWeight, severityOfPlace, type Weighed } from '../shared/weighed.js'

const hooking: ReadonlySet<Capability> = new Set(['global-hook', 'module-hook'])

export const globalHooked = defineRule({
  id: 'global-hooked',
  title: 'built-in function replaced',
  severity: 'high',
  confidence: 'high',
  fix: 'Read what the replacement does with what goes through it. Only tools that trace, mock or transpile have a reason, and they say so.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const hooks = gainedSightings(now, before, hooking).map(judge).sort(byWeight)
    const [worst] = hooks
    if (worst === undefined) return []
    return [
      {
        message: 'puts functions of its own in the place of built-in ones, for the whole program',
        evidence: shownEvidence(hooks.map(({ label, place }) => evidenceAt(label, place.excerpt, place))),
        anchors: [entryField(change, 'version')],
        severity: worst.severity,
        confidence: worst.confidence,
      },
    ]
  },
})

/** What data, keys or money go through, or all modules. The first that matches says it. */
const dangerous: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:fetch|XMLHttpRequest|WebSocket|EventSource|Request|Response|Headers)\b|sendBeacon$/,
    'what requests go through',
  ],
  [/^(?:https?|http2|net|tls|dns|dgram)\.(?!globalAgent$)/, 'what connections go through'],
  [/^(?:ethereum|solana|web3)\b/, "a wallet's interface"],
  [/^child_process\./, 'what programs are started by'],
  [/^(?:crypto|Storage|localStorage|document|HTML\w+|navigator)\b/, 'what secrets and input go through'],
  [/^(?:JSON|atob|eval|Reflect|EventTarget)\b/, 'what data goes through'],
  [/^module\.(?:_load|_resolveFilename|_findPath|prototype|_compile|wrap|__proto__|constructor)/, 'the module loader'],
]

/** `source-map-support` and the like look at how code is compiled; loaders have interfaces for it, and polyfills hide themselves. */
const plumbing: readonly (readonly [RegExp, string])[] = [
  [
    /^module\.prototype\._compile$|^require\.extensions|^module\.(?:register|registerHooks|_extensions)|^(?:pirates|require-in-the-middle|import-in-the-middle|require-hook|mockery)/,
    'how modules are read',
  ],
  [/^require\.cache/, 'a loaded module'],
  [/^fs\./, 'a function of the file system'],
]

/** A whole client for the built-in one, by its own name: what undici has under `install()`, for whoever calls it. */
const installed = /^(?:fetch|WebSocket|EventSource|Request|Response|Headers) by a namesake$/

/** What everybody's client package has for it: that package is reviewed where it comes in itself. */
const byClient = /^(?:fetch|WebSocket|EventSource|XMLHttpRequest|Request|Response|Headers) by the package /

function judge(place: SightingAt): Weighed {
  if (place.detail.endsWith(' where missing')) return weigh(place, 'fills in what is missing', 'low', 'low')
  if (byClient.test(place.detail)) return weigh(place, 'installs what requests go through', 'medium', 'medium')
  if (place.when === 'call' && installed.test(place.detail))
    return weigh(place, 'installs what requests go through', 'medium', 'medium')
  const detail = place.detail.replace(/ by (?:a namesake|the package \S+)$/, '')
  const harmless = plumbing.find(([pattern]) => pattern.test(detail))
  if (harmless !== undefined) return weigh(place, `replaces ${harmless[1]}`, 'medium', 'medium')
  const harmful = dangerous.find(([pattern]) => pattern.test(detail))
  if (harmful === undefined) return weigh(place, 'replaces a built-in function', 'medium', 'medium')
  return { place, label: `replaces ${harmful[1]}`, severity: severityOfPlace('high', place), confidence: 'high' }
}

/** What is often done for good reasons is mostly done on load, so that this says nothing more. */
const weigh = (place: SightingAt, label: string, severity: Severity, confidence: Confidence): Weighed => ({
  place,
  label,
  severity: severityOfPlace(severity, { ...place, when: 'call' }),
  confidence,
})
