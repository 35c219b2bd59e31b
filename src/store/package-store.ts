import type { PackageFacts } from '../package/package-facts.js'

/** PackageFacts by the tarball's sha512 SRI and the analyser's version. Losing it costs time, never a decision. */
export interface PackageStore {
  get(integrity: string): Promise<PackageFacts | undefined>
  put(facts: PackageFacts): Promise<void>
}
