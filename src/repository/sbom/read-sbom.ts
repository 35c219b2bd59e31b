import { posix } from 'node:path'
import type { PostureReader } from '../posture/posture-reader.js'
import type { Sbom } from '../posture/posture-state.js'

const named = /(?:^|[-_.])(?:sbom|bom|cyclonedx|spdx)(?:[-_.][\w.-]*)?\.json$|\.(?:cdx|spdx|bom|sbom|cyclonedx)\.json$/i

/** Bills of materials in JSON: found by the names that tools give them, told from other files by what they hold. */
export const sbomReader: PostureReader = {
  matches: (path) => named.test(posix.basename(path)),
  read(file, text) {
    let value: unknown
    try {
      value = JSON.parse(text.replace(/^\ufeff/, ''))
    } catch {
      // A SyntaxError or, for its nesting, a RangeError: nobody can read it as a bill of materials.
      return { broken: 1 }
    }
    const sbom = isRecord(value) ? parseSbom(file, value) : undefined
    return sbom === undefined ? {} : { sboms: [sbom] }
  },
}

type Json = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : [])

function parseSbom(file: string, document: Json): Sbom | undefined {
  if (document.bomFormat === 'CycloneDX') {
    return { file, format: 'cyclonedx', components: namesIn(componentsOf(document).map(({ purl }) => purl)) }
  }
  // Before 3, a list of packages; since then a graph whose elements are of many kinds.
  if (typeof document.spdxVersion === 'string') {
    const references = listOf(document.packages).flatMap(({ externalRefs }) => listOf(externalRefs))
    return { file, format: 'spdx', components: namesIn(references.map(({ referenceLocator }) => referenceLocator)) }
  }
  const graph = listOf(document['@graph'])
  if (typeof document['@context'] === 'string' && document['@context'].includes('spdx')) {
    return { file, format: 'spdx', components: namesIn(graph.map((element) => element.software_packageUrl)) }
  }
  return undefined
}

/** Components hold components. */
function componentsOf(document: Json): readonly Json[] {
  const found: Json[] = []
  const open = [...listOf(document.components)]
  for (let component = open.pop(); component !== undefined; component = open.pop()) {
    found.push(component)
    for (const inner of listOf(component.components)) open.push(inner)
  }
  return found
}

/** `pkg:npm/%40scope/name@1.2.3?…#…` → `@scope/name@1.2.3`. */
function namesIn(purls: readonly unknown[]): ReadonlySet<string> {
  return new Set(
    purls.flatMap((purl) => {
      const match = typeof purl === 'string' ? /^pkg:npm\/([^?#]+)@([^@?#]+)(?:[?#]|$)/i.exec(purl) : null
      const [name, version] = [decode(match?.[1]), decode(match?.[2])]
      return name === undefined || version === undefined ? [] : [`${name}@${version}`]
    }),
  )
}

function decode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    // A URIError: no generator writes such a purl, and it names no package.
    return undefined
  }
}
