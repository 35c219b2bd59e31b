import * as limits from '../limits.js'
import type { LimitHit } from './package-facts.js'

/** What bounds the reading of one tarball. The names are those of `limits.ts`, and those that a LimitHit gives. */
export interface PackageLimits {
  readonly maxPackedBytes: number
  readonly maxUnpackedBytes: number
  readonly maxUnpackRatio: number
  readonly minRatioBytes: number
  readonly maxPackageFiles: number
  readonly maxPackageFileBytes: number
  readonly maxPackagePathBytes: number
  readonly maxPackagePathDepth: number
  readonly maxUnsafeEntries: number
  readonly maxUnpackMillis: number
  readonly maxKeptFileBytes: number
  readonly maxKeptTextBytes: number
  readonly maxScriptFiles: number
  readonly maxShellCharacters: number
  readonly maxScriptSpecifiers: number
}

export const defaultPackageLimits: PackageLimits = {
  maxPackedBytes: limits.maxPackedBytes,
  maxUnpackedBytes: limits.maxUnpackedBytes,
  maxUnpackRatio: limits.maxUnpackRatio,
  minRatioBytes: limits.minRatioBytes,
  maxPackageFiles: limits.maxPackageFiles,
  maxPackageFileBytes: limits.maxPackageFileBytes,
  maxPackagePathBytes: limits.maxPackagePathBytes,
  maxPackagePathDepth: limits.maxPackagePathDepth,
  maxUnsafeEntries: limits.maxUnsafeEntries,
  maxUnpackMillis: limits.maxUnpackMillis,
  maxKeptFileBytes: limits.maxKeptFileBytes,
  maxKeptTextBytes: limits.maxKeptTextBytes,
  maxScriptFiles: limits.maxScriptFiles,
  maxShellCharacters: limits.maxShellCharacters,
  maxScriptSpecifiers: limits.maxScriptSpecifiers,
}

/** Ends the reading of an archive, not of the package: what was read until then counts. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached'
  readonly hit: LimitHit

  constructor(limit: keyof PackageLimits, detail: string) {
    super(`${limit}: ${detail}`)
    this.hit = { limit, detail }
  }
}
