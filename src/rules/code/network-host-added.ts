import type { Literal, LiteralKind, LiteralService } from '../../package/code/file-code.js'
import type { Reach } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { defineRule, type Severity, severities } from '../rule.js'
import { isAside } from '../shared/aside.js'
import { changedCode, evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { hostOf, ownerDomain } from '../shared/owner-domain.js'
import { isForDocuments, isNobodys, type RawAddresses, rawAddresses } from '../shared/raw-addresses.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { unreadFiles } from '../shared/unread-files.js'
import { severityOfPlace } from '../shared/weighed.js'

export const networkHostAdded = defineRule({
  id: 'network-host-added',
  title: 'new host in the code',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Ask who owns what is named here and what is sent there; the release notes of a package that begins to talk to somebody should say so.',
  on: ['upgraded', 'downgraded'],
  needs: ['package', 'previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    const names = newNames(now, before).sort(byDanger)
    const [worst] = names
    if (worst === undefined) return []
    const notable = [...new Set(names.filter(({ isNotable }) => isNotable).map(({ label }) => label))]
    const message = 'names hosts or addresses in its code that no file of the version before named'
    return [
      {
        message: notable.length === 0 ? message : `${message}, among them: ${notable.join(', ')}`,
        evidence: shownEvidence(names.map((name) => evidenceAt(name.label, name.value, name))),
        anchors: [entryField(change, 'version')],
        severity: worst.severity,
        // Put together or decoded to be seen: nobody writes the address of an honest service so.
        ...(worst.isNotable && { confidence: 'high' }),
      },
    ]
  },
})

interface Named extends Literal {
  readonly file: string
  readonly reach: Reach
}

interface Judged extends Named {
  readonly label: string
  readonly isNotable: boolean
  readonly severity: Severity
}

const byDanger = (one: Judged, other: Judged): number =>
  severities.indexOf(other.severity) - severities.indexOf(one.severity) || Number(other.decoded) - Number(one.decoded)

const counted: ReadonlySet<LiteralKind> = new Set([
  'host',
  'ip-address',
  'webhook',
  'ipfs',
  'wallet-address',
  'contract-address',
])

/** Of these a table is a product of its own: what one more entry of a long list is for shows nobody. */
const listed: ReadonlySet<LiteralKind> = new Set(['ipfs', 'wallet-address', 'contract-address'])
const entriesOfTable = 5

function newNames(now: PackageFacts, before: PackageFacts): Judged[] {
  const raw = rawAddresses(now)
  const unread = unreadFiles(before)
  const addresses = urlsIn(now)
  const hostsOfUrls = new Set(addresses.map(hostOf))
  const past = (before.code?.files ?? [])
    .flatMap(({ code }) => code.literals)
    .filter(({ context }) => context !== 'comment')
  const known = new Set(past.map(({ value }) => value))
  const own = ownDomains(before, past)
  const tables = new Set([...listed].filter((kind) => past.filter((one) => one.kind === kind).length >= entriesOfTable))
  const ownFolders = ownForges(addresses, before)
  const first = new Map<string, Judged>()
  for (const name of namesIn(changedCode(now, before))) {
    const { kind, value, service } = name
    if (known.has(value) || first.has(value) || tables.has(kind)) continue
    if (kind === 'host' && service === undefined && (own.has(ownerDomain(value)) || ownFolders.has(value))) continue
    if (kind === 'host' && identifier.test(value) && !hostsOfUrls.has(value)) continue
    if (kind === 'ip-address' && isNobodys(value)) continue
    const judged = judge(name, raw)
    if (judged !== undefined) first.set(value, unread.has(name.file) ? doubted(judged) : judged)
  }
  // A service's address says more than its host, and is there besides it.
  const hosts = new Set([...first.values()].filter(isAddress).map(({ value }) => hostOf(value)))
  return [...first.values()].filter(({ kind, value }) => kind !== 'host' || !hosts.has(value))
}

/** `com.google.chrome` names a program; only what an address leads to is a host. */
const identifier = /^(?:com|org|net|io)\.[^.]+\.[^.]+/

const isAddress = ({ kind }: Literal): boolean => kind === 'url' || kind === 'webhook'

const namesIn = (files: ReturnType<typeof changedCode>): readonly Named[] =>
  files
    .filter((file) => !isAside(file))
    .flatMap(({ path, reach, code }) =>
      code.literals
        .filter(
          ({ context, kind, service }) =>
            context === 'code' && (counted.has(kind) || (kind === 'url' && service !== undefined)),
        )
        .map((literal) => ({ ...literal, file: path, reach })),
    )

/** Those of the version before: its homepage, and whom it named already. What the new version says of itself, an attacker wrote. */
function ownDomains({ manifest }: PackageFacts, past: readonly Literal[]): ReadonlySet<string> {
  const stated = [manifest.homepage, manifest.repository].map((address) => hostOf(address ?? ''))
  const named = past.filter(({ kind, service }) => kind === 'host' && service === undefined).map(({ value }) => value)
  const owned = [...stated, ...named].filter((host) => host !== undefined && !forges.has(host))
  return new Set(owned.map((host) => ownerDomain(host ?? '')).filter((domain) => domain.includes('.')))
}

/** Everybody's code lies there: the folder tells whose. */
const forges: ReadonlySet<string> = new Set([
  'github.com',
  'www.github.com',
  'gitlab.com',
  'bitbucket.org',
  'raw.githubusercontent.com',
  'codeload.github.com',
])

/** The forges of which only the folder of the repository's owner is named. */
function ownForges(urls: readonly string[], { manifest: { repository = '' } }: PackageFacts): ReadonlySet<string> {
  const owner = /(?:^|[/:])([\w.-]{1,100})\/[\w.-]{1,100}?(?:\.git)?(?:#.*)?$/
    .exec(repository.slice(0, 500))?.[1]
    ?.toLowerCase()
  if (owner === undefined) return new Set()
  const owners = new Map<string, Set<string>>()
  for (const url of urls) {
    const host = hostOf(url) ?? ''
    if (forges.has(host))
      owners.set(host, (owners.get(host) ?? new Set()).add(url.toLowerCase().split('/', 4)[3] ?? ''))
  }
  return new Set([...owners].filter(([, named]) => named.size === 1 && named.has(owner)).map(([host]) => host))
}

const urlsIn = ({ code }: PackageFacts): readonly string[] =>
  (code?.files ?? []).flatMap((file) =>
    file.code.literals.filter(({ kind, context }) => kind === 'url' && context === 'code').map(({ value }) => value),
  )

/** What somebody can be behind without a name, in our words. */
const services: Readonly<Record<LiteralService, string>> = {
  webhook: 'webhook',
  'request-bin': 'request bin',
  paste: 'paste service',
  tunnel: 'tunnel',
  'dynamic-dns': 'dynamic DNS',
  shortener: 'shortened link',
  'ipfs-gateway': 'IPFS gateway',
}

const kinds: Readonly<Partial<Record<LiteralKind, string>>> = {
  host: 'host',
  'ip-address': 'raw IP address',
  webhook: 'webhook',
  ipfs: 'IPFS content',
  'wallet-address': 'wallet address',
  'contract-address': 'contract address',
}

/** Resolvers that everybody knows: programs ask them whether they are online. */
const resolvers: ReadonlySet<string> = new Set(['1.1.1.1', '1.0.0.1', '8.8.8.8', '8.8.4.4', '9.9.9.9'])

/** Nobody knows whom a file named that could not be read. */
const doubted = (judged: Judged): Judged => ({ ...judged, isNotable: false, severity: 'low' })

function judge(name: Named, raw: RawAddresses): Judged | undefined {
  const { kind, value, service, decoded, reach } = name
  const isRawAddress = kind === 'ip-address' && !resolvers.has(value)
  const isLedTo = decoded || raw.led.get(name.file)?.has(value) === true
  if (isRawAddress && !isLedTo) {
    if (isForDocuments(value)) return undefined
    if (raw.tables.has(name.file))
      return { ...name, label: 'number like an address', isNotable: false, severity: 'low' }
  }
  const isNotable =
    decoded || (isRawAddress && isLedTo) || kind === 'webhook' || (service !== undefined && service !== 'shortener')
  const label = service === undefined ? (kinds[kind] ?? kind) : services[service]
  return {
    ...name,
    label: decoded ? `hidden ${label}` : label,
    isNotable,
    // Installing and loading raise what code can do, not what it names.
    severity: severityOfPlace(isNotable ? 'high' : 'medium', { reach, when: 'call' }),
  }
}
