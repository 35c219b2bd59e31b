import type { McpFacts, McpTool } from '../../package/mcp/mcp-facts.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { defineRule, type Evidence } from '../rule.js'
import { evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { HandlerReader, type HandlerSight } from './shared/handler-code.js'

export const toolHandlerChanged = defineRule({
  id: 'tool-handler-changed',
  title: 'more behind a known tool',
  severity: 'medium',
  confidence: 'high',
  fix: 'Look at the places shown: a model goes on calling these tools under the names that were approved, so ask what the new reach is for.',
  on: ['upgraded', 'downgraded'],
  needs: ['package', 'previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    if (now.mcp === undefined || before.mcp === undefined) return []
    const gains = gainedBehind({ ...now, mcp: now.mcp }, { ...before, mcp: before.mcp })
    if (gains.length === 0) return []
    const isOwn = gains.some(({ isWhole }) => !isWhole)
    const kinds = [...new Set(gains.map(({ sight }) => sight.what))]
    return [
      {
        message: isOwn
          ? `has more behind tools that the version before had: ${kinds.join(', ')}`
          : `has more in the files of tools that the version before had: ${kinds.join(', ')}`,
        evidence: shownEvidence(gains.map(showGain)),
        anchors: [entryField(change, 'version')],
        ...(!isOwn && { severity: 'low' as const, confidence: 'low' as const }),
      },
    ]
  },
})

interface Gain {
  readonly tool: McpTool
  readonly sight: HandlerSight
  readonly isWhole: boolean
}

type ServerPackage = PackageFacts & { readonly mcp: McpFacts }

/** What the code of a tool can do or names, and that of the tool of the same name did not; the surest first. */
function gainedBehind(now: ServerPackage, before: ServerPackage): readonly Gain[] {
  const [reader, old] = [new HandlerReader(now, now.mcp), new HandlerReader(before, before.mcp)]
  const toolsBefore = new Map<string, McpTool[]>()
  for (const tool of before.mcp.tools) toolsBefore.set(tool.name, [...(toolsBefore.get(tool.name) ?? []), tool])
  // Code that was there as it stands and only moved into a handler is not new.
  const written = new Set(old.all.map(wordingOf))
  const gains = now.mcp.tools.flatMap((tool) => {
    const twins = toolsBefore.get(tool.name)
    return twins === undefined ? [] : gainsOf(tool, twins, reader, old)
  })
  const fresh = gains.filter(({ sight }) => !written.has(wordingOf(sight)))
  // One place that is behind many tools is told once.
  const byPlace = (some: readonly Gain[]): ReadonlyMap<string, Gain> =>
    new Map([...some].reverse().map((gain) => [placeOf(gain.sight), gain]))
  const own = byPlace(fresh.filter(({ isWhole }) => !isWhole))
  const whole = byPlace(fresh.filter(({ isWhole, sight }) => isWhole && !sight.isCommon))
  return [
    ...[...own.values()].reverse(),
    ...[...whole]
      .filter(([place]) => !own.has(place))
      .map(([, gain]) => gain)
      .reverse(),
  ]
}

function gainsOf(tool: McpTool, twins: readonly McpTool[], reader: HandlerReader, old: HandlerReader): readonly Gain[] {
  const { sights, isWhole, files } = reader.of(tool)
  if (files.every((file) => reader.digestOf(file) !== undefined && reader.digestOf(file) === old.digestOf(file)))
    return []
  const known = keysBefore(twins, isWhole, old)
  const gained = new Map<string, Gain>()
  for (const sight of sights) {
    if (!known.has(sight.key) && !gained.has(sight.key)) gained.set(sight.key, { tool, sight, isWhole })
  }
  return [...gained.values()]
}

/** Compared with as much as is looked at now: with the whole package where the code of the tool cannot be told apart on one of the sides. */
function keysBefore(twins: readonly McpTool[], isWhole: boolean, old: HandlerReader): ReadonlySet<string> {
  const codes = isWhole ? [] : twins.map((twin) => old.of(twin))
  if (isWhole || codes.some((code) => code.isWhole)) return old.keysOfAll
  return new Set(codes.flatMap(({ sights }) => sights.map(({ key }) => key)))
}

const wordingOf = ({ key, excerpt }: HandlerSight): string => `${key}\n${excerpt.replace(/\s+/g, '')}`

const placeOf = ({ key, file, line, column }: HandlerSight): string => JSON.stringify([key, file, line, column])

const showGain = ({ tool, sight, isWhole }: Gain): Evidence =>
  isWhole
    ? evidenceAt(`${sight.what} in a file of tools`, sight.excerpt, sight)
    : evidenceAt(`${sight.what} behind a tool`, `${tool.name}: ${sight.excerpt}`, sight)
