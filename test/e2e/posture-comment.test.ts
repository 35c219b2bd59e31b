import { expect, it } from '@jest/globals'
import type { ReviewChange } from '../../src/github/reviewer.js'
import { review } from '../../src/review.js'
import { openMemoryStore } from '../../src/store/memory-store.js'
import { inProcessAnalyser } from '../builders/code-analyser.js'
import { aRegistry } from '../builders/fake-registry.js'
import { startWorld } from './world.js'

/** The review as the App asks for it, over a registry in memory. */
const realReview: ReviewChange = (change, signal) =>
  review({
    change,
    signal,
    openRegistry: () => aRegistry(),
    store: openMemoryStore(),
    code: inProcessAnalyser,
    now: new Date('2026-11-20T12:00:00Z'),
    concurrency: 2,
  })

const file = '.github/workflows/ci.yml'
const workflow = (...steps: readonly string[]): string =>
  `${['on: push', 'jobs:', '  test:', '    runs-on: ubuntu-latest', '    steps:', ...steps.map((step) => `      - ${step}`)].join('\n')}\n`

it('comments on the run line that the change brings into a workflow, and on nothing that was there or is the owner’s own', async () => {
  const world = await startWorld({ review: realReview })
  try {
    const before = ['uses: acme/setup@v1', 'run: npm install --global tool@latest', 'run: npm ci --ignore-scripts']
    await world.github.commit(world.repository, 'main', { [file]: workflow(...before) })
    const after = [...before.slice(0, 2), 'uses: acme/other@v1', 'run: npm install --ignore-scripts', 'run: npm test']
    await world.github.commit(world.repository, 'unlock', { [file]: workflow(...after) })
    const pull = await world.github.openPull(world.repository, { head: 'unlock' })
    await world.github.deliver(await world.github.events.pull('opened', pull))
    await world.settle()
    expect(pull.comments.map(({ path, line, subject }) => ({ path, line, subject }))).toEqual([
      { path: file, line: 9, subject: 'line' },
    ])
    expect(pull.comments[0]?.body).toContain('install-unlocked')
    expect([world.github.violations, world.github.pendingFaults()]).toEqual([[], []])
  } finally {
    await world.end()
  }
})
