import {
  maxReleaseAttestations,
  maxReleaseMaintainers,
  maxReleaseSignatures,
  maxReleaseTextCharacters,
} from '../limits.js'
import { isRecord, own } from './manifest.js'
import type { Account, RegistrySignature, Release } from './release-history.js'

type Source = Readonly<Record<string, unknown>>

/** Reads the releases of one packument, version by version. What is not of npm's own shape is left out, as if a mirror had done it. */
export interface ReleaseParser {
  parse(version: string, manifest: unknown): Release
  /** Characters held by all releases that were parsed, roughly. */
  readonly size: number
}

/** Thousands of versions repeat a handful of accounts, lists of maintainers and addresses: each is held once. */
export function releaseParser(): ReleaseParser {
  const held = new Map<string, unknown>()
  let size = 0
  const once = <T>(value: T): T => {
    const key = JSON.stringify(value)
    const found = held.get(key)
    if (found !== undefined) return found as T
    held.set(key, value)
    size += key.length
    return value
  }
  return {
    parse(version, manifest) {
      const { publisher, maintainers, attestations, signatures, ...texts } = readRelease(version, manifest)
      size += 160 + signatures.reduce((sum, { signature }) => sum + signature.length, 0)
      return {
        ...texts,
        ...(publisher && { publisher: once(publisher) }),
        maintainers: once(maintainers),
        attestations: once(attestations),
        signatures: signatures.map(({ keyId, signature }) => ({ keyId: once(keyId), signature })),
        ...(texts.repository !== undefined && { repository: once(texts.repository) }),
      }
    },
    get size() {
      return size
    },
  }
}

function readRelease(version: string, value: unknown): Release {
  const manifest = recordOf(value)
  const user = recordOf(own(manifest, '_npmUser'))
  const dist = recordOf(own(manifest, 'dist'))
  const publisher = readAccount(user)
  const trustedPublisher = textOf(own(recordOf(own(user, 'trustedPublisher')), 'id'))
  const approver = readApprover(own(user, 'approver'))
  const repository = readRepository(own(manifest, 'repository'))
  return {
    version,
    ...(publisher && { publisher }),
    ...(trustedPublisher !== undefined && { trustedPublisher }),
    ...(approver !== undefined && { approver }),
    // Without a publisher the document is no record of the registry of origin, and what stands here are the package's own words: anybody
    // can list the maintainers of another package in a package.json.
    maintainers: publisher ? readMaintainers(own(manifest, 'maintainers')) : [],
    attestations: readAttestations(own(dist, 'attestations')),
    signatures: readSignatures(own(dist, 'signatures')),
    ...(repository !== undefined && { repository }),
  }
}

function readAccount(user: Source): Account | undefined {
  const name = textOf(own(user, 'name'))
  if (name === undefined) return undefined
  const email = textOf(own(user, 'email'))
  return { name, ...(email !== undefined && { email }) }
}

/** The registry writes an account here; other tools were seen to expect a name. */
function readApprover(value: unknown): string | undefined {
  const account = recordOf(value)
  return textOf(value) ?? textOf(own(account, 'name')) ?? textOf(own(account, 'email'))
}

/** Documents from before 2012 have texts such as `name <address>` here. */
function readMaintainers(value: unknown): readonly string[] {
  return listOf(value, maxReleaseMaintainers).flatMap((item) => {
    const name = textOf(own(recordOf(item), 'name')) ?? textOf(item)?.replace(/<.*$/s, '').trim()
    return name === undefined || name === '' ? [] : [name]
  })
}

/** `{ url, provenance: { predicateType } }`: each kind of statement is a key of its own. */
function readAttestations(value: unknown): readonly string[] {
  return Object.values(recordOf(value))
    .slice(0, maxReleaseAttestations)
    .flatMap((statement) => textOf(own(recordOf(statement), 'predicateType')) ?? [])
}

function readSignatures(value: unknown): readonly RegistrySignature[] {
  return listOf(value, maxReleaseSignatures).flatMap((item) => {
    const [keyId, signature] = [textOf(own(recordOf(item), 'keyid')), textOf(own(recordOf(item), 'sig'))]
    return keyId === undefined || signature === undefined ? [] : [{ keyId, signature }]
  })
}

function readRepository(value: unknown): string | undefined {
  return textOf(value) ?? textOf(own(recordOf(value), 'url'))
}

const recordOf = (value: unknown): Source => (isRecord(value) ? value : {})

const listOf = (value: unknown, most: number): readonly unknown[] => (Array.isArray(value) ? value.slice(0, most) : [])

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= maxReleaseTextCharacters ? value : undefined
}
