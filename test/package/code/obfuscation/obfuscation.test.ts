import { describe, expect, it } from '@jest/globals'
import { obfuscatedFrom } from '../../../../src/package/code/obfuscation/signs.js'
import { readCode } from '../../../../src/package/code/read/read-code.js'
import { readTextFacts } from '../../../../src/package/code/text-facts.js'

const judge = (code: string, path = 'a.js') => readTextFacts(readCode(Buffer.from(code), path), []).obfuscation

const times = (count: number, make: (at: number) => string, between = ';'): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(between)

/** Bytes that look random and are always the same. */
const noise = (length: number): Buffer => {
  let state = 12345
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state >>> 24
    }),
  )
}

/** The letters of a program in another order, as a loader would carry them. */
const shuffled = (text: string): string => {
  const letters = [...text.replace(/\s/g, '')]
  noise(letters.length).forEach((byte, at) => {
    const other = (byte * 7 + at * 31) % letters.length
    const letter = letters[at] ?? ''
    letters[at] = letters[other] ?? ''
    letters[other] = letter
  })
  return letters.join('').replace(/["'\\]/g, '%')
}

const program = times(
  40,
  (at) => `let v${at}=list[${at}].split("${at}").map((x)=>{call(x,${at * 3});});if(v${at}!=w){run(v${at})}`,
  '',
)

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

describe('how far a file is disguised', () => {
  it('knows plain code', () => {
    expect(judge('export const add = (a, b) => a + b')).toEqual({ score: 0, signs: [] })
  })

  it.each([
    ['names in hex', times(10, (at) => `var _0x3fa${at}b = f(_0x3fa${at}b)`), ['hex-names']],
    ['names in hex with what is put before them', times(10, (at) => `var a0_0x3fa${at} = ${at}`), ['hex-names']],
    ['a few names in hex in little code', 'const _0x12ab = a, _0x12ac = b; _0x12ab(_0x12ac, _0x12ad)', ['hex-names']],
    ['names of O and 0', times(6, (at) => `var OO0O${'0'.repeat(at)}O = 1`), ['confusable-names']],
    ['names of l and I', times(6, (at) => `var lIIl${'I'.repeat(at)}l = 1`), ['confusable-names']],
    ['names of signs', times(8, (at) => `var $_$${'$'.repeat(at)} = 1`), ['symbol-names']],
    [
      'a function that turns into its own list',
      'function a(){const b=["log","push","split"];a=function(){return b};return a()} console[c(0)]("x")',
      ['string-array'],
    ],
    [
      'a list that is turned until a sum is right',
      '(function(a,b){const c=a();while(!![]){try{const d=parseInt(e(1))/1+parseInt(e(2))/2;if(d===b)break;else c["push"](c["shift"]())}catch(f){c["push"](c["shift"]())}}}(g,0x1234))',
      ['rotation'],
    ],
    ['a list that is turned so many times', '(function(a,n){while(--n){a.push(a.shift())}})(list, 200)', ['rotation']],
    [
      'members that are looked up by number',
      times(25, (at) => `a[b(0x${at.toString(16)})](c[b(${at})])`),
      ['decoded-members'],
    ],
    [
      'a packed program',
      "eval(function(p,a,c,k,e,d){while(c--){if(k[c]){p=p.replace(new RegExp('\\\\b'+c+'\\\\b','g'),k[c])}}return p}('0 1',2,2,'a|b'.split('|'),0,{}))",
      ['packed'],
    ],
    [
      'brackets alone',
      `[][(![]+[])[+[]]+${times(300, () => '(!![]+[])[+[]]', '+')}]()`,
      ['brackets-only', 'odd-constants'],
    ],
    ['words in hex', times(6, () => 'a("\\x68\\x74\\x74\\x70\\x73")'), ['escapes']],
    ['words in Unicode escapes', times(6, () => 'a("\\u0068\\u0074\\u0074\\u0070")'), ['escapes']],
    ['a program in base64', `eval(atob("${Buffer.from(program).toString('base64')}"))`, ['entropy']],
    ['a program in hex', `new Function(Buffer.from("${Buffer.from(program).toString('hex')}", "hex"))()`, ['entropy']],
    [
      'a cipher',
      `const a = createDecipheriv("aes-256-cbc", k, iv).update("${noise(3000).toString('base64')}", "base64"); module._compile(a, "x")`,
      ['entropy'],
    ],
    [
      'letters in another order',
      `var c = "${shuffled(program)}", d = ""; for (let i = 0; i < c.length; i++) d += c.charAt(i * 7 % c.length); d.constructor.constructor(d)()`,
      ['scrambled'],
    ],
    [
      'numbers of characters',
      `eval(String.fromCharCode(${times(40, (at) => String(60 + at), ',')}))`,
      ['character-codes'],
    ],
    [
      'an order in a string',
      'const a = "2|0|1".split("|"); let b = 0; while (true) { switch (a[b++]) { case "0": x(); continue; case "1": y(); continue } break }',
      ['flattening'],
    ],
    ['code that sees whether it was touched', 'f.toString().search("(((.+)+)+)+$").toString()', ['self-defending']],
    ['a trap for debuggers', '(function () {}).constructor("debugger").call("action")', ['debugger-trap']],
    [
      'operators by name',
      times(
        5,
        (at) =>
          `const t${at} = { '${['aBcDe', 'qXyZt', 'LmnOp', 'kkTTk', 'zAzAz'][at]}': function (a, b) { return a + b } }`,
      ),
      ['operator-table'],
    ],
  ])('sees %s', (_, code, signs) => {
    const { score, signs: seen } = judge(code)

    expect(seen).toEqual(signs)
    expect(score).toBeGreaterThanOrEqual(obfuscatedFrom)
  })

  it('adds up what tells little alone', () => {
    const quoted = times(10, (at) => `a["log${at}"]("b")`)

    expect(judge(quoted)).toEqual({ score: 30, signs: ['quoted-members'] })
    expect(judge(`${quoted};a("b\\x20c\\x20d\\x20e\\x20f\\x20g")`)).toEqual({
      score: 50,
      signs: ['escaped-blanks', 'quoted-members'],
    })
  })

  it('counts the signs of what is no code as well', () => {
    expect(judge(`a b;${times(10, (at) => `var _0x3fa${at}b = "\\x68\\x74\\x74\\x70"`)}`).signs).toEqual([
      'escapes',
      'hex-names',
    ])
  })

  it.each([
    ['names like those of helpers', 'var __a0x = 1, _0x = 2, x_0x1 = 3; __proto(_a, __b)'],
    ['numbers in hex', times(60, (at) => `a(0x${(at * 7919).toString(16)})`)],
    ['letters of mathematics', 'const O = 1, OO = 2, lI = 3, III = 4, ll = 5'],
    ['jQuery and lodash', 'var $ = jQuery, _ = lodash, __ = 1, $$ = 2, $_ = 3, _$ = 4'],
    ['modules by number', times(60, (at) => `var a${at} = n(${1000 + at})`)],
    ['members of lists by a function', times(30, (at) => `a[index(b, ${at})]`).replaceAll('b, ', 'b')],
    [
      'a helper that replaces itself',
      'function _extends(){_extends=Object.assign||function(t){return t};return _extends.apply(this,arguments)}',
    ],
    [
      'a queue that goes round',
      'for (const a of b) { queue.push(queue.shift()) } while (busy()) { list.push(list.shift()) }',
    ],
    ['an eval of a function', 'eval(function (a, b) { return a }("x"))'],
    ['empty lists', `const a = [${times(300, () => '[]', ',')}]`.replaceAll('[]', '[1]')],
    ['escapes for HTML', times(10, () => 'a("\\x3c/script\\x3e\\x26\\x3d\\x27")')],
    ['escapes of other alphabets', times(10, () => 'a("\\u4f60\\u597d\\u4e16\\u754c\\xe9\\xe8\\xfc\\xf6")')],
    ['classes of Unicode', 'const a = "\\u0041-\\u005A\\u0061-\\u007A\\u00AA\\u00B5\\u00BA\\u00C0-\\u00D6"'],
    ['signs of terminals', times(10, () => 'a("\\x1b[31m\\x1b[0m\\x07")')],
    ['WebAssembly as text', `new Function(x); atob("AGFzbQ${noise(3000).toString('base64').replaceAll('=', '')}")`],
    ['a font', `new Function(x); atob("d09GMg${noise(3000).toString('base64').replaceAll('=', '')}")`],
    ['a picture', `new Function(x); a.src = atob("data:image/png;base64,${noise(3000).toString('base64')}")`],
    ['a source map', `a()\n//# sourceMappingURL=data:application/json;base64,${noise(3000).toString('base64')}`],
    ['noise that nobody evaluates', `atob("${noise(3000).toString('base64')}")`],
    [
      'noise in much other code',
      `new Function(x); atob("${noise(600).toString('base64')}");${times(400, (at) => `function f${at}(a) { return a + ${at} }`)}`,
    ],
    [
      'a table of Unicode as base64',
      `new Function(x); atob("${Buffer.from(
        times(2000, (at) => String.fromCharCode(at % 16, 0, at % 3, 0), ''),
        'latin1',
      ).toString('base64')}")`,
    ],
    [
      'a table of letters (entities)',
      `new Function(x); decode("${times(900, (at) => 'ᵁ<Õıʊҝջאٵ۞ޢߖࠏ'[at % 12] ?? '', '')}".charCodeAt(0))`,
    ],
    [
      'a table of short words between dots (browsers)',
      `new Function(x); a.charAt("${times(186, (at) => `${base62[at % 62]}${'BCD'[Math.floor(at / 62)]}`, '.')}")`,
    ],
    ['a path of SVG', `new Function(x); a.charAt("${times(200, (at) => `M${at}.5 ${at * 3}l-3.2 4.1c1 2`, '')}")`],
    ['the global object', `atob("${noise(3000).toString('base64')}"); Function("return this")()`],
    ['a state machine', 'while (true) { switch (state[i]) { case 0: x(); break } } "1|2".split("|")'],
    [
      'a generator of regenerator',
      'while (1) switch (_context.prev = _context.next) { case 0: return _context.stop() }',
    ],
    ['a debugger of the developer', 'if (debug) { debugger }'],
    [
      'operators by their own name',
      'const t = { "+": function (a, b) { return a + b }, minus: function (a, b) { return a - b }, addIt: function (a, b) { return a + b } }',
    ],
    ["terser's constants", times(20, (at) => `a(!0,!1,void 0,${at})`)],
    ['some quoted members', `${times(4, (at) => `process.env["A${at}"]`)};${times(9, (at) => `a.b${at}()`)}`],
  ])('sees nothing in %s', (_, code) => {
    expect(judge(code).score).toBeLessThan(obfuscatedFrom)
    expect(judge(code).signs).toEqual([])
  })

  it.each([
    ['webpack', 'function __webpack_require__(a) { return a }'],
    ['ncc', 'function __nccwpck_require__(a) { return __webpack_require__(a) }'],
    ['esbuild', 'var a = __toESM(require("a"))'],
    ['wasm-bindgen', 'export function a() { return wasm.__wbindgen_malloc(1) }'],
    ['typescript', 'var __importDefault = (this && this.__importDefault) || function () {}'],
    ['babel', 'function _interopRequireDefault(a) { return a }'],
    ['swc', 'const a = _interop_require_default(require("a"))'],
    ['closure', 'var $jscomp = $jscomp || {}'],
    ['minified', times(200, (at) => `function a${at}(b,c){return b+c}`, '')],
    [
      'rollup',
      `function getDefaultExportFromCjs(a){return a}${times(200, (at) => `function a${at}(b,c){return b+c}`, '')}`,
    ],
    ['emscripten', `var HEAPU8;${times(200, (at) => `function a${at}(b,c){return b+c}`, '')}`],
    [
      'browserify',
      `throw new Error("Cannot find module '"+a+"'");${times(200, (at) => `function a${at}(b,c){return b+c}`, '')}`,
    ],
  ])('names the tool: %s', (tool, code) => {
    expect(judge(code)).toEqual({ score: 0, signs: [], tool })
  })

  it('takes no points off for the name of a tool', () => {
    const code = `function __webpack_require__(){};${times(10, (at) => `var _0x3fa${at}b = ${at}`)}`

    expect(judge(code)).toEqual({ score: 60, signs: ['hex-names'], tool: 'webpack' })
  })
})
