import type { FileCode, FlowSourceKind, Sighting } from '../../package/code/file-code.js'
import type { AnalysedFile, PackageFlow } from '../../package/code/package-code.js'
import type { BindingGyp, FileKind, InstallScript, PackageFacts } from '../../package/package-facts.js'
import { readSpawned } from '../../package/shell/read-shell.js'
import type { ShellAct, ShellAction } from '../../package/shell/shell-act.js'
import { ShellBudget } from '../../package/shell/shell-budget.js'
import { deletesItself } from './deletes-itself.js'
import { isEverybodys } from './everybodys-files.js'
import { asksWhomSettingsName, isKeyTheft, isOwnProgram } from './own-service.js'

/** One dangerous thing that runs on install, and where. */
export interface InstallDanger {
  /** What it does, in our words. */
  readonly what: string
  readonly seen: string
  readonly file: string
  readonly line?: number
  readonly column?: number
}

const dangerous: Readonly<Partial<Record<ShellAction, string>>> = {
  'download-and-run': 'downloads and runs',
  'pipe-to-shell': 'pipes a download to an interpreter',
  'decode-and-run': 'decodes and runs',
  'encoded-command': 'runs an encoded command',
  'secret-read': 'reads a secret',
  'secret-sent': 'sends a secret',
  'host-sent': 'sends who and where it runs',
  'delete-home': 'deletes what is not its own',
  'delete-itself': 'deletes itself',
  'run-library': 'has the system run a library',
  'agent-run': 'lets an assistant act without asking',
  'install-globally': 'installs another package globally',
}

/** All that is dangerous about what a package runs on install: its commands, their shell files, and the code that these reach. */
export function installDangers(
  now: PackageFacts,
  scripts: readonly InstallScript[],
  previous: PackageFacts | undefined,
): readonly InstallDanger[] {
  const acts = scripts.flatMap(({ shell }) => shell ?? []).map((act) => ({ act, file: act.file ?? 'package.json' }))
  const builds = gypActs(now.bindingGyp).map((act) => ({ act, file: act.file ?? 'binding.gyp' }))
  const files = (now.code?.files ?? []).filter(({ reach }) => reach === 'install')
  const actsOf = spawnedActs()
  return eachOnce([
    ...[...acts, ...builds].flatMap(({ act, file }) => describeAct(act, file, now)),
    ...files.flatMap((file) => codeDangers(file, now, actsOf)),
    ...(now.code?.flows ?? [])
      .filter((flow) => flow.when === 'install' && isDangerous(flow, now, previous))
      .sort((one, other) => sureness.indexOf(one.source.kind) - sureness.indexOf(other.source.kind))
      .map(flowDanger),
  ])
}

type SpawnedActs = (command: string) => readonly ShellAct[]

/** Each command once, all within one package's budget: what that leaves unread is a limit hit of the package. */
function spawnedActs(): SpawnedActs {
  const budget = new ShellBudget()
  const known = new Map<string, readonly ShellAct[]>()
  return (command) => {
    const acts = known.get(command) ?? readSpawned(command, budget)
    known.set(command, acts)
    return acts
  }
}

/** One line may do the same in two ways, and one command may send two things: a person reads it once. */
function eachOnce(dangers: readonly InstallDanger[]): readonly InstallDanger[] {
  const byLine = new Map<string, InstallDanger>()
  for (const danger of dangers) {
    const { what, file, line, seen } = danger
    const key = JSON.stringify([what, file, line ?? seen])
    if (!byLine.has(key)) byLine.set(key, danger)
  }
  return [...byLine.values()]
}

const gypActs = (gyp: BindingGyp | undefined): readonly ShellAct[] => gyp?.shell ?? []

function describeAct({ action, detail, excerpt, line }: ShellAct, file: string, now: PackageFacts): InstallDanger[] {
  const what = dangerous[action]
  if (what === undefined || (action === 'download-and-run' && isOwnAddress(detail, now))) return []
  const seen = action === 'encoded-command' ? detail : excerpt
  return [{ what, seen, file, ...(file !== 'package.json' && { line }) }]
}

/** The host that the manifest names, or a folder of the same owner on a host that many share. */
export function isOwnAddress(address: string, { manifest: { homepage, repository } }: PackageFacts): boolean {
  const to = hostAndOwner(address)
  return to !== undefined && [homepage, repository].some((own) => own !== undefined && hostAndOwner(own) === to)
}

const shared: ReadonlySet<string> = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'raw.githubusercontent.com'])

