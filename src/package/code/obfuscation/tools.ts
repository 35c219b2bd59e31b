/** Names that bundlers, compilers and generators give to their helpers. */
const toolByName: ReadonlyMap<string, string> = new Map([
  ['__nccwpck_require__', 'ncc'],
  ['__webpack_require__', 'webpack'],
  ['__webpack_modules__', 'webpack'],
  ['__turbopack_context__', 'turbopack'],
  ['__commonJS', 'esbuild'],
  ['__toESM', 'esbuild'],
  ['__toCommonJS', 'esbuild'],
  ['$parcel$global', 'parcel'],
  ['__rollup__', 'rollup'],
  ['__wbindgen_malloc', 'wasm-bindgen'],
  ['__wbindgen_placeholder__', 'wasm-bindgen'],
  ['__wbg_init', 'wasm-bindgen'],
  ['$protobuf', 'protobuf'],
  ['__awaiter', 'typescript'],
  ['__importDefault', 'typescript'],
  ['__importStar', 'typescript'],
  ['__exportStar', 'typescript'],
  ['_interopRequireDefault', 'babel'],
  ['_interopRequireWildcard', 'babel'],
  ['_interop_require_default', 'swc'],
  ['_interop_require_wildcard', 'swc'],
  ['$jscomp', 'closure'],
])

/** A bundler's name says more than the compiler that went before it. */
const rank = [
  'wasm-bindgen',
  'emscripten',
  'ncc',
  'webpack',
  'turbopack',
  'parcel',
  'browserify',
  'rollup',
  'esbuild',
  'protobuf',
  'antlr',
  'peg',
  'closure',
  'swc',
  'babel',
  'typescript',
  'minified',
]

/** Shapes that are no name of a helper; looked for in the text only where nothing else said what it is. */
const toolBySign: readonly (readonly [sign: string, tool: string])[] = [
  ['HEAPU8', 'emscripten'],
  ['webpackJsonp', 'webpack'],
  ['webpackChunk', 'webpack'],
  ['webpackUniversalModuleDefinition', 'webpack'],
  ['parcelRequire', 'parcel'],
  ['Cannot find module \'"', 'browserify'],
  ["Cannot find module '", 'browserify'],
  ['getDefaultExportFromCjs', 'rollup'],
  ['createCommonjsModule', 'rollup'],
  ['commonjsGlobal', 'rollup'],
  ['_serializedATN', 'antlr'],
  ['peg$', 'peg'],
  ['jspb.', 'protobuf'],
]

/** Which tool wrote a file. It lowers no score: an attacker can write such names as well. */
export class ToolFinder {
  readonly #found = new Set<string>()

  add(name: string): void {
    if (name.charCodeAt(0) !== 95 && name.charCodeAt(0) !== 36) return
    const tool = toolByName.get(name)
    if (tool !== undefined) this.#found.add(tool)
  }

  find(text: string): string | undefined {
    const minified = isMinified(text)
    if (minified) {
      this.#found.add('minified')
      for (const [sign, tool] of toolBySign) if (text.includes(sign)) this.#found.add(tool)
    }
    return rank.find((tool) => this.#found.has(tool))
  }
}

/** Hardly a line, hardly a blank: judged by the first part, since banners and source maps are at the ends. */
function isMinified(text: string): boolean {
  if (text.length < 500) return false
  const part = text.slice(0, 20_000)
  let lines = 1
  for (let at = part.indexOf('\n'); at !== -1; at = part.indexOf('\n', at + 1)) lines += 1
  if (part.length / lines <= 200) return false
  let blanks = 0
  for (let at = part.indexOf(' '); at !== -1; at = part.indexOf(' ', at + 1)) blanks += 1
  return blanks < part.length * 0.12
}
