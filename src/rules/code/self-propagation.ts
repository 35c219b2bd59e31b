import type { Capability } from '../../package/code/file-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { type Confidence, defineRule, type Severity } from '../rule.js'
import { evidenceAt, type SightingAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { gainedSightings } from '../shared/gained-sightings.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { byWeight, severityOfPlace, type Weighed } from '../shared/weighed.js'

const spreading: ReadonlySet<Capability> = new Set(['publish', 'token-use'])

export const selfPropagation = defineRule({
  id: 'self-propagation',
  title: 'code that can spread itself',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not install it where tokens are. If its purpose is to release packages, list it under `tools.release` in the policy.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package', 'tools'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: before, tools }) {
    if (tools.release) return []
    const files = filesThatAct(now)
    const places = gainedSightings(now, before, spreading)
      .map((place) => judge(place, files))
      .filter((place) => place !== undefined)
      .sort(byWeight)
    const [worst] = places
    if (worst === undefined) return []
    return [
      {
        message: 'publishes packages, writes to repositories, or takes the tokens with which this is done',
        evidence: shownEvidence(places.map(({ label, place }) => evidenceAt(label, place.excerpt, place))),
        anchors: [entryField(change, 'version')],
        severity: worst.severity,
        confidence: worst.confidence,
      },
    ]
  },
})

interface ActingFiles {
  readonly writing: ReadonlySet<string>
  readonly sending: ReadonlySet<string>
  readonly searching: ReadonlySet<string>
}

function filesThatAct({ code }: PackageFacts): ActingFiles {
  const having = (...abilities: readonly Capability[]): ReadonlySet<string> =>
    new Set(
      (code?.files ?? [])
        .filter((file) => file.code.sightings.some(({ capability }) => abilities.includes(capability)))
        .map(({ path }) => path),
    )
  return {
    writing: having('file-write'),
    sending: having('network', 'dns', 'socket'),
    searching: having('environment-enumeration', 'sensitive-read'),
  }
}

type Judged = readonly [label: string, severity: Severity, confidence: Confidence]

function judge(place: SightingAt, files: ActingFiles): Weighed | undefined {
  const told = place.capability === 'publish' ? judgeAct(place, files) : judgeToken(place, files)
  if (told === undefined) return undefined
  const [label, severity, confidence] = told
  return { place, label, severity: confidence === 'low' ? severity : severityOfPlace(severity, place), confidence }
}

function judgeAct({ detail, constant = '', file }: SightingAt, { writing, sending }: ActingFiles): Judged | undefined {
  switch (detail) {
    case 'npm publish':
    case 'publish':
    case 'npmPublish':
    case 'PUT to a registry':
      return ['publishes packages', 'critical', 'high']
    case "the registry's account interface":
      // Everybody may ask for the newest version's number.
      return /\/dist-tags(?:\/|$)/.test(constant) || !sending.has(file)
        ? undefined
        : ["uses the registry's accounts", 'high', 'high']
    case 'npm account command':
      return ["uses the registry's accounts", 'high', 'medium']
    case '.github/workflows':
      if (writing.has(file)) return ['writes workflows', 'critical', 'medium']
      return sending.has(file) ? ['names workflows where it sends', 'medium', 'low'] : undefined
    case 'GitHub interface':
      return sending.has(file) ? ['writes to repositories', 'high', 'medium'] : undefined
    case 'gh command':
      return /\bauth\s+token\b/.test(constant)
        ? ["takes the token of GitHub's command", 'high', 'high']
        : ["runs GitHub's command", 'medium', 'medium']
    default:
      return ['writes to repositories', 'critical', 'medium']
  }
}

const registries = /(?:^|_)(?:NPM|NODE_AUTH|GITHUB|GH|GITLAB|GIT)_|^ACTIONS_(?:ID_TOKEN|RUNTIME)/i

/** Shapes of the tokens of registries and forges; those of other services are for the rule about secrets. */
const shapes = /(?:gh[opsur]?[_[]|github_pat_|npm_|glpat-|_authToken)/

function judgeToken({ detail, file }: SightingAt, { sending, searching }: ActingFiles): Judged | undefined {
  const variable = /^process\.env\.(.+)$/.exec(detail)?.[1]
  if (variable !== undefined) {
    return registries.test(variable) ? ['sends a token of a registry or forge', 'high', 'medium'] : undefined
  }
  if (!shapes.test(detail) || !sending.has(file)) return undefined
  // Clients of registries write such words into their settings; who looks through files or the environment for them does not.
  return ['knows the shape of such tokens', searching.has(file) ? 'medium' : 'low', 'low']
}
