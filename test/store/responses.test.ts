import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import cacache from 'cacache'
import { openDiskResponses } from '../../src/store/disk-responses.js'

async function withFolder<T>(test: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lockwarden-responses-'))
  try {
    return await test(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function contentFiles(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  return files
    .filter((file) => file.isFile() && file.parentPath.includes('content-v2'))
    .map((file) => join(file.parentPath, file.name))
}

/** cacache takes the time of an entry, which its types do not know. */
async function putAt(folder: string, key: string, text: string, time: number): Promise<void> {
  await cacache.put(folder, key, text, { time } as object)
}

describe('answers of registries on disk', () => {
  it('are given back as they were put, also to another process', async () => {
    await withFolder(async (folder) => {
      await openDiskResponses(folder).put('a', 'answer')
      const other = openDiskResponses(folder)

      expect([await other.get('a'), await other.get('b')]).toEqual(['answer', undefined])
    })
  })

  it('leave nothing behind of the answers that they take the place of', async () => {
    await withFolder(async (folder) => {
      const responses = openDiskResponses(folder)
      await responses.put('a', 'old answer')
      await responses.put('a', 'new answer')
      await responses.put('a', 'new answer')

      expect([await responses.get('a'), (await contentFiles(folder)).length]).toEqual(['new answer', 1])
    })
  })

  it('are absent where they were damaged, and taken anew', async () => {
    await withFolder(async (folder) => {
      const responses = openDiskResponses(folder)
      await responses.put('a', 'answer')
      for (const file of await contentFiles(folder)) await writeFile(file, 'damaged')
      const damaged = await responses.get('a')
      await responses.put('a', 'answer')

      expect([damaged, await responses.get('a')]).toEqual([undefined, 'answer'])
    })
  })

  it('never take more room than they may, and lose the oldest first', async () => {
    await withFolder(async (folder) => {
      const older = ['a', 'b', 'c', 'd', 'e']
      for (const [index, key] of older.entries()) await putAt(folder, key, key.repeat(100), index + 1)
      const responses = openDiskResponses(folder, 350)
      await responses.put('f', 'f'.repeat(100))
      const left = await Promise.all([...older, 'f'].map(async (key) => (await responses.get(key))?.[0]))

      expect(left).toEqual([undefined, undefined, undefined, 'd', 'e', 'f'])
      expect(await contentFiles(folder)).toHaveLength(3)
    })
  })

  it('cost only a request where their folder cannot be written', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'a-file')
      await writeFile(file, '')
      const responses = openDiskResponses(join(file, 'below'))
      await responses.put('a', 'answer')

      expect(await responses.get('a')).toBeUndefined()
    })
  })
})
