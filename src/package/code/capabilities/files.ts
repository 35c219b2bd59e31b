import { type AbilityTable, moduleAbility } from './ability-table.js'
import { knownText } from './found.js'

const both = (names: readonly string[]): string[] => names.flatMap((name) => [`fs:${name}`, `fs:${name}Sync`])

const writing = both([
  ...[
    'writeFile',
    'appendFile',
    'copyFile',
    'cp',
    'rename',
    'mkdir',
    'mkdtemp',
    'symlink',
    'link',
    'chmod',
    'lchmod',
    'chown',
    'lchown',
  ],
  ...['fchmod', 'fchown', 'truncate', 'ftruncate', 'write', 'writev', 'utimes'],
  // Of fs-extra.
  ...[
    'outputFile',
    'outputJson',
    'outputJSON',
    'writeJson',
    'writeJSON',
    'ensureDir',
    'ensureFile',
    'ensureLink',
    'ensureSymlink',
    'mkdirp',
    'mkdirs',
    'copy',
    'move',
  ],
])

export const writeAbilities: AbilityTable = {
  capability: 'file-write',
  keys: [
    ...writing,
    ...[
      'fs:createWriteStream',
      'fs:WriteStream',
      'fs:[…]',
      ':Bun.write',
      ':Deno.writeFile',
      ':Deno.writeTextFile',
      ':Deno.writeFileSync',
    ],
    ...[
      ':Deno.writeTextFileSync',
      'shelljs:cp',
      'shelljs:mv',
      'shelljs:mkdir',
      'shelljs:chmod',
      'shelljs:ln',
      'tar:x',
      'tar:extract',
      'unzipper:Extract',
    ],
  ],
  modules: [
    'mkdirp',
    'make-dir',
    'write-file-atomic',
    'write',
    'write-json-file',
    'cpy',
    'ncp',
    'cp-file',
    'write-yaml-file',
  ].map(moduleAbility),
  constant: ({ key, given: [first, second] }) =>
    // What is written is the second of these.
    knownText(/(?:copyFile|cp|rename|symlink|link|copy|move)(?:Sync)?$/.test(key) ? second : first),
}

/** The running file; `__filename` is a known part of texts already. */
const itself: ReadonlySet<string> = new Set([
  ':__filename',
  ':import.meta.filename',
  ':process.argv.1',
  ':require.main.filename',
  ':module.filename',
])

export const deleteAbilities: AbilityTable = {
  capability: 'file-delete',
  keys: [
    ...both(['unlink', 'rm', 'rmdir', 'remove', 'emptyDir', 'emptydir']),
    ...[':Deno.remove', ':Deno.removeSync', 'shelljs:rm'],
  ],
  modules: ['rimraf', 'del', 'trash', 'delete', 'delete-empty', 'fs-remove'].map(moduleAbility),
  constant: ({ given: [path] }) => {
    const first = path?.kind === 'list' ? path.items[0] : path
    return first?.kind === 'reference' && itself.has(first.key) ? './__filename' : knownText(first)
  },
}

/** Not an ability by themselves: it matters what is read. */
export const readingKeys: ReadonlySet<string> = new Set([
  ...both(['readFile', 'open', 'copyFile', 'cp', 'readdir', 'readJson', 'readJSON', 'copy']),
  ...[
    'fs:createReadStream',
    'fs:ReadStream',
    'fs:openAsBlob',
    ':Bun.file',
    ':Deno.readFile',
    ':Deno.readTextFile',
    'read-pkg:',
    'load-json-file:',
  ],
  ...[':Deno.readTextFileSync', ':Deno.readFileSync', 'shelljs:cat', 'ini:parse'],
])
