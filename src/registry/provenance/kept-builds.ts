import { z } from 'zod'
import type { Route } from '../expectations.js'
import type { KeptResponses } from '../kept-responses.js'
import type { PackageReference } from '../registry.js'
import type { Build } from './provenance.js'

export interface KeptBuildsOptions {
  readonly kept: KeptResponses | undefined
  readonly routeOf: (name: string) => Route
  /** What stands for the credentials that a registry is asked with. */
  readonly credentialKey: (registry: string) => Promise<string>
}

/** The number names the form of what is kept: it changes with what a build is, and with what has to hold to prove one. */
const form = ['build', '1'] as const

/**
 * Builds that earlier reviews proved. A proof stands for ever, for these bytes under this name by that trust root, and costs more than
 * the rest of a review that has all else at hand. What did not hold is never kept.
 */
export class KeptBuilds {
  readonly #options: KeptBuildsOptions

  constructor(options: KeptBuildsOptions) {
    this.#options = options
  }

  /** `by`: the trust root and the bytes. */
  async get(reference: PackageReference, by: string): Promise<Build | undefined> {
    const key = await this.#key(reference, by)
    const text = key === undefined ? undefined : await this.#options.kept?.get(key)
    return text === undefined ? undefined : parseBuild(text)
  }

  async put(reference: PackageReference, by: string, build: Build): Promise<void> {
    const key = await this.#key(reference, by)
    if (key !== undefined) await this.#options.kept?.put(key, JSON.stringify(build))
  }

  async #key({ name, version }: PackageReference, by: string): Promise<string | undefined> {
    const route = this.#options.routeOf(name)
    if (this.#options.kept === undefined || route.kind === 'not-allowed') return undefined
    return [...form, route.url, await this.#options.credentialKey(route.url), by, name, version].join('|')
  }
}

const text = z.string()

const keptBuild = z.strictObject({
  service: z.enum(['github', 'gitlab']),
  repository: text,
  repositoryId: text.optional(),
  ownerId: text.optional(),
  workflow: text,
  builder: text.optional(),
  ref: text,
  commit: text.optional(),
  trigger: text.optional(),
  runner: text.optional(),
})

/** Undefined for what another program left there. */
function parseBuild(kept: string): Build | undefined {
  try {
    const value: unknown = JSON.parse(kept)
    // The types of zod tell no absent field from an undefined one, which JSON does not have.
    return keptBuild.safeParse(value).success ? (value as Build) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
