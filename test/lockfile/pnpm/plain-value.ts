import { isMap, type YamlValue } from '../../../src/lockfile/pnpm/yaml-tree.js'

/** A value as a general YAML parser gives it, for comparing the two. */
export function plainValue(value: YamlValue): unknown {
  if (isMap(value)) {
    return Object.fromEntries(
      Array.from({ length: value.size }, (_, at) => [value.keyAt(at), plainValue(value.valueAt(at))]),
    )
  }
  return Array.isArray(value) ? value.map(plainValue) : value
}
