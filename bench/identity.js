import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groupOf } from '../dist/rules/groups.js'
import { rules } from '../dist/rules/index.js'
import { median, milliseconds, ratio } from './measure.js'
import { sliceUpgrade } from './slice-upgrade.js'

const changes = 100
const coldRounds = 2
const warmRounds = 7

/**
 * (d) What the rules about who published a package add to a review of a hundred changes: with all of them against without any, cold and warm,
 * each in a process of its own, in turn. The registry is our own, and has all that the public one has.
 */
export async function benchIdentity() {
  console.log(
    `\nidentity: ${changes} changes of bench/upgrade-500, all rules of that group on, against all of them off`,
  )
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-bench-'))
  const registry = fork(new URL('./full-registry.js', import.meta.url))
  try {
    const [{ url, trustRoot }] = await once(registry, 'message')
    sliceUpgrade('upgrade-500', changes, folder)
    writeFileSync(join(folder, 'trusted_root.json'), trustRoot)
    writeFileSync(join(folder, 'on.yml'), 'version: 1\n')
    writeFileSync(
      join(folder, 'off.yml'),
      JSON.stringify({ version: 1, rules: allOff(), advisories: { source: 'off' } }),
    )
    await measure({ folder, url, registry })
  } finally {
    registry.disconnect()
    rmSync(folder, { recursive: true, force: true })
  }
}

const allOff = () =>
  Object.fromEntries(rules.filter(({ id }) => groupOf(id) === 'identity').map(({ id }) => [id, 'off']))

async function measure(stage) {
  // The registry takes each package at the first question, so that the first review does not count.
  const [first, requests] = [await reviewOnce(stage, 'on', 'first'), await requestsOf(stage)]
  console.log(`  ${first.coverage.changed} changes, ${first.coverage.analysed} of ${first.coverage.expected} analysed`)
  console.log(`  findings of the group: ${tally(first.rules.filter((rule) => groupOf(rule) === 'identity'))}`)
  console.log(`  gaps: ${tally(first.gaps)}`)
  const cold = await inTurn(stage, coldRounds, (what, round) => `cold-${what}-${round}`)
  print('cold', cold, 1.5)
  const warm = await inTurn(stage, warmRounds, (what) => `cold-${what}-0`)
  print('warm', warm, 1.05)
  console.log(`  requests, cold: ${list(cold.requests.on)} (first: ${list(requests)}); off: ${list(cold.requests.off)}`)
  console.log(`  requests, warm: ${list(warm.requests.on)}; off: ${list(warm.requests.off)}`)
}

/** Off and on by turns, and each second round the other way about, so that neither always follows the other. */
async function inTurn(stage, rounds, cacheOf) {
  const runs = { off: [], on: [] }
  const requests = {}
  for (let round = 0; round < rounds; round += 1) {
    for (const what of round % 2 === 0 ? ['off', 'on'] : ['on', 'off']) {
      runs[what].push(await reviewOnce(stage, what, cacheOf(what, round)))
      requests[what] = await requestsOf(stage)
    }
  }
  return { runs, requests }
}

async function requestsOf({ registry }) {
  registry.send('requests')
  const [requests] = await once(registry, 'message')
  return requests
}

function print(kind, { runs: { off, on } }, aim) {
  const units = { processorMs: 'processor time', ms: 'time on the wall' }
  for (const [unit, name] of Object.entries(units)) {
    const [without, all] = [off, on].map((runs) => runs.map((run) => run[unit]))
    console.log(
      `  ${kind}, ${name}: off ${span(without)}, on ${span(all)}, on / off ${ratio(median(all) / median(without))} ` +
        `(aim: at most ${aim}; off by itself differs by ${ratio(Math.max(...without) / Math.min(...without))})`,
    )
  }
}

const span = (list) =>
  `${milliseconds(median(list))} (${milliseconds(Math.min(...list))} to ${milliseconds(Math.max(...list))})`

const list = (counts) =>
  Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')

function tally(names) {
  const counts = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return list(counts) || 'none'
}

function reviewOnce({ folder, url }, what, cache) {
  const inFolder = (name) => join(folder, name)
  const sides = ['--base-dir', inFolder('base'), '--head-dir', inFolder('head')]
  const args = [...sides, '--registry', url, '--cache', inFolder(cache), '--policy', inFolder(`${what}.yml`)]
  const env = { ...process.env, LOCKWARDEN_TRUST_ROOT: inFolder('trusted_root.json') }
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./identity-once.js', import.meta.url), args, { env })
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => code !== 0 && reject(new Error(`a review with the group ${what} ended with ${code}`)))
  })
}
