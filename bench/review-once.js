import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import PQueue from 'p-queue'
import { buildChange } from '../dist/change/build-change.js'
import { diffProjects } from '../dist/lockfile/projects.js'
import { CodePool } from '../dist/package/code/pool.js'
import { openNpmRegistry } from '../dist/registry/npm-registry.js'
import { readOperator } from '../dist/registry/operator.js'
import { review } from '../dist/review.js'
import { openDiskStore } from '../dist/store/disk-store.js'
import { processorMs } from './measure.js'

// One measurement of a folder with `base` and `head`: `packuments`, `download`, or `review CACHE`. Sends { ms, processorMs, peakBytes, … } to its parent.
const concurrency = 8
const [folder, what, cache] = process.argv.slice(2)
const operator = await readOperator()
const sides = ['base', 'head'].map((side) => ({
  kind: 'directory',
  path: fileURLToPath(new URL(`./${folder}/${side}`, import.meta.url)),
}))
const change = await buildChange({ base: sides[0], head: sides[1] })
if (!change.ok) throw new Error(change.failure.message)

const runs = { packuments: () => fetchAll(fetchManifest), download: () => fetchAll(download), review: reviewOnce }
const peak = watchMemory()
const start = performance.now()
const outcome = await runs[what]()
process.send({ ...outcome, ms: performance.now() - start, processorMs: processorMs(), peakBytes: peak.stop() })
process.disconnect()

async function reviewOnce() {
  const code = new CodePool()
  const { report } = await review({
    change: change.value,
    openRegistry: (base) => openNpmRegistry({ operator, ...base, concurrency }),
    store: openDiskStore(cache),
    code,
    now: new Date(),
    concurrency,
  })
  await code.close()
  return { coverage: report.coverage, verdict: report.verdict }
}

/** Every version that the review would fetch, new and previous, once. */
async function fetchAll(fetchOne) {
  const registry = openNpmRegistry({ operator, concurrency })
  const { changes } = await diffProjects(change.value.base, change.value.head, {
    defaultHosts: registry.expectations.defaultHosts,
  })
  const wanted = new Map()
  for (const { name, before, after } of changes) {
    for (const side of after === undefined ? [] : [after, before]) {
      if (side?.source === 'registry') wanted.set(`${name}@${side.version}`, { name, version: side.version })
    }
  }
  const queue = new PQueue({ concurrency })
  const sums = { tarballs: wanted.size, packedBytes: 0, unpackedBytes: 0 }
  await queue.addAll([...wanted.values()].map((reference) => () => fetchOne(registry, reference, sums)))
  return sums
}

async function fetchManifest(registry, reference) {
  const manifest = await registry.manifest(reference)
  if (!manifest.known) throw new Error(manifest.gap.detail)
}

/** The baseline knows the address by itself, so that it asks for no packument. */
async function download(_, { name, version }, sums) {
  const url = `${operator.registry}${name}/-/${name.split('/').at(-1)}-${version}.tgz`
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status} for ${name}@${version}`)
  const gunzip = createGunzip()
  gunzip.on('data', (chunk) => {
    sums.unpackedBytes += chunk.length
  })
  for await (const chunk of response.body) {
    sums.packedBytes += chunk.length
    if (!gunzip.write(chunk)) await once(gunzip, 'drain')
  }
  gunzip.end()
  await once(gunzip, 'end')
}

/** The most memory that this process and its children had at one moment; where there is no /proc, this process alone. */
function watchMemory() {
  let peakBytes = 0
  const look = () => {
    peakBytes = Math.max(
      peakBytes,
      process.memoryUsage.rss() + childrenOf(process.pid).reduce((sum, pid) => sum + rssOf(pid), 0),
    )
  }
  const timer = setInterval(look, 50)
  return {
    stop() {
      clearInterval(timer)
      return Math.max(peakBytes, process.resourceUsage().maxRSS * 1024)
    },
  }
}

function childrenOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
    )
  } catch {
    return []
  }
}

/** 0 for one that has just ended. */
function rssOf(pid) {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