function hostAndOwner(address: string): string | undefined {
  const [, host = '', owner = ''] =
    /^(?:git\+)?(?:https?|git|ssh):\/\/(?:[^@/\s]{0,64}@)?([\w.-]{1,253})(?::\d{1,5})?\/?([\w.-]{0,100})/i.exec(
      address,
    ) ?? []
  if (host === '') return undefined
  const name = host.toLowerCase().replace(/^www\./, '')
  return shared.has(name)
    ? `github.com/${owner.toLowerCase()}`.replace('github.com', name.replace('raw.githubusercontent.com', 'github.com'))
    : name
}

/** Read by tools for their settings (nx sets assistants up, pnpm asks .npmrc for the registry). The others hold nothing but secrets. */
const settings: ReadonlySet<string> = new Set([
  ...['.npmrc', '.yarnrc', '.env', '/etc/passwd', '/proc', 'shell history'],
  "an assistant's credentials",
])

/** A path that is only named counts where the same file sends something. */
const readsSecret = (detail: string, sends: boolean): boolean =>
  !settings.has(detail.replace(/ named$/, '')) && (sends || !detail.endsWith(' named'))

const decoding = /base64|\batob\b|fromCharCode|decipher|\bunescape\b|inflate|gunzip/i

function codeDangers({ path, code }: AnalysedFile, now: PackageFacts, actsOf: SpawnedActs): readonly InstallDanger[] {
  const has = (capability: string): boolean => code.sightings.some((sighting) => sighting.capability === capability)
  return code.sightings.flatMap((sighting): InstallDanger[] => {
    const { capability, detail, excerpt, constant, line, column } = sighting
    const told = (what: string): InstallDanger[] => [{ what, seen: excerpt, file: path, line, column }]
    switch (capability) {
      case 'shell':
        if (constant === undefined) return []
        return [
          ...(startsUnseen(sighting, code, now) ? told('starts a program of its own where nobody sees it') : []),
          ...actsOf(constant)
            .flatMap((act) => describeAct(act, path, now))
            .map((danger) => ({ ...danger, seen: constant, line, column })),
        ]
      case 'eval':
        // Code that is decoded on the spot, or comes from elsewhere in the same file.
        if (decoding.test(excerpt)) return told('decodes and runs')
        return constant === undefined && detail === 'eval' && has('network') ? told('runs what it downloads') : []
      case 'file-delete':
        if (isEverybodys(constant ?? '')) return told('deletes what is not its own')
        return deletesItself(sighting, path, true) ? told('deletes itself') : []
      case 'sensitive-read':
        return readsSecret(detail, has('network') || has('dns')) ? told('reads a secret') : []
      case 'environment-enumeration':
        return detail.endsWith(', filtered by names of secrets') ? told('reads secrets from the environment') : []
      default:
        return []
    }
  })
}

const native: ReadonlySet<FileKind> = new Set(['elf', 'pe', 'mach-o'])

/** Tools try their binary in the foreground; who leaves it running without a window or a parent wants it not to be noticed. */
function startsUnseen({ line, column, constant = '' }: Sighting, code: FileCode, { files }: PackageFacts): boolean {
  const isUnseen = code.sightings.some(
    (other) =>
      other.line === line && other.column === column && (other.detail === 'detached' || other.detail === 'windowsHide'),
  )
  const program = constant.split(' ', 1)[0]?.replace(/^(?:\.{1,2}\/)+/, '') ?? ''
  return isUnseen && files.some(({ path, kind }) => native.has(kind) && `/${path}`.endsWith(`/${program}`))
}

/** An installer that fetches its own program, and credentials for the service that is asked, are what others do as well. */
const isDangerous = (flow: PackageFlow, now: PackageFacts, previous: PackageFacts | undefined): boolean =>
  flow.source.kind === 'key-material'
    ? isKeyTheft(flow, now, previous)
    : !isOwnProgram(flow, now, previous) && !asksWhomSettingsName(flow)

const flowsInto: Readonly<Record<FlowSourceKind, string>> = {
  environment: 'sends a secret',
  'credential-file': 'sends a secret',
  'key-material': 'sends a secret',
  download: 'runs what it downloads',
  decoded: 'decodes and runs',
}

/** What a person is shown first: a parameter is a key by its name only. */
const sureness: readonly FlowSourceKind[] = ['environment', 'credential-file', 'download', 'decoded', 'key-material']

function flowDanger({ source, sink }: PackageFlow): InstallDanger {
  const { file, line, column, excerpt } = sink.kind === 'evaluation' ? sink : source
  return { what: flowsInto[source.kind], seen: excerpt, file, line, column }
}
