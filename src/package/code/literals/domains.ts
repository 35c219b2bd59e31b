/**
 * Ends of host names that a program's own dotted names (`user.email`, `index.js`, `console.info`) do not have. From the root zone's list:
 * the large and the most abused ones. What ends otherwise is a host only where it stands as one: in a URL, or as the value of `hostname`.
 */
const sureEndings: ReadonlySet<string> = new Set(
  (
    'com net org edu gov io co xyz club site online top shop biz tk ml ga cf gq pw icu vip fun cyou sbs buzz rest monster quest ' +
    'space website tech cloud lol lat bond cfd gdn onion example test dev su ru cn uk de fr nl eu jp kr br au ch se cz ua ' +
    'vn tw hk sg nz za mx ar es gr hu ro tr ir il dk fi pt at be ie lv lt ee sk si bg hr rs by kz ge am az moe gg gl ly'
  ).split(' '),
)

/** These end the names of files and properties as often as those of hosts. */
const unsure: ReadonlySet<string> = new Set('rs at be by am ge il es az ar si co io dev test'.split(' '))

/** Endings of file names that are no host even in a URL-like text. */
const fileEndings: ReadonlySet<string> = new Set(
  (
    'js mjs cjs jsx ts tsx mts cts json css html htm md txt map node wasm png jpg jpeg gif svg ico webp yml yaml xml toml lock log ' +
    'exe dll bin dat tgz gz zip tar less scss sass vue svelte proto sql csv woff woff2 ttf eot otf hbs ejs pug snap conf cfg ini env'
  ).split(' '),
)

export const isFileEnding = (label: string): boolean => fileEndings.has(label)

/** Editors name the parts of a text like hosts: `keyword.control.io`. From TextMate's manual. */
const scopeRoots: ReadonlySet<string> = new Set(
  'comment constant entity invalid keyword markup meta punctuation source storage string support text variable'.split(
    ' ',
  ),
)

const hostShape = /^(?:[a-z0-9_-]{1,63}\.){1,10}[a-z]{2,18}$/

/** Whether a text on its own is a host, with nothing around it that says so. Lower case. */
export function looksLikeHost(text: string): boolean {
  if (text.length > 253 || !hostShape.test(text) || !/[a-z]/.test(text.slice(0, text.indexOf('.')))) return false
  const labels = text.split('.')
  const ending = labels[labels.length - 1] ?? ''
  if (!sureEndings.has(ending) || labels.some((label) => label.startsWith('-') || label.endsWith('-'))) return false
  if (scopeRoots.has(labels[0] ?? '')) return false
  // `__webpack_require__.cn` is a member, `*.tar.br` and `*.pack.br` are compressed files, `.json.example` is one to copy.
  const last = labels.at(-2) ?? ''
  if (text.includes('__') || (ending === 'br' && /^(?:tar|pack|[cm]?js|css|html|json|svg|wasm)$/.test(last)))
    return false
  if (ending === 'example' && isFileEnding(last)) return false
  // `socket.io` and `options.at` are names of programs; with a third label hardly anything is.
  return !unsure.has(ending) || labels.length > 2
}

/** Whether a text is a host where only a host can stand. */
export const canBeHost = (text: string): boolean =>
  text.length <= 253 && hostShape.test(text) && !fileEndings.has(text.slice(text.lastIndexOf('.') + 1))
