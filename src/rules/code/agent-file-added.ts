import { foreign } from '../../foreign.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { type Confidence, defineRule, type Severity, severities } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'

export const agentFileAdded = defineRule({
  id: 'agent-file-added',
  title: 'files for assistants or editors',
  severity: 'high',
  confidence: 'high',
  fix: 'Read these files before anybody opens the package in an editor or with an assistant, and look for code that copies them elsewhere.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const files = newFiles(now, before)
    const [worst] = files
    if (worst === undefined) return []
    return [
      {
        message: 'brings files that tell assistants, editors or build machines what to do',
        evidence: shownEvidence(files.map(({ label, file }) => ({ label, value: foreign(file), file }))),
        anchors: [entryField(change, 'version')],
        severity: worst.severity,
        confidence: worst.confidence,
      },
    ]
  },
})

interface Kind {
  readonly label: string
  readonly severity: Severity
  readonly confidence: Confidence
  /** Of a path without the folder that the files are meant for, in lower case. */
  readonly path: RegExp
}

const starts = { severity: 'high', confidence: 'high' } as const
const orders = { label: 'orders for an assistant', severity: 'medium', confidence: 'medium' } as const
const papers = { severity: 'low', confidence: 'low' } as const

/** From the documentation of each program: what it starts by itself when the folder is opened, and what it only reads. The first that matches. */
const kinds: readonly Kind[] = [
  { ...starts, label: 'starts commands of an assistant', path: /^\.claude\/(?:settings(?:\.local)?\.json|hooks\/.+)$/ },
  {
    ...starts,
    label: 'starts commands of an assistant',
    path: /^\.(?:cursor|windsurf|kiro)\/(?:hooks|environment)(?:\.json|\/.+)$/,
  },
  { ...starts, label: 'starts commands of an assistant', path: /^\.(?:codex\/config\.toml|gemini\/settings\.json)$/ },
  { ...starts, label: 'starts tasks of an editor', path: /^\.vscode\/tasks\.json$/ },
  { ...starts, label: 'starts commands in a container', path: /^\.devcontainer(?:\/(?:[^/]+\/)?devcontainer)?\.json$/ },
  // Assistants ask before they start these.
  {
    ...orders,
    label: 'tools of an assistant',
    path: /^(?:\.(?:cursor|vscode|roo|amazonq)\/mcp\.json|\.mcp\.json|\.kiro\/settings\/mcp\.json)$/,
  },
  { ...orders, path: /^\.(?:claude|cursor|windsurf|clinerules|roo|kiro|continue|amazonq)\/.+$/ },
  {
    ...orders,
    path: /^\.(?:cursor|windsurf|cline|roo)rules$|^\.github\/(?:copilot-instructions\.md|(?:instructions|prompts)\/.+)$/,
  },
  { ...papers, label: 'words for an assistant', path: /^(?:agents|claude|gemini)(?:\.local)?\.md$/ },
  { ...papers, label: 'workflow', path: /^\.github\/workflows\/[^/]+\.ya?ml$/ },
]

/** Where such a file begins within a path: at its own folder, or at its name. */
const begins =
  /(?:^|\/)(\.(?:claude|cursor|windsurf|kiro|codex|gemini|vscode|roo|amazonq|devcontainer|clinerules|continue|github)(?:\/.*|\.json)|[^/]+)$/

interface Judged extends Kind {
  readonly file: string
}

function judge(file: string): Judged | undefined {
  const path = begins.exec(file.toLowerCase())?.[1] ?? ''
  const found = kinds.find((kind) => kind.path.test(path))
  if (found === undefined) return undefined
  // Below a folder of the package it is a template's: somebody has to put it where it works.
  const severity =
    path.length === file.length ? found.severity : (severities[severities.indexOf(found.severity) - 1] ?? 'low')
  return { ...found, file, severity }
}

/** The most dangerous first. */
function newFiles(now: PackageFacts, before: PackageFacts | undefined): readonly Judged[] {
  const known = judged(before?.files ?? [])
  const paths = new Set(known.map(({ file }) => file))
  const labels = new Set(known.map(({ label }) => label))
  return (
    judged(now.files)
      .filter(({ file }) => !paths.has(file))
      // A package that carries such papers carries one more.
      .filter(({ label, severity }) => severity !== 'low' || !labels.has(label))
      .sort((one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity))
  )
}

/** Packages that are packed in with others bring their papers along. */
const judged = (files: PackageFacts['files']): readonly Judged[] =>
  files
    .filter(({ path }) => !/(?:^|\/)node_modules\//.test(path))
    .map(({ path }) => judge(path))
    .filter((found) => found !== undefined)
