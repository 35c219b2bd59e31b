import { describe, expect, it } from '@jest/globals'
import { openWordDiff } from '../../src/change/diff-words.js'

describe('openWordDiff', () => {
  it('gives runs of words that both texts have, and that only one of them has', () => {
    expect(openWordDiff()('Send one message.', 'Send every message to all.')).toEqual([
      { side: 'both', words: ['Send'] },
      { side: 'before', words: ['one', 'message.'] },
      { side: 'after', words: ['every', 'message', 'to', 'all.'] },
    ])
    expect(openWordDiff()('a b c d', 'a x c y d')).toEqual([
      { side: 'both', words: ['a'] },
      { side: 'before', words: ['b'] },
      { side: 'after', words: ['x'] },
      { side: 'both', words: ['c'] },
      { side: 'after', words: ['y'] },
      { side: 'both', words: ['d'] },
    ])
  })

  it('counts no blanks, however many there are', () => {
    expect(openWordDiff()(' a  b\n', 'a\tb')).toEqual([{ side: 'both', words: ['a', 'b'] }])
    expect(openWordDiff()('', ' ')).toEqual([])
  })

  it('counts characters that nobody sees', () => {
    expect(openWordDiff()('a b', 'a\u200b b').map(({ side }) => side)).toEqual(['before', 'after', 'both'])
    expect(openWordDiff()('a', 'a\ufeff').map(({ side }) => side)).toEqual(['before', 'after'])
  })

  it('takes a word that is said twice, or once more, for what it is', () => {
    expect(openWordDiff()('a a', 'a a a')).toEqual([
      { side: 'both', words: ['a', 'a'] },
      { side: 'after', words: ['a'] },
    ])
  })

  it('exchanges what differs as a whole where more differs than is looked at, over all texts together', () => {
    const diff = openWordDiff(4)
    const whole = [
      { side: 'both', words: ['a'] },
      { side: 'before', words: ['b', 'c', 'd'] },
      { side: 'after', words: ['x', 'c', 'y'] },
      { side: 'both', words: ['e'] },
    ]

    expect(diff('a b c d e', 'a x c y e')).toEqual(whole)
    expect(diff('b c', 'x y').length).toBe(2)
    expect(diff('b', 'x')).toEqual([
      { side: 'before', words: ['b'] },
      { side: 'after', words: ['x'] },
    ])
    expect(diff('b c a d', 'x c a y')).toEqual([
      { side: 'before', words: ['b', 'c', 'a', 'd'] },
      { side: 'after', words: ['x', 'c', 'a', 'y'] },
    ])
  })

  it('ends in good time on the largest texts with nothing in common', () => {
    const words = (mark: string): string => Array.from({ length: 25_000 }, (_, index) => `${mark}${index}`).join(' ')

    expect(openWordDiff()(words('a'), words('b')).map(({ words }) => words.length)).toEqual([25_000, 25_000])
  })
})
