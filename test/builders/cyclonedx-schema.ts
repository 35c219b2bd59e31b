import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import ajvFormats from 'ajv-formats'

const names = ['bom-1.6', 'spdx', 'jsf-0.82'].map((name) => `${name}.SNAPSHOT.schema.json`)
const library = dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json'))
const texts = names.map((name) => readFileSync(join(library, 'res/schema', name), 'utf8'))

/** `sha256` of each of the official files, as test/fixtures/cyclonedx/README.md has them. */
export const schemaDigests = (): readonly string[] =>
  texts.map((text) => createHash('sha256').update(text).digest('hex'))

/** What is wrong with a text by the official schema of CycloneDX 1.6; empty where nothing is. */
export function cycloneDxErrors(): (text: string) => readonly unknown[] {
  // Of these two formats the package knows nothing: international variants of e-mail addresses and URLs, which are not written here.
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'idn-email': true, 'iri-reference': true } })
  ajvFormats.default(ajv)
  const [bom = '', ...others] = texts
  // The first names the others by their files, which is not what they call themselves.
  for (const [index, other] of others.entries()) {
    ajv.addSchema(JSON.parse(other), `http://cyclonedx.org/schema/${names[index + 1]}`)
  }
  const validate = ajv.compile(JSON.parse(bom))
  return (text) => (validate(JSON.parse(text)) ? [] : (validate.errors ?? ['invalid']))
}
