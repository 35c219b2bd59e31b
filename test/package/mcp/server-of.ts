import { createHash } from 'node:crypto'
import type { McpReading } from '../../../src/package/mcp/read-server.js'
import { readServer } from '../../../src/package/mcp/read-server.js'
import { serverInput } from '../../../src/package/mcp/server-input.js'
import type { FileFacts } from '../../../src/package/package-facts.js'
import type { UnpackedPackage } from '../../../src/package/unpacked-package.js'
import { parseManifest } from '../../../src/registry/manifest.js'

export type Files = Readonly<Record<string, string>>

export function unpackedOf(files: Files): UnpackedPackage {
  const texts = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const))
  const facts = [...texts].map(([path, bytes]): [string, FileFacts] => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return [path, { path, bytes: bytes.length, sha256, kind: 'text', executable: false }]
  })
  return { integrity: '', packedBytes: 0, unpackedBytes: 0, files: new Map(facts), texts, unsafe: [], limits: [] }
}

/** What the files of a package declare; without a manifest `index.js` is the entry. */
export function serverOf(files: Files, document: object = { name: 'server', version: '1.0.0' }): McpReading {
  const unpacked = unpackedOf({ ...files, 'package.json': JSON.stringify(document) })
  return readServer(serverInput({ unpacked, manifest: parseManifest(document), document }).input)
}

/** Names of tools, each with those of its parameters; optional ones with a question mark. */
export function toolsOf(files: Files, document?: object): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    serverOf(files, document).tools.map(({ name, parameters }) => [
      name,
      parameters.map((one) => `${one.name}${one.required ? '' : '?'}`),
    ]),
  )
}
