import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, milliseconds, ratio } from './measure.js'

/** Folders with a lockfile before and one after, and how often each is measured. */
const upgrades = { upgrade: 3, 'upgrade-500': 1 }

/**
 * (b) Cold reviews of real upgrades against downloading and gunzipping the same tarballs at the same concurrency, each
 * in a process of its own, in turn. One untimed download first: a mirror is slow the first time. Needs the registry.
 */
export async function benchReview() {
  for (const [name, rounds] of Object.entries(upgrades)) await benchUpgrade(name, rounds)
}

async function benchUpgrade(name, rounds) {
  console.log(`\nreview: bench/${name}, cold and warm, against the bare download, median of ${rounds}`)
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-bench-'))
  try {
    await inProcess(name, 'download')
    const runs = { packuments: [], download: [], cold: [], warm: [] }
    for (let round = 0; round < rounds; round += 1) {
      const cache = join(folder, String(round))
      runs.packuments.push(await inProcess(name, 'packuments'))
      runs.download.push(await inProcess(name, 'download'))
      runs.cold.push(await inProcess(name, 'review', cache))
      runs.warm.push(await inProcess(name, 'review', cache))
    }
    print(runs)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function print({ packuments, download, cold, warm }) {
  const ms = (list) => median(list.map((run) => run.ms))
  const peak = (list) => `${Math.round(Math.max(...list.map((run) => run.peakBytes)) / 2 ** 20)} MB`
  const [{ tarballs, packedBytes, unpackedBytes }] = download
  const [{ coverage, verdict }] = cold
  console.log(
    `  ${coverage.changed} changes, ${coverage.analysed} of ${coverage.expected} analysed (${verdict}); ${tarballs} tarballs, ` +
      `${Math.round(packedBytes / 1e6)} MB packed, ${Math.round(unpackedBytes / 1e6)} MB unpacked`,
  )
  console.log(
    `  packuments ${milliseconds(ms(packuments))}, download and gunzip ${milliseconds(ms(download))}, ` +
      `cold review ${milliseconds(ms(cold))}, warm review ${milliseconds(ms(warm))}`,
  )
  console.log(
    `  cold review / download ${ratio(ms(cold) / ms(download))} (aim: at most 2.5), ` +
      `warm / cold ${ratio(ms(warm) / ms(cold))} (aim: at most 0.1)`,
  )
  const processor = (list) => median(list.map((run) => run.processorMs))
  console.log(
    `  of processor time: packuments ${milliseconds(processor(packuments))}, download and gunzip ${milliseconds(processor(download))}, ` +
      `cold review ${milliseconds(processor(cold))}, warm review ${milliseconds(processor(warm))}; ` +
      `warm / cold ${ratio(processor(warm) / processor(cold))}`,
  )
  console.log(
    `  peak memory over all processes: cold ${peak(cold)}, warm ${peak(warm)} (aim: under 1 GB), download ${peak(download)}`,
  )
}

/** One measurement in a process of its own, so that neither heap nor sockets of another one help or hinder it. */
function inProcess(...args) {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./review-once.js', import.meta.url), args)
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => code !== 0 && reject(new Error(`${args.join(' ')} ended with ${code}`)))
  })
}
