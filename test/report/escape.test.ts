import { describe, expect, it } from '@jest/globals'
import {
  code,
  codeBlock,
  html,
  htmlSentence,
  jsonText,
  md,
  mdSentence,
  plain,
  plainCopy,
  sarifText,
  shorten,
  tableRow,
} from '../../src/report/escape.js'
import fc from '../seeded-properties.js'

const hostile = fc.string({
  unit: fc.oneof(fc.constantFrom(...'`|<>@#[]()\\*_\n\r\t '), fc.string({ unit: 'binary', maxLength: 1 })),
})
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

describe('plain', () => {
  it('names what a reader would not see, in its place', () => {
    expect(plain('a\u202eb\u200bc\u{e0041}d\u001b[31m\u0000\u00a0\u2028')).toBe(
      'a<U+202E>b<U+200B>c<U+E0041>d<U+001B>[31m<U+0000><U+00A0><U+2028>',
    )
  })

  it('counts long whitespace that would push text off the screen', () => {
    expect(plain(`x${' '.repeat(300)}y`)).toBe('x<300 spaces>y')
  })

  it('counts stacked marks that would paint over other lines', () => {
    expect(plain(`e${'\u0301'.repeat(9)}`)).toBe(`e${'\u0301'.repeat(4)}<5 marks>`)
  })

  it('leaves ordinary text of any language as it is', () => {
    expect(plain('größe 依存 пакет 🎉 e\u0301')).toBe('größe 依存 пакет 🎉 e\u0301')
  })

  it('lets nothing unseen through, whatever the text', () => {
    fc.assert(fc.property(hostile, (text) => !unseen.test(plain(text))))
  })

  it('reaches every string of a structure, keys included', () => {
    expect(plainCopy({ 'a\u0007': ['\u200b', { b: 1, c: null }] })).toEqual({
      'a<U+0007>': ['<U+200B>', { b: 1, c: null }],
    })
  })
})

describe('shorten', () => {
  it('says how much it hides', () => {
    expect(shorten('abcdef', 4)).toBe('abcd…(2 more characters)')
    expect(shorten('abcde', 4)).toBe('abcd…(1 more character)')
  })

  it('never splits a character and leaves short text alone', () => {
    expect(shorten('🎉🎉', 3)).toBe('🎉…(2 more characters)')
    expect(shorten('🎉🎉', 4)).toBe('🎉🎉')
  })
})

describe('md', () => {
  it('escapes every interpolated value that is not Markdown of its own', () => {
    expect(md`see ${'*bold* <b>&'} and ${md`**ours**`} and ${3}`.markdown).toBe(
      'see \\*bold\\* &#60;b&#62;&#38; and **ours** and 3',
    )
  })

  it('parts mentions, references and links, which GitHub finds after Markdown is done', () => {
    expect(md`${'@octo #12 GH-12 https://x.example www.x.example _www.y.example'}`.markdown).toBe(
      '&#64;&#8203;octo &#35;&#8203;12 GH&#8203;-12 https:/&#8203;/x.example www&#8203;.x.example \\_www&#8203;.y.example',
    )
  })

  it('keeps links, images and tables from forming', () => {
    expect(md`${'![a](b)|~~c~~'}`.markdown).toBe('\\!\\[a\\]\\(b\\)&#124;\\~\\~c\\~\\~')
  })

  it('does not take an object that merely looks like Markdown for Markdown', () => {
    expect(md`${{ markdown: '**x**' }}`.markdown).toBe('\\*\\*x\\*\\*')
  })

  it('lets no active character stand alone, whatever the text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const left = md`${text}`.markdown.replace(/\\[!-~]/g, '').replace(/&#\d+;/g, '')
        return !/[`<>@#[\]|\\]/.test(left)
      }),
    )
  })
})

describe('mdSentence', () => {
  it('shows names between backticks as code and escapes all else', () => {
    expect(mdSentence('Set `a_b=true` in *one* `.npmrc`.').markdown).toBe('Set `a_b=true` in \\*one\\* `.npmrc`.')
  })

  it('leaves a backtick that opens nothing as it is', () => {
    expect(mdSentence('a ` b').markdown).toBe('a \\` b')
  })
})

describe('code', () => {
  it('opens with more backticks than the text holds', () => {
    expect(code('a``b').markdown).toBe('``` a``b ```')
    expect(code('plain @octo #1').markdown).toBe('`plain @octo #1`')
  })

  it('stays on one line and is never empty', () => {
    expect(code('a\nb').markdown).toBe('`a<U+000A>b`')
    expect(code(' ').markdown).toBe('(empty)')
  })

  it('holds no hidden comment, by which our own comments are found', () => {
    expect(code('<!-- x -->').markdown).toBe('`<U+003C>!-- x -->`')
  })

  it('is closed by its own last backticks only, whatever the text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = code(text, 1_000).markdown
        if (shown === '(empty)') return true
        const fence = /^`+/.exec(shown)?.[0] ?? ''
        const inside = shown.slice(fence.length, -fence.length)
        return (
          shown.endsWith(fence) && !(inside.match(/`+/g) ?? []).some((run) => run === fence) && !shown.includes('\n')
        )
      }),
    )
  })

  it('ends no cell of a table', () => {
    expect(tableRow([code('a|b'), md`${'c|d'}`]).markdown).toBe('| `a\\|b` | c&#124;d |')
  })
})

describe('codeBlock', () => {
  it('cannot be closed by its content', () => {
    expect(codeBlock(['````', 'x\u001b']).markdown).toBe('`````text\n````\nx<U+001B>\n`````')
  })
})

describe('jsonText', () => {
  it('keeps the value and leaves a terminal nothing to obey', () => {
    const value = { a: '\u009b31m\u202e\u{e0041}', b: ['\n', 'ö'] }
    const text = jsonText(value)
    expect(JSON.parse(text)).toEqual(value)
    expect(text.replaceAll('\n', '')).not.toMatch(unseen)
  })

  it('keeps any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('sarifText', () => {
  it('keeps links and placeholders from forming', () => {
    expect(sarifText('[x](1) {0} \u202e')).toBe('\\[x\\](1) {{0}} <U+202E>')
  })
})

describe('html', () => {
  it('escapes values for text and attributes, and keeps HTML of its own', () => {
    expect(html`<a title="${'"><script>'}">${html`<b>ok</b>`}${[html`<i></i>`]}</a>`.html).toBe(
      '<a title="&#34;&#62;&#60;script&#62;"><b>ok</b><i></i></a>',
    )
  })

  it('lets no markup through, whatever the text', () => {
    fc.assert(fc.property(hostile, (text) => !/[<>"'`]/.test(html`${text}`.html)))
    fc.assert(fc.property(hostile, (text) => !/[<>"'`]/.test(htmlSentence(text).html.replace(/<\/?code>/g, ''))))
  })

  it('makes code of what a sentence has between backticks', () => {
    expect(htmlSentence('Run `npm ci` <b>, not `a`.').html).toBe(
      'Run <code>npm ci</code> &#60;b&#62;, not <code>a</code>.',
    )
  })
})
