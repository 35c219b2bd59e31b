import { Serialize, Spec } from '@cyclonedx/cyclonedx-library'
import { jsonText } from '../escape.js'
import { type BomInput, buildBom } from './build-bom.js'

/** CycloneDX 1.6 in JSON. Equal input gives equal bytes. */
export function toCycloneDx(input: BomInput): string {
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6))
  const text = serializer.serialize(buildBom(input), { sortLists: true })
  return `${jsonText(JSON.parse(text))}\n`
}
