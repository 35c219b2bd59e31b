import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseTrustRoot, type TrustRoot } from '../registry/provenance/trust-root.js'
import { type Surroundings, UsageError } from './surroundings.js'

/**
 * `LOCKWARDEN_TRUST_ROOT`: a `trusted_root.json` of Sigstore that stands for the shipped one, which knows no key that came after it.
 * Undefined where the operator names none; throws UsageError for one that cannot be used, since no other is what was asked for.
 */
export async function readOperatorTrustRoot({
  env,
  cwd,
}: Pick<Surroundings, 'env' | 'cwd'>): Promise<TrustRoot | undefined> {
  const file = env.LOCKWARDEN_TRUST_ROOT
  if (file === undefined || file === '') return undefined
  try {
    const root = parseTrustRoot(await readFile(resolve(cwd, file), 'utf8'))
    // Read whole now: later it would be a gap of every package.
    await root.material()
    return root
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`LOCKWARDEN_TRUST_ROOT: ${file} is no trust root that can be used (${why})`)
  }
}
