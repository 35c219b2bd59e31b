import { sensitivePlace } from '../../package/code/capabilities/sensitive-paths.js'
import type { FlowSink, FlowSource } from '../../package/code/file-code.js'
import { keyKindOf, variableIn } from '../../package/code/flows/words.js'
import type { PackageFlow } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { publicHosts } from '../../registry/public-registry.js'
import { hostOf, ownerDomain } from './owner-domain.js'

/** Everybody's files lie there: the folder tells whose. */
const forges: ReadonlySet<string> = new Set([
  ...['github.com', 'gitlab.com', 'bitbucket.org', 'raw.githubusercontent.com', 'codeload.github.com'],
])

const ownMachine = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|0\.0\.0\.0|\[::1\]|.+\.localhost)$/

/** Whether a host is the package's own, by what a manifest states. */
export function isOwnHost(host: string, { manifest: { homepage, repository } }: PackageFacts): boolean {
  if (ownMachine.test(host)) return true
  if (forges.has(host)) return false
  const domain = ownerDomain(host)
  const stated = [homepage, repository].map((address) => hostOf(address ?? '')).filter((own) => own !== undefined)
  return stated.some((own) => !forges.has(own) && ownerDomain(own) === domain)
}

/** Whether a name holds that of a domain's owner: `GITHUB_TOKEN` and `github.com`. */
function speaksOf(name: string, domain: string): boolean {
  const label = domain.split('.')[0]?.replaceAll(/[^a-z\d]/g, '') ?? ''
  return (
    label.length >= 4 &&
    name
      .toLowerCase()
      .replaceAll(/[^a-z\d]/g, '')
      .includes(label)
  )
}

/**
 * A program that is fetched from the registry, or from the package's own host or repository, and started: what installers are for. Whose host it is
 * says the version before; of a new package its own manifest, or its name.
 */
export function isOwnProgram(
  { source, sink }: PackageFlow,
  now: PackageFacts,
  previous: PackageFacts | undefined,
): boolean {
  if (source.kind !== 'download' || !startsProgram(sink) || source.host === undefined) return false
  const { host } = source
  const stated = previous ?? now
  if (publicHosts.includes(host) || isOwnHost(host, stated)) return true
  if (previous === undefined && isNamedFor(now.manifest.name ?? '', ownerDomain(host))) return true
  return forges.has(host) && isOwnFolder(host, source, stated)
}

/** `serverless` and `serverless.com`, `@pad/cli` and `pad.example`. */
const isNamedFor = (name: string, domain: string): boolean =>
  name
    .replace(/^@/, '')
    .split('/')
    .includes(domain.split('.')[0] ?? '')

/** `@firebase/util` and `firebase.googleapis.com`: the names there are only its owner's to give, unlike those of domains. */
const isOwnApi = (host: string, { manifest: { name = '' } }: PackageFacts): boolean =>
  /^[a-z]{1,40}\.googleapis\.com$/.test(host) && isNamedFor(name, host)

const startsProgram = ({ detail }: FlowSink): boolean =>
  /(?:^|\.)(?:exec|spawn|fork|execa)\w*$|^(?:execa|cross-spawn)/i.test(detail)

/** All addresses there that the file names are those of the repository's owner. */
function isOwnFolder(
  host: string,
  { file }: FlowSource & { readonly file: string },
  { code, manifest }: PackageFacts,
): boolean {
  const owner = /(?:^|[/:])([\w.-]{1,100})\/[\w.-]{1,100}?(?:\.git)?(?:#.*)?$/.exec(manifest.repository ?? '')?.[1]
  const literals = code?.files.find(({ path }) => path === file)?.code.literals ?? []
  const there = literals.filter(({ kind, value }) => kind === 'url' && hostOf(value) === host)
  return (
    owner !== undefined &&
    there.length > 0 &&
    there.every(({ value }) => value.toLowerCase().split('/')[3] === owner.toLowerCase())
  )
}

/** Hosts in the code of a version, and those of its flows. */
function hostsOf(facts: PackageFacts | undefined): ReadonlySet<string> {
  const named = (facts?.code?.files ?? []).flatMap(({ code }) =>
    code.literals.filter(({ kind, service }) => kind === 'host' && service === undefined).map(({ value }) => value),
  )
  const reached = (facts?.code?.flows ?? []).flatMap(({ sink: { host } }) => (host === undefined ? [] : [host]))
  return new Set([...named, ...reached].map(ownerDomain))
}

/**
 * Whether a key goes to somebody whom nobody expects to get it: a literal host that the version before did not name, and that is neither the
 * package's own nor the one that the key is named for. Of a new package nothing was before: there only keys that sign count, since to send
 * credentials to a service is what most packages that have any are for, and hosts that belong to nobody.
 */
export function isKeyTheft(
  { source, sink }: PackageFlow,
  now: PackageFacts,
  previous: PackageFacts | undefined,
): boolean {
  const { host } = sink
  if (source.kind !== 'key-material' || sink.kind !== 'network' || host === undefined) return false
  const domain = ownerDomain(host)
  // What the new version says of itself, whoever wrote it wrote as well.
  if (isOwnHost(host, previous ?? now) || publicHosts.includes(host) || isOwnApi(host, previous ?? now)) return false
  const variable = variableIn(source.detail)
  if (variable !== undefined && speaksOf(variable, domain)) return false
  if (previous !== undefined) return !hostsOf(previous).has(domain)
  if (speaksOf(now.manifest.name ?? '', domain)) return false
  return keyKindOf(source.detail) === 'signing' || isNobodys(host, now)
}

/** Whether nothing ties a host to the package: not its manifest, not its name, and no file of the version before names it. */
export function isStranger(host: string, now: PackageFacts, previous: PackageFacts | undefined): boolean {
  const domain = ownerDomain(host)
  if (isOwnHost(host, previous ?? now) || publicHosts.includes(host)) return false
  return !speaksOf((previous ?? now).manifest.name ?? '', domain) && !hostsOf(previous).has(domain)
}

/** An address without a name, or a place that anybody can use under none. */
const isNobodys = (host: string, { code }: PackageFacts): boolean =>
  /^(?:\d{1,3}\.){3}\d{1,3}$/.test(host) ||
  (code?.files ?? []).some(({ code: { literals } }) =>
    literals.some(({ kind, value, service }) => kind === 'host' && value === host && service !== undefined),
  )

const settings: ReadonlySet<string> = new Set(['.npmrc', '.yarnrc', '.pypirc', '.env'])

/** Settings that say whom to ask and with which token: clients of registries read them, and ask whoever is named there. */
export const asksWhomSettingsName = ({ source, sink }: PackageFlow): boolean =>
  source.kind === 'credential-file' &&
  sink.kind === 'network' &&
  sink.host === undefined &&
  settings.has(sensitivePlace(source.detail) ?? '')
