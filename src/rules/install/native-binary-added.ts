import { foreign } from '../../foreign.js'
import type { FileFacts, FileKind, PackageFacts } from '../../package/package-facts.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'

const native: ReadonlyMap<FileKind, string> = new Map([
  ['elf', 'Linux binary'],
  ['pe', 'Windows binary'],
  ['mach-o', 'macOS binary'],
  ['wasm', 'WebAssembly'],
])

export const nativeBinaryAdded = defineRule({
  id: 'native-binary-added',
  title: 'native binary added',
  severity: 'medium',
  confidence: 'high',
  fix: 'Ask what the binary is built from and where; a release that needs none before and one now should say so in its notes.',
  on: ['upgraded', 'downgraded'],
  needs: ['package', 'previousPackage'],

  inspect(change, { package: now, previousPackage: before }) {
    if (isBinaryPackage(now) && isBinaryPackage(before)) return []
    const knownPaths = new Set(binariesOf(before).map(({ path }) => path))
    const knownContents = new Set(before.files.map(({ sha256 }) => sha256))
    // A rebuilt binary in its place is what native packages ship with every release, and a moved one is the same bytes.
    const added = binariesOf(now).filter(({ path, sha256 }) => !knownPaths.has(path) && !knownContents.has(sha256))
    if (added.length === 0) return []
    const evidence = added.map(({ path, kind }) => ({
      label: native.get(kind) ?? kind,
      value: foreign(path),
      file: path,
    }))
    const message = 'holds native binaries that the version before did not have'
    return [{ message, evidence: shownEvidence(evidence), anchors: [entryField(change, 'version')] }]
  },
})

const binariesOf = ({ files }: PackageFacts): readonly FileFacts[] => files.filter(({ kind }) => native.has(kind))

const paperwork = /^(?:package\.json|(?:readme|licen[cs]e|notice|changelog|third[-_ ]?party[^/]*)(?:[.-][^/]*)?)$/i

/**
 * A package for one platform that holds binaries and nothing that Node would load besides them: the optional dependencies
 * of esbuild, swc, rollup and their like. Papers and type declarations do not count.
 */
function isBinaryPackage({ manifest, files }: PackageFacts): boolean {
  if (manifest.os.length === 0 && manifest.cpu.length === 0) return false
  const others = files.filter(({ path, kind }) => !native.has(kind) && !paperwork.test(path) && !path.endsWith('.d.ts'))
  return others.length === 0 && files.some(({ kind }) => native.has(kind))
}
