import { foreign } from '../../foreign.js'
import type { McpFacts, McpTool } from '../../package/mcp/mcp-facts.js'
import { defineRule, type Evidence, type Observation } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { hidingSentence } from './shared/hides-itself.js'
import { judgeSubjects } from './shared/judge-subjects.js'

export const toolHidden = defineRule({
  id: 'tool-hidden',
  title: 'tool that nobody is to know of',
  severity: 'high',
  confidence: 'high',
  fix: 'Read what the hidden tool does before a model may call it, and list the tools that you want in the policy (`mcp.servers`).',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: { mcp: now }, previousPackage }) {
    if (now === undefined) return []
    const before = previousPackage?.mcp
    const asking = toolsThatHide(now, before)
    const unlisted = unlistedTools(now, before).filter((tool) => !asking.some((one) => one.tool === tool))
    const weight = weigh(now, before, asking.length, unlisted)
    if (weight === undefined) return []
    return [
      {
        message: tell(asking.length, unlisted.length),
        evidence: shownEvidence([
          ...asking.map(showAsking),
          ...unlisted.map((tool) => showTool('not in the README', tool)),
        ]),
        anchors: [entryField(change, 'version')],
        ...weight,
      },
    ]
  },
})

interface Asking {
  readonly tool: McpTool
  readonly sentence: string
}

const textsOf = ({ title = '', description = '' }: McpTool): readonly string[] => [description, title]

function toolsThatHide(now: McpFacts, before: McpFacts | undefined): readonly Asking[] {
  const known = new Set(before?.tools.flatMap((tool) => textsOf(tool).map((text) => `${tool.name}\n${text}`)))
  return now.tools.flatMap((tool) => {
    const sentence = textsOf(tool)
      .filter((text) => text !== '' && !known.has(`${tool.name}\n${text}`))
      .map(hidingSentence)
      .find((found) => found !== undefined)
    return sentence === undefined ? [] : [{ tool, sentence }]
  })
}

/** A README that lists the others lists at least so many of them, and three of four. */
const fewestListed = 2
const listedShare = 3 / 4

/** Tools that a README leaves out, where it lists most; of an upgrade those that came with it or that its README no longer has. */
function unlistedTools(now: McpFacts, before: McpFacts | undefined): readonly McpTool[] {
  const absent = absentOf(now)
  const knownAbsent = new Set(before && absentOf(before).map(({ name }) => name))
  const knownNames = new Set(before?.tools.map(({ name }) => name))
  const neverListed = (name: string): boolean => knownNames.has(name) && before?.readmeTools === undefined
  return absent.filter(({ name }) => !knownAbsent.has(name) && !neverListed(name))
}

function absentOf({ tools, readmeTools }: McpFacts): readonly McpTool[] {
  if (readmeTools === undefined) return []
  const listed = new Set(readmeTools)
  const absent = tools.filter(({ name }) => !listed.has(name))
  const others = tools.length - absent.length
  return others < fewestListed || others < tools.length * listedShare ? [] : absent
}

/** Maintainers forget a line in a README: one of six real servers has a tool that it does not mention. */
function weigh(
  now: McpFacts,
  before: McpFacts | undefined,
  asking: number,
  unlisted: readonly McpTool[],
): Pick<Observation, 'severity' | 'confidence'> | undefined {
  if (asking > 0) return {}
  if (unlisted.length === 0) return undefined
  const telling = new Set(
    judgeSubjects(now, before)
      .filter(({ subject, signals }) => subject.what === 'tool' && signals.some(({ weight }) => weight > 1))
      .map(({ subject }) => subject.name),
  )
  const isShady = unlisted.some(({ name }) => telling.has(name) || shadyName.test(name))
  if (isShady) return { confidence: 'medium' }
  return { severity: before === undefined ? 'low' : 'medium', confidence: 'low' }
}

const shadyName =
  /(?:^|[_-])(?:exfil\w*|hidden|secret|backdoor|internal|collect|harvest|beacon|leak|dump|shadow|covert|steal|keylog\w*)(?:[_-]|$)/i

function tell(asking: number, unlisted: number): string {
  const counted = (count: number): string => (count === 1 ? 'a tool' : `${count} tools`)
  if (asking > 0) return `gives a model ${counted(asking)} whose own text asks to be kept hidden`
  return `gives a model ${counted(unlisted)} that its README leaves out, although it lists the others`
}

const showTool = (label: string, { name, at: { file, line, column } }: McpTool): Evidence => ({
  label,
  value: foreign(name),
  file,
  line,
  column,
})

const showAsking = ({ tool: { name, descriptionAt, at }, sentence }: Asking): Evidence => {
  const { file, line, column } = descriptionAt ?? at
  return { label: 'hidden tool', value: foreign(`${name}: ${sentence}`), file, line, column }
}
