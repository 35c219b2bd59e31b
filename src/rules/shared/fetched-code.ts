import type { Capability } from '../../package/code/file-code.js'
import { whenOf } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import type { ShellAction } from '../../package/shell/shell-act.js'
import { changedCode, type SightingAt } from './changed-code.js'
import { gainedCommands } from './gained-commands.js'
import { gainedSightings } from './gained-sightings.js'
import { isOwnAddress } from './install-dangers.js'
import { isStranger } from './own-service.js'
import { hostOf } from './owner-domain.js'

/** A place that has foreign code run by other means than a value of its own: a command does it, or the page. */
export interface FetchedCode {
  readonly kind: 'download' | 'decoded'
  readonly label: string
  /** The command, or the address. */
  readonly seen: string
  readonly place: Pick<SightingAt, 'file' | 'line' | 'column' | 'when' | 'reach'>
}

/** Those that this version brings; all of them where there is no version before. */
export const gainedFetchedCode = (now: PackageFacts, previous: PackageFacts | undefined): readonly FetchedCode[] =>
  [inCommands, inPages, inModules, inImports].flatMap((find) => find(now, previous))

/** `curl … | sh`, `echo … | base64 -d | sh` and their like. */
const actions: ReadonlyMap<ShellAction, Pick<FetchedCode, 'kind' | 'label'>> = new Map([
  ['download-and-run', { kind: 'download', label: 'command that downloads and runs' }],
  ['pipe-to-shell', { kind: 'download', label: 'command that pipes a download to an interpreter' }],
  ['decode-and-run', { kind: 'decoded', label: 'command that decodes and runs' }],
  ['encoded-command', { kind: 'decoded', label: 'encoded command' }],
])

function inCommands(now: PackageFacts, previous: PackageFacts | undefined): readonly FetchedCode[] {
  return gainedCommands(now, previous).flatMap(({ command, acts, place }): FetchedCode[] => {
    const found = acts.flatMap(({ action, detail }) => {
      const told = actions.get(action)
      return told === undefined || (told.kind === 'download' && isOwnAddress(detail, now)) ? [] : [told]
    })
    // What is decoded may download in its turn: it cannot be read where it stands.
    const worst = found.find(({ kind }) => kind === 'decoded') ?? found[0]
    return worst === undefined ? [] : [{ ...worst, seen: command, place }]
  })
}

const network: ReadonlySet<Capability> = new Set(['network'])

/** A `<script>` of a host that has nothing to do with the package, put into the page that the code runs in. */
function inPages(now: PackageFacts, previous: PackageFacts | undefined): readonly FetchedCode[] {
  return gainedSightings(now, previous, network).flatMap((place): FetchedCode[] => {
    const host = place.detail === 'script.src' ? hostOf(place.constant ?? '') : undefined
    if (host === undefined || !isStranger(host, now, previous)) return []
    return [{ kind: 'download', label: 'script of another host', seen: place.constant ?? '', place }]
  })
}

const evaluation: ReadonlySet<Capability> = new Set(['eval'])

/** Who compiles a text as a module and hides that it does: the name is looked up or decoded, and so is what is compiled. */
const inModules = (now: PackageFacts, previous: PackageFacts | undefined): readonly FetchedCode[] =>
  gainedSightings(now, previous, evaluation)
    .filter(({ detail }) => detail === 'module().[…]')
    .map((place) => ({
      kind: 'decoded',
      label: 'compiled as a module under a hidden name',
      seen: place.excerpt,
      place,
    }))

/** `import('https://…')`, which browsers, Deno and Bun follow, and `import('data:…')`, which Node does too. */
function inImports(now: PackageFacts, previous: PackageFacts | undefined): readonly FetchedCode[] {
  const known = new Set(
    (previous?.code?.files ?? []).flatMap(({ code }) => code.requests.map(({ specifier }) => specifier)),
  )
  // Sources for Deno name their modules so and lie beside what Node loads.
  const loaded = changedCode(now, previous).filter(({ reach }) => reach !== 'unreached')
  return loaded.flatMap(({ path, reach, code }) =>
    code.requests.flatMap(({ specifier = '', scope, line, column }): FetchedCode[] => {
      const found = known.has(specifier) ? undefined : foreignModule(specifier, now, previous)
      const place = { file: path, line, column, reach, when: whenOf({ reach }, { scope }) }
      return found === undefined ? [] : [{ ...found, seen: specifier, place }]
    }),
  )
}

function foreignModule(
  specifier: string,
  now: PackageFacts,
  previous: PackageFacts | undefined,
): Pick<FetchedCode, 'kind' | 'label'> | undefined {
  if (/^data:(?:text|application)\/javascript/i.test(specifier))
    return { kind: 'decoded', label: 'module within a text' }
  const host = /^https?:/i.test(specifier) ? hostOf(specifier) : undefined
  return host !== undefined && isStranger(host, now, previous)
    ? { kind: 'download', label: 'module of another host' }
    : undefined
}
