import { afterEach, describe, expect, it } from '@jest/globals'
import { largeCodeBytes, maxBatchFiles, maxQueuedCodeBytes } from '../../../src/limits.js'
import type { FileCode } from '../../../src/package/code/file-code.js'
import { CodePool, type CodePoolOptions } from '../../../src/package/code/pool.js'

/** Node 20 runs no TypeScript in a child: `npm test` builds first. */
const built = new URL('../../../dist/package/code/worker.js', import.meta.url)
const stand = new URL('./stand-in-worker.js', import.meta.url)

const pools: CodePool[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

function open(options: CodePoolOptions = {}): CodePool {
  const pool = new CodePool({ worker: built, processes: 1, ...options })
  pools.push(pool)
  return pool
}

function analyse(pool: CodePool, codes: readonly string[]): Promise<readonly FileCode[]> {
  const lane = pool.lane()
  return Promise.all(codes.map((code) => lane.analyse({ path: 'a.js', bytes: Buffer.from(code), sha256: '' })))
}

const outcome = ({ dialect, unanalysable }: FileCode): string => unanalysable?.reason ?? dialect

describe('the pool', () => {
  it('reads every file, in as many processes as it has', async () => {
    const codes = Array.from({ length: 500 }, (_, index) => `require('./${index}')`)

    const read = await analyse(open({ processes: 2 }), codes)

    expect(read.map(({ requests }) => requests.map(({ specifier }) => specifier))).toEqual(
      codes.map((_, index) => [`./${index}`]),
    )
  })

  it('knows TypeScript by the ending alone', async () => {
    const pool = open()
    const bytes = Buffer.from('const a: string = "a"')

    expect(await pool.lane().analyse({ path: 'x/y.ts', bytes, sha256: '' })).toMatchObject({ dialect: 'typescript' })
  })

  it('tells of a file that needs too much memory, and reads those around it', async () => {
    const large = `x = [${'1,'.repeat(1_000_000)}]`

    const read = await analyse(open({ heapMegabytes: 48 }), ['a', large, 'b'])

    expect(read.map(outcome)).toEqual(['script', 'out-of-memory', 'script'])
  })

  it('tells of a file that takes too long, and reads those around it', async () => {
    const slow = `x = [${'1,'.repeat(2_000_000)}]`

    const read = await analyse(open({ fileMillis: 1 }), [slow, slow])

    expect(read.map(outcome)).toEqual(['time-out', 'time-out'])
  })

  it.each([
    ['crash', 'exit'],
    ['out-of-memory', 'abort'],
  ])(
    'tells of a file that ends the whole process (%s), and loses none that was under way with it',
    async (reason, how) => {
      const codes = ['a', 'b', how, 'c', how, 'd']

      const read = await analyse(open({ worker: stand }), codes)

      expect(read.map(outcome)).toEqual(['script', 'script', reason, 'script', reason, 'script'])
    },
  )

  it('ends a process that does not answer', async () => {
    const read = await analyse(open({ worker: stand, fileMillis: 1, patienceMillis: 1_500 }), ['a', 'hang', 'b'])

    expect(read.map(outcome)).toEqual(['script', 'time-out', 'script'])
  })

  it('reads large files one after the other, whatever the number of processes', async () => {
    const pool = open({ worker: stand, processes: 2 })
    const bytes = Buffer.alloc(largeCodeBytes + 1, ' ')
    const read = await Promise.all([1, 2, 3].map(() => pool.lane().analyse({ path: 'a.js', bytes, sha256: '' })))

    const processes = read.map(({ unanalysable }) => unanalysable?.detail)
    expect(processes).toEqual([processes[0], processes[0], processes[0]])
  })

  it('hands nothing of our environment to its processes, only how to use memory', async () => {
    const [read] = await analyse(open({ worker: stand }), ['environment'])

    const names = '["MALLOC_ARENA_MAX","MALLOC_MMAP_THRESHOLD_","MALLOC_TRIM_THRESHOLD_"]'
    expect(read?.unanalysable?.detail).toBe(names)
  })

  it('blames no file for a process that cannot be started', async () => {
    const missing = new URL('./no-worker.js', import.meta.url)

    await expect(analyse(open({ worker: missing }), ['a', 'b'])).rejects.toThrow('cannot be started: ')
  })

  it('lets more be handed in only while little waits', async () => {
    const lane = open({ worker: stand }).lane()
    await lane.ready()
    const bytes = Buffer.alloc(maxQueuedCodeBytes + 1)
    const read = lane.analyse({ path: 'a.js', bytes, sha256: '' })
    const events: string[] = []
    const ready = lane.ready().then(() => events.push('ready'))
    await read.then(() => events.push('read'))
    await ready

    expect(events.toSorted()).toEqual(['read', 'ready'])
  })

  it('gives up a package whose files take all its time, and goes on with the others', async () => {
    const pool = open({ worker: stand })
    const [mean, other] = await Promise.all([
      analyse(pool, ['a', 'long', ...Array<string>(4 * maxBatchFiles).fill('a')]),
      analyse(pool, ['a']),
    ])

    const read = mean.map(outcome)
    expect(read.slice(0, 2)).toEqual(['script', 'script'])
    expect(read.slice(-maxBatchFiles)).toEqual(Array(maxBatchFiles).fill('time-out'))
    expect(other.map(outcome)).toEqual(['script'])
  })

  it('rejects what is under way when it is closed, and what comes later', async () => {
    const pool = open({ worker: stand })
    const read = analyse(pool, ['hang'])
    const rejected = expect(read).rejects.toThrow('the pool was closed')
    await pool.close()
    await rejected

    await expect(analyse(pool, ['a'])).rejects.toThrow('the pool was closed')
  })
})
