import { describe, expect, it } from '@jest/globals'
import { diffWords } from '../../src/change/diff-words.js'

describe('diffWords', () => {
  it('gives runs of words that both texts have, and that only one of them has', () => {
    expect(diffWords('Send one message.', 'Send every message to all.')).toEqual([
      { side: 'both', words: ['Send'] },
      { side: 'before', words: ['one', 'message.'] },
      { side: 'after', words: ['every', 'message', 'to', 'all.'] },
    ])
  })

  it('counts no blanks, however many there are', () => {
    expect(diffWords(' a  b\n', 'a\tb')).toEqual([{ side: 'both', words: ['a', 'b'] }])
    expect(diffWords('', ' ')).toEqual([])
  })

  it('counts characters that nobody sees', () => {
    expect(diffWords('a b', 'a\u200b b')?.map(({ side }) => side)).toEqual(['before', 'after', 'both'])
    expect(diffWords('a', 'a\ufeff')?.map(({ side }) => side)).toEqual(['before', 'after'])
  })

  it('gives up on two long texts with nothing in common, in good time', () => {
    const words = (mark: string): string => Array.from({ length: 10_000 }, (_, index) => `${mark}${index}`).join(' ')

    expect(diffWords(words('a'), words('b'))).toBeNull()
  })
})
