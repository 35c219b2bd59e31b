import { endingOf } from './file-ending.js'

const endings: ReadonlySet<string> = new Set([
  '.js',
  '.cjs',
  '.mjs',
  '.jsx',
  '.es',
  '.es6',
  '.ts',
  '.cts',
  '.mts',
  '.tsx',
])

const declarations = /\.d\.(?:[^/]{1,64}\.)?[cm]?ts$/i

/** Whether a name says that the file is code. Declarations of types are none: nothing in them ever runs. */
export const isCodePath = (path: string): boolean => endings.has(endingOf(path)) && !declarations.test(path)

/** What Node loads as something else than code, whatever asks for it. */
export const isDataPath = (path: string): boolean => /\.(?:json|node|wasm)$/i.test(path)

/** A first line that hands the file to a JavaScript runtime, however the file is named. */
export const startsAsCode = (bytes: Buffer): boolean =>
  bytes[0] === 0x23 && /^#![^\n]{0,200}\b(?:node|bun|deno|tsx|ts-node)\b/.test(bytes.toString('latin1', 0, 256))
