import { describe, expect, it } from '@jest/globals'
import { BlobCache } from '../../src/change/blob-cache.js'

const kept = (cache: BlobCache, ...ids: string[]): string[] => ids.filter((id) => cache.get(id) !== undefined)

describe('BlobCache', () => {
  it('lets the oldest go when it holds too many bytes', () => {
    const cache = new BlobCache(10)
    for (const id of ['a', 'b', 'c']) cache.add(id, Buffer.alloc(4))

    expect(kept(cache, 'a', 'b', 'c')).toEqual(['b', 'c'])
  })

  it('keeps nothing that is larger than all of it, and counts nothing twice', () => {
    const cache = new BlobCache(10)
    cache.add('a', Buffer.alloc(6))
    cache.add('a', Buffer.alloc(6))
    cache.add('huge', Buffer.alloc(11))

    expect(kept(cache, 'a', 'huge')).toEqual(['a'])
  })
})
