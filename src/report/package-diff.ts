import type { FileFacts, PackageFacts } from '../package/package-facts.js'
import { type ChangedAbility, type CodeParts, diffCode, type ReadCode } from './code-diff.js'
import { buildInspection, type InspectedBinary, type InspectedScript } from './inspection.js'
import { type ChangedWords, diffMcp, type McpParts } from './mcp-diff.js'
import type { Report, ReportedFinding, ReportedGap, Verdict } from './report.js'

type FileSummary = Pick<FileFacts, 'path' | 'bytes' | 'sha256'>

/** The parts of an inspection that one of two packages has and the other has not. */
export interface DiffParts extends Partial<CodeParts> {
  readonly files: readonly FileSummary[]
  readonly scripts: readonly InspectedScript[]
  readonly binaries: readonly InspectedBinary[]
  readonly dependencies: readonly string[]
  readonly commands: readonly string[]
  /** Absent where neither is an MCP server. */
  readonly mcp?: McpParts
}

export interface ChangedParts {
  readonly files: readonly { readonly path: string; readonly before: FileSummary; readonly after: FileSummary }[]
  readonly scripts: readonly {
    readonly hook: string
    readonly before: InspectedScript
    readonly after: InspectedScript
    /** Files that it runs whose bytes differ. */
    readonly files: readonly string[]
  }[]
  readonly dependencies: readonly { readonly name: string; readonly before: string; readonly after: string }[]
  readonly capabilities?: readonly ChangedAbility[]
  /** How much of the code could be read, on both sides. */
  readonly code?: ReadCode
  /** What a model is told otherwise than before. */
  readonly mcp?: readonly ChangedWords[]
}

export interface DiffSide {
  readonly name: string
  readonly version: string
  readonly integrity?: string
}

/** The frozen JSON of `diff`; `report/package-diff.schema.json` describes it to others. The parts are absent where one of the packages could not be read. */
export interface PackageDiff {
  readonly schemaVersion: 1
  readonly verdict: Verdict
  readonly before: DiffSide
  readonly after: DiffSide
  readonly added?: DiffParts
  readonly removed?: DiffParts
  readonly changed?: ChangedParts
  readonly findings: readonly ReportedFinding[]
  readonly gaps: readonly ReportedGap[]
}

interface Side {
  readonly name: string
  readonly version: string
  readonly content?: PackageFacts
}

export function buildPackageDiff(before: Side, after: Side, { verdict, findings, gaps }: Report): PackageDiff {
  return {
    schemaVersion: 1,
    verdict,
    before: sideOf(before),
    after: sideOf(after),
    ...(before.content && after.content && diffContents(before.content, after.content)),
    findings,
    gaps,
  }
}

const sideOf = ({ name, version, content }: Side): DiffSide => ({
  name,
  version,
  ...(content && { integrity: content.integrity }),
})

function diffContents(before: PackageFacts, after: PackageFacts): Pick<PackageDiff, 'added' | 'removed' | 'changed'> {
  const code = diffCode(before, after)
  const mcp = diffMcp(before.mcp, after.mcp)
  return {
    added: { ...partsOnlyIn(after, before), ...code?.added, ...(mcp && { mcp: mcp.added }) },
    removed: { ...partsOnlyIn(before, after), ...code?.removed, ...(mcp && { mcp: mcp.removed }) },
    changed: {
      files: changedFiles(before, after),
      scripts: changedScripts(before, after),
      dependencies: changedDependencies(before, after),
      ...(code && { capabilities: code.changed, code: code.read }),
      ...(mcp && { mcp: mcp.changed }),
    },
  }
}

function partsOnlyIn(one: PackageFacts, other: PackageFacts): DiffParts {
  const [mine, theirs] = [one, other]
    .map(withoutCode)
    .map((facts) => buildInspection({ name: '', version: '' }, facts, []))
  if (mine === undefined || theirs === undefined) throw new Error('two packages give two inspections')
  return {
    files: without(one.files, other.files, ({ path }) => path).map(summarise),
    scripts: without(mine.scripts, theirs.scripts, ({ hook }) => hook),
    binaries: without(mine.binaries, theirs.binaries, ({ path }) => path),
    dependencies: without(mine.dependencies, theirs.dependencies, nameOfDependency),
    commands: without(mine.commands, theirs.commands, (command) => command),
  }
}

/** Compared by itself, place by place. */
const withoutCode = ({ code: _, ...facts }: PackageFacts): PackageFacts => facts

/** `name@range`, in which only a scope starts with an `@` of its own. */
const nameOfDependency = (dependency: string): string => dependency.slice(0, dependency.indexOf('@', 1))

function without<T>(list: readonly T[], other: readonly T[], keyOf: (item: T) => string): T[] {
  const keys = new Set(other.map(keyOf))
  return list.filter((item) => !keys.has(keyOf(item)))
}

const summarise = ({ path, bytes, sha256 }: FileFacts): FileSummary => ({ path, bytes, sha256 })

function changedFiles(before: PackageFacts, after: PackageFacts): ChangedParts['files'] {
  const old = new Map(before.files.map((file) => [file.path, file]))
  return after.files.flatMap((file) => {
    const previous = old.get(file.path)
    if (previous === undefined || previous.sha256 === file.sha256) return []
    return [{ path: file.path, before: summarise(previous), after: summarise(file) }]
  })
}

function changedDependencies(before: PackageFacts, after: PackageFacts): ChangedParts['dependencies'] {
  const rangesOf = ({ manifest: { dependencies } }: PackageFacts) =>
    new Map(Object.entries({ ...dependencies.dependencies, ...dependencies.optionalDependencies }))
  const old = rangesOf(before)
  return [...rangesOf(after)].flatMap(([name, range]) => {
    const previous = old.get(name)
    return previous === undefined || previous === range ? [] : [{ name, before: previous, after: range }]
  })
}

function changedScripts(before: PackageFacts, after: PackageFacts): ChangedParts['scripts'] {
  return after.installScripts.flatMap((script) => {
    const previous = before.installScripts.find(({ hook }) => hook === script.hook)
    if (previous === undefined) return []
    const hashes = new Map(previous.files.map(({ path, sha256 }) => [path, sha256]))
    const files = script.files.filter(({ path, sha256 }) => hashes.get(path) !== sha256).map(({ path }) => path)
    if (files.length === 0 && previous.command === script.command) return []
    const toInspected = ({ hook, command, files: run }: typeof script): InspectedScript => ({
      hook,
      command,
      files: run.map(({ path }) => path),
    })
    return [{ hook: script.hook, before: toInspected(previous), after: toInspected(script), files }]
  })
}
