import { isHarmlessEnumeration } from '../../package/code/capabilities/environment.js'
import type { Capability } from '../../package/code/file-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { type Confidence, defineRule, type Severity } from '../rule.js'
import { evidenceAt, type SightingAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { gainedSightings } from '../shared/gained-sightings.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { byWeight, severityOfPlace, type Weighed } from '../shared/weighed.js'

const reading: ReadonlySet<Capability> = new Set(['environment-enumeration', 'sensitive-read'])

export const secretsHarvested = defineRule({
  id: 'secrets-harvested',
  title: 'secrets gathered',
  severity: 'high',
  confidence: 'high',
  fix: 'Read where the values go from the places shown. If nothing the package is for needs them, do not install it, and change what was within its reach.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const places = gainedSightings(now, before, reading)
      .map((place) => judge(place, now, before === undefined))
      .filter((place) => place !== undefined)
      .sort(byWeight)
    const [worst] = places
    if (worst === undefined) return []
    return [
      {
        message: 'gathers secrets: the environment as a whole, or files that hold credentials',
        evidence: shownEvidence(places.map(({ label, place }) => evidenceAt(label, place.excerpt, place))),
        anchors: [entryField(change, 'version')],
        severity: worst.severity,
        confidence: worst.confidence,
      },
    ]
  },
})

function judge(place: SightingAt, now: PackageFacts, isAdded: boolean): Weighed | undefined {
  const told = place.capability === 'sensitive-read' ? judgeRead(place, now, isAdded) : judgeEnumeration(place)
  if (told === undefined) return undefined
  const [label, severity, confidence] = told
  // Who names a file, or copies what a process has anyway, does so on load as well as later.
  return { place, label, severity: confidence === 'low' ? severity : severityOfPlace(severity, place), confidence }
}

type Judged = readonly [label: string, severity: Severity, confidence: Confidence]

function judgeEnumeration({ detail }: SightingAt): Judged | undefined {
  if (isHarmlessEnumeration(detail)) return undefined
  if (detail.endsWith(', filtered by names of secrets'))
    return ['secrets of the environment, by their names', 'high', 'high']
  // A copy is kept for many a reason; what is sent of it is for the rule about flows.
  if (detail.includes(' copied by ')) return ['copy of the environment', 'low', 'low']
  // As one text, it is about to leave; loops and lists look for one variable more often than not.
  return asOneText.test(detail)
    ? ['the whole environment, as one text', 'high', 'high']
    : ['the whole environment', 'medium', 'medium']
}

const asOneText = /^process\.env by (?!for-in|Object\.|Reflect\.|lodash\.|Array\.|structuredClone)/

/** Settings of projects: dotenv and all tools around it read them on behalf of their users. */
const projectSettings = '.env'

/** Its profiles, which tools that steer a browser look up; a thief reads passwords or cookies besides. */
const browserSettings = "a browser's settings"

/** Tools read these for an address or a proxy more often than for a token; who begins to do so owes a reason. */
const settings: ReadonlySet<string> = new Set([
  '.npmrc',
  '.yarnrc',
  '.pypirc',
  '/etc/passwd',
  '/proc',
  "an assistant's credentials",
])

function judgeRead(
  { detail, constant = '', reach, when }: SightingAt,
  { manifest }: PackageFacts,
  isAdded: boolean,
): Judged | undefined {
  const isOnlyNamed = detail.endsWith(' named')
  const what = isOnlyNamed ? detail.slice(0, -' named'.length) : detail
  if (what === projectSettings) return undefined
  const label = `${isOnlyNamed ? 'names' : 'reads'} ${words.get(what) ?? 'a file of credentials'}`
  if (isOnlyNamed) {
    // `Cookies` is a word; a path of it is one of a browser.
    const isPath = /[/\\]/.test(constant) || constant.startsWith('.')
    return isPath ? [label, settings.has(what) ? 'low' : 'medium', 'low'] : undefined
  }
  const isItsOwn = when === 'call' && reach !== 'install' && speaksOf(what, manifest.name ?? '')
  if (what === browserSettings) return [label, 'medium', 'medium']
  return [label, (isAdded && settings.has(what)) || isItsOwn ? 'medium' : 'high', 'high']
}

/** The analyser's canonical names of places are ours, and short; a reader wants a word more. */
const words: ReadonlyMap<string, string> = new Map([
  ['.npmrc', 'the settings of npm, with its tokens'],
  ['.yarnrc', 'the settings of Yarn, with its tokens'],
  ['.pypirc', 'the settings of pip, with its passwords'],
  ['.ssh', 'keys of SSH'],
  ['id_rsa', 'keys of SSH'],
  ['.aws', 'credentials of AWS'],
  ['.azure', 'credentials of Azure'],
  ['gcloud', 'credentials of Google Cloud'],
  ['.kube', 'credentials of Kubernetes'],
  ['.docker/config.json', 'credentials of Docker'],
  ['.netrc', 'passwords in .netrc'],
  ['.git-credentials', 'passwords of Git'],
  ['gh', "the token of GitHub's command"],
  ['.gnupg', 'keys of GnuPG'],
  ['.vault-token', 'a token of Vault'],
  ['shell history', 'the history of a shell'],
  ['/etc/passwd', 'accounts of the system'],
  ['/proc', 'the memory or environment of processes'],
  ["a browser's passwords", "a browser's passwords"],
  ["a browser's cookies", "a browser's cookies"],
  [browserSettings, "a browser's settings"],
  ['a keychain', 'a keychain'],
  ['a wallet', 'a wallet'],
  ["a wallet's browser extension", "a wallet's browser extension"],
  ["an assistant's credentials", "an assistant's settings, with its credentials"],
])

/** Whose credentials a package is for, by its own name: the SDK of a cloud reads that cloud's when it is called. */
const owners: ReadonlyMap<string, RegExp> = new Map([
  // What the SDK of AWS is made of.
  ['.aws', /aws|^@smithy\//],
  ['.azure', /azure/],
  ['gcloud', /google|gcloud|firebase/],
  ['.kube', /kube/],
  ['.ssh', /ssh/],
  ['.docker/config.json', /docker/],
])

const speaksOf = (place: string, name: string): boolean => owners.get(place)?.test(name) === true
