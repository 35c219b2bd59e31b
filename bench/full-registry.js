import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { compare } from 'semver'
import { aSigstore, slsaType } from '../.build/test/builders/sigstore.js'
import { answerBulk, bulkPath } from '../.build/test/emulator/bulk-advisories.js'
import { makeRegistryKey } from '../.build/test/emulator/published.js'
import { trustedTimes } from '../dist/facts/publish-times.js'
import { readOperator } from '../dist/registry/operator.js'

// A registry in a process of its own: packages of the registry that npm is configured for, each taken once and kept, with all that the public
// registry says of its own and mirrors leave out. Sends its address and trust root when it listens, and on any message what it was asked for.
const { registry: upstream } = await readOperator()
const sigstore = await aSigstore()
const key = makeRegistryKey()
const publishType = 'https://github.com/npm/attestation/tree/main/specs/publish/v0.1'
const answers = new Map()
let requests = {}
let url = ''

/** Real packages with provenance are some of all: here each third one, by its name. */
const share = (name, of) => createHash('sha1').update(name).digest()[0] % of === 0
const isAttested = (name) => share(name, 3)
const isVulnerable = (name) => share(name, 20)

const routes = [
  [/^\/-\/npm\/v1\/keys$/, 'keys', readKeys],
  [/^\/-\/npm\/v1\/attestations\/(.+)@([^@]+)$/, 'attestations', readAttestations],
  [/^\/((?:@[^/]+\/)?[^/]+)\/-\/([^/]+)$/, 'tarballs', readTarball],
  [/^\/((?:@[^/]+\/)?[^/]+)$/, 'packuments', readPackument],
]

const server = createServer(async (request, response) => {
  const path = decodeURIComponent(request.url)
  if (path === bulkPath) return send(response, await readAdvisories(request))
  const [pattern, kind, read] = routes.find(([pattern]) => pattern.test(path)) ?? []
  if (read === undefined) return send(response, absent)
  // Promises, so that what two ask for at once is taken once.
  if (!answers.has(path)) answers.set(path, read(...pattern.exec(path).slice(1)))
  const answer = await answers.get(path)
  const unchanged = answer.etag !== undefined && request.headers['if-none-match'] === answer.etag
  count(unchanged ? `${kind} not modified` : kind)
  send(response, unchanged ? { status: 304, headers: { etag: answer.etag }, body: '' } : answer)
})
server.listen(0, '127.0.0.1', () => {
  url = `http://127.0.0.1:${server.address().port}/`
  process.send({ url, trustRoot: sigstore.trustRootText })
})
process.on('message', () => {
  process.send(requests)
  requests = {}
})
process.on('disconnect', () => process.exit())

const absent = { status: 404, headers: {}, body: '{}' }

function count(kind) {
  requests[kind] = (requests[kind] ?? 0) + 1
}

function send(response, { status, headers, body }) {
  response.writeHead(status, headers)
  response.end(body)
}

async function readPackument(name) {
  const taken = await fetch(upstream + name.replace('/', '%2f'))
  if (!taken.ok) return { ...absent, status: taken.status }
  const packument = await taken.json()
  for (const [version, manifest] of Object.entries(packument.versions)) completeManifest(name, version, manifest)
  return asJson({ ...packument, time: timesOf(packument) })
}

/** The real dates; a version a week where those are when a mirror took the versions in. */
function timesOf({ versions, time = {} }) {
  const names = Object.keys(versions).sort(compare)
  const [created] = Object.values(time).sort()
  const stated = { created, ...time }
  if (created !== undefined && trustedTimes({ versions: names, time: stated }) !== null) return stated
  const weekMs = 7 * 86_400_000
  const start = Date.UTC(2026, 5, 1) - names.length * weekMs
  const dates = names.map((version, at) => [version, new Date(start + at * weekMs).toISOString()])
  return { created: dates[0]?.[1], ...Object.fromEntries(dates) }
}

function completeManifest(name, version, manifest) {
  const attested = isAttested(name)
  const account = { name: 'maintainer', email: 'maintainer@mail.example' }
  const service = { name: 'GitHub Actions', email: 'actions@mail.example', trustedPublisher: { id: 'github' } }
  Object.assign(manifest, { _npmUser: attested ? service : account, maintainers: [account] })
  const { dist } = manifest
  dist.tarball = `${url}${name}/-/${name.split('/').at(-1)}-${version}.tgz`
  dist.signatures = [key.sign(`${name}@${version}:${dist.integrity}`)]
  if (!attested) return
  const provenance = { predicateType: slsaType }
  dist.attestations = { url: `${url}-/npm/v1/attestations/${name}@${version}`, provenance }
}

/** As npm hands them out: what the build service says, and what the registry says of the publishing. */
async function readAttestations(name, version) {
  const packument = await answers.get(`/${name}`)
  const { dist, repository } = packument?.manifests[version] ?? {}
  if (dist?.attestations === undefined) return absent
  const sha512 = Buffer.from(dist.integrity.replace(/^sha512-/, ''), 'base64').toString('hex')
  const source = /(?:github\.com[/:]|^github:|^)([\w.-]+\/[\w.-]+?)(?:\.git)?(?:[#/].*)?$/.exec(
    repository?.url ?? repository,
  )?.[1]
  const run = source === undefined ? {} : { repository: source }
  const kinds = [slsaType, publishType].map((predicateType) =>
    sigstore.attest({ name, version, sha512 }, run, { predicateType }),
  )
  return asJson({ attestations: await Promise.all(kinds) })
}

async function readTarball(name, file) {
  const taken = await fetch(`${upstream}${name}/-/${file}`)
  if (!taken.ok) return { ...absent, status: taken.status }
  const body = Buffer.from(await taken.arrayBuffer())
  return { status: 200, headers: { 'content-length': body.length }, body }
}

function readKeys() {
  const scheme = { keytype: 'ecdsa-sha2-nistp256', scheme: 'ecdsa-sha2-nistp256' }
  return asJson({ keys: [{ expires: null, keyid: key.keyid, ...scheme, key: key.publicKey }] })
}

async function readAdvisories(request) {
  count('advisories')
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  const about = Object.keys(JSON.parse(body))
    .filter(isVulnerable)
    .map((name, at) => [name, [anAdvisory(at)]])
  return asJson(answerBulk(body, new Map(about)))
}

const anAdvisory = (id) => ({
  id,
  url: `https://advisories.example/${id}`,
  title: 'Takes quadratic time',
  severity: 'moderate',
  vulnerable_versions: '*',
})

/** Compressed and with an ETag, as the public registry's documents. */
async function asJson(value) {
  const text = JSON.stringify(value)
  const etag = `"${createHash('sha1').update(text).digest('hex')}"`
  const body = await promisify(gzip)(text)
  const headers = {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    'content-length': body.length,
    etag,
  }
  return { status: 200, headers, body, etag, manifests: value.versions }
}
