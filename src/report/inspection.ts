import { contentGaps } from '../facts/content-gaps.js'
import { type Gap, matters } from '../gap.js'
import type { FileKind, PackageFacts, UnsafeEntry } from '../package/package-facts.js'
import { isBuiltImplicitly } from '../rules/shared/install-hooks.js'
import { type InspectedCode, inspectCode } from './inspected-code.js'
import { type InspectedMcp, inspectMcp } from './inspected-mcp.js'
import type { ReportedGap } from './report.js'

export interface InspectedScript {
  readonly hook: string
  readonly command: string
  readonly files: readonly string[]
}

export interface InspectedBinary {
  readonly path: string
  readonly kind: FileKind
  readonly bytes: number
  readonly sha256: string
}

/** The frozen JSON of `inspect`: what one package is and would do; `report/inspection.schema.json` describes it to others. */
export interface Inspection extends Partial<InspectedCode> {
  readonly schemaVersion: 1
  readonly package: { readonly name: string; readonly version: string; readonly integrity: string }
  readonly files: { readonly count: number; readonly bytes: number }
  readonly scripts: readonly InspectedScript[]
  readonly binaries: readonly InspectedBinary[]
  /** What a `binding.gyp` holds. `runs`: npm builds it by itself on install, since no script of the package's own does. */
  readonly implicitBuild?: {
    readonly runs: boolean
    readonly commands: readonly string[]
    readonly sources: readonly string[]
  }
  readonly unsafe: readonly UnsafeEntry[]
  readonly dependencies: readonly string[]
  readonly commands: readonly string[]
  /** Absent where it is no MCP server. */
  readonly mcp?: InspectedMcp
  readonly gaps: readonly ReportedGap[]
}

const nativeKinds: ReadonlySet<FileKind> = new Set(['elf', 'pe', 'mach-o', 'wasm'])

/** `name` and `version` are what was asked for; the tarball's own may differ, which `diff` and `review` report. */
export function buildInspection(
  { name, version }: { readonly name: string; readonly version: string },
  facts: PackageFacts,
  gaps: readonly Gap[],
): Inspection {
  const { bindingGyp, manifest } = facts
  return {
    schemaVersion: 1,
    package: { name, version, integrity: facts.integrity },
    files: { count: facts.files.length, bytes: facts.unpackedBytes },
    scripts: facts.installScripts.map(({ hook, command, files }) => ({
      hook,
      command,
      files: files.map(({ path }) => path),
    })),
    binaries: facts.files
      .filter(({ kind }) => nativeKinds.has(kind))
      .map(({ path, kind, bytes, sha256 }) => ({ path, kind, bytes, sha256 })),
    ...(facts.code && inspectCode(facts.code)),
    ...(bindingGyp && {
      implicitBuild: {
        runs: isBuiltImplicitly(facts),
        commands: bindingGyp.commands,
        sources: bindingGyp.sources,
      },
    }),
    unsafe: facts.unsafe,
    dependencies: dependenciesOf(facts),
    commands: Object.keys(manifest.bin).sort(),
    ...(facts.mcp && { mcp: inspectMcp(facts.mcp) }),
    gaps: [...gaps, ...contentGaps(`${name}@${version}`, facts)].map(toReported),
  }
}

/** What `inspect` says of a package whose content could not be read. */
export const unreadInspection = (
  { name, version }: { readonly name: string; readonly version: string },
  gaps: readonly Gap[],
): Pick<Inspection, 'schemaVersion' | 'gaps'> & {
  readonly package: { readonly name: string; readonly version: string }
} => ({
  schemaVersion: 1,
  package: { name, version },
  gaps: gaps.map(toReported),
})

const toReported = (gap: Gap): ReportedGap => ({ ...gap, matters: matters(gap) })

/** What an installer would fetch with it, as `name@range`. */
function dependenciesOf({ manifest: { dependencies } }: PackageFacts): string[] {
  return (['dependencies', 'optionalDependencies'] as const)
    .flatMap((field) => Object.entries(dependencies[field] ?? {}))
    .map(([name, range]) => `${name}@${range}`)
    .sort()
}
