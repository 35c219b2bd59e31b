import { describe, expect, it } from '@jest/globals'
import { toLines } from './plain-markdown.js'

describe('Markdown in a terminal', () => {
  it('loses its marks, and shows what was folded or written as a number', () => {
    const markdown =
      '<!-- ours -->\n**High** · `a\\_b`\n\n<details><summary>More</summary>\n\nws&#64;&#8203;8.0.0 &lt;ok&gt;\n</details>'

    expect(toLines(markdown, 80)).toEqual(['High · a_b', '', 'More', '', 'ws@8.0.0 <ok>'])
  })

  it('shows each table in columns of its own', () => {
    const markdown = 'Before\n\n| A | Long |\n| --- | --- |\n| one | 2 |\n\n| B |\n| --- |\n| x |\n\nAfter'

    expect(toLines(markdown, 80)).toEqual(['Before', '', 'A    Long', 'one  2', '', 'B', 'x', '', 'After'])
  })

  it('breaks long lines between words', () => {
    expect(toLines('one two three', 8)).toEqual(['one two', 'three'])
  })
})
