import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import cacache from 'cacache'
import { analyserVersion } from '../../src/package/package-facts.js'
import { defaultCacheFolder, openDiskStore } from '../../src/store/disk-store.js'
import { openMemoryStore } from '../../src/store/memory-store.js'
import { aPackage } from '../builders/package-facts.js'

async function withFolder<T>(test: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lockwarden-store-'))
  try {
    return await test(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const facts = aPackage()

describe('the disk store', () => {
  it('gives back what was put, also to another process', async () => {
    await withFolder(async (folder) => {
      await openDiskStore(folder).put(facts)

      expect(await openDiskStore(folder).get(facts.integrity)).toEqual(facts)
    })
  })

  it('has nothing under another integrity, in an empty folder, or in one that does not exist', async () => {
    await withFolder(async (folder) => {
      const store = openDiskStore(join(folder, 'not', 'there'))
      const before = await store.get(facts.integrity)
      await store.put(facts)

      expect([before, await store.get('sha512-AAAA')]).toEqual([undefined, undefined])
    })
  })

  it('takes many writers of one entry at a time', async () => {
    await withFolder(async (folder) => {
      const stores = Array.from({ length: 8 }, () => openDiskStore(folder))
      await Promise.all(stores.map((store) => store.put(facts)))

      expect(await Promise.all(stores.map((store) => store.get(facts.integrity)))).toEqual(stores.map(() => facts))
    })
  })

  it('has nothing where the content was damaged, and takes it anew', async () => {
    await withFolder(async (folder) => {
      const store = openDiskStore(folder)
      await store.put(facts)
      const files = await readdir(folder, { recursive: true, withFileTypes: true })
      const content = files.filter((file) => file.isFile() && file.parentPath.includes('content-v2'))
      for (const file of content) await writeFile(join(file.parentPath, file.name), 'damaged')
      const damaged = await store.get(facts.integrity)
      await store.put(facts)

      expect(content).toHaveLength(1)
      expect([damaged, await store.get(facts.integrity)]).toEqual([undefined, facts])
    })
  })

  it.each([
    ['of an older analyser', JSON.stringify({ ...facts, analyserVersion: analyserVersion - 1 })],
    ['of another package', JSON.stringify({ ...facts, integrity: 'sha512-AAAA' })],
    ['that is not JSON', 'text'],
    ['that is null', 'null'],
  ])('has nothing where the entry is one %s', async (_, text) => {
    await withFolder(async (folder) => {
      await cacache.put(folder, `facts:${analyserVersion}:${facts.integrity}`, text)

      expect(await openDiskStore(folder).get(facts.integrity)).toBeUndefined()
    })
  })

  it('loses only time where its folder cannot be written', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'a-file')
      await writeFile(file, '')
      const store = openDiskStore(join(file, 'below'))
      await store.put(facts)

      expect(await store.get(facts.integrity)).toBeUndefined()
    })
  })
})

describe('defaultCacheFolder', () => {
  it.each([
    [{ HOME: '/home/a' }, '/home/a/.cache/lockwarden'],
    [{ HOME: '/home/a', XDG_CACHE_HOME: '/var/cache/a' }, '/var/cache/a/lockwarden'],
    [{ HOME: '/home/a', XDG_CACHE_HOME: 'relative' }, '/home/a/.cache/lockwarden'],
  ])('of %j is %s', (env, folder) => {
    expect(defaultCacheFolder(env)).toBe(folder)
  })
})

describe('the memory store', () => {
  it('gives back what was put, and nothing else', async () => {
    const store = openMemoryStore()
    await store.put(facts)

    expect([await store.get(facts.integrity), await store.get('sha512-AAAA')]).toEqual([facts, undefined])
  })
})
