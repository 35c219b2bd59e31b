/** `require('.')` and the like: a lone dot is a module only behind one of these. */
const loaded = /(?:\b(?:require|import|resolve)\s{0,64}\(|\b(?:from|import))\s{0,64}(['"`])(\.{1,2}\/?)\1/g

/** Any text that begins as a relative path: what require, import, Worker and fork take, wherever it stands. */
const relative = /(['"`])(\.{1,2}\/[^'"`\n\r]{1,512})\1/g

/** A file name at the end of a text, as `spawn('node', ['lib/x.js'])`, `exec('bash x.sh')` and `__dirname + '/lib/x.js'` give it. */
const named =
  /(['"`])(?:[\w./\\-]{1,32} ){0,3}\/?([\w@.-][\w@./-]{0,255}\.(?:[cm]?js|json|node|sh|bash|ps1|bat|cmd|py|pl|rb|exe|dll|so|dylib|wasm|bin))\1/g

/** A path in parts, as `path.join(__dirname, 'lib', 'x.js')` gives it. */
const inParts = /(?:(['"`])[\w@.-]{1,128}\1\s{0,32},\s{0,32}){1,8}(['"`])[\w@./-]{1,256}\2/g

export interface ModuleSpecifiers {
  /** Relative to the file. */
  readonly relative: readonly string[]
  /** Relative to the file or to the package's root, and only perhaps a file. */
  readonly named: readonly string[]
}

/**
 * What a JavaScript text may load from its own package: a linear scan that neither knows comments nor follows variables. It
 * over-approximates: a text that names no file of the package is dropped by whoever looks it up. Stops at `most`.
 */
export function moduleSpecifiers(code: string, most: number): ModuleSpecifiers {
  const paths = new Set<string>()
  const names = new Set<string>()
  for (const [set, specifier] of specifiersIn(code)) {
    if (paths.size + names.size >= most) break
    if (set === 'relative') paths.add(specifier)
    else names.add(specifier)
  }
  return { relative: [...paths], named: [...names] }
}

function* specifiersIn(code: string): Generator<readonly [keyof ModuleSpecifiers, string]> {
  for (const match of code.matchAll(loaded)) yield ['relative', match[2] ?? '']
  for (const match of code.matchAll(relative)) yield ['relative', match[2] ?? '']
  for (const match of code.matchAll(named)) yield ['named', match[2] ?? '']
  for (const [parts] of code.matchAll(inParts)) yield ['named', parts.replace(/['"`\s]/g, '').replaceAll(',', '/')]
}
