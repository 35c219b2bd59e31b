import { systemClock } from '../clock.js'
import type { Lister } from '../github/advisories.js'
import type { AdvisorySource } from '../registry/advisories/advisory.js'
import type { AdvisoryServices } from '../registry/advisories/advisory-services.js'
import { type Ask, openAsk } from '../registry/advisories/ask.js'
import { keepAnswers } from '../registry/advisories/keep-answers.js'
import { openNpmAdvisories } from '../registry/advisories/npm-source.js'
import { openOsv, publicOsv } from '../registry/advisories/osv-source.js'
import { operatorAllows } from '../registry/expectations.js'
import type { KeptResponses } from '../registry/kept-responses.js'
import type { Operator } from '../registry/operator.js'
import { RequestFailure } from '../registry/request-failure.js'
import { type Surroundings, UsageError } from './surroundings.js'

/** GitHub's own, where no `GITHUB_API_URL` names another: workflows have it set. */
const publicGitHubApi = 'https://api.github.com'

export interface AdvisorySettings {
  readonly operator: Operator
  readonly kept: KeptResponses
  /** The default registry was named on the command line: what it serves, it is asked about. */
  readonly registryNamed: boolean
}

/** With the App's own client where there is one; without it GitHub is asked as anybody asks, or with `LOCKWARDEN_GITHUB_TOKEN`. */
export type OpenAdvisories = (github?: Lister) => AdvisoryServices

/**
 * The databases that the operator's settings lead to: `LOCKWARDEN_OSV_URL` is a mirror of OSV, private addresses included. What everyone is told the
 * same is kept for an hour. Throws UsageError for an address that is none.
 */
export function advisoryServices(
  { operator, kept, registryNamed }: AdvisorySettings,
  env: Surroundings['env'],
): OpenAdvisories {
  const osv = readUrl(env, 'LOCKWARDEN_OSV_URL')
  const apiUrl = readUrl(env, 'GITHUB_API_URL')?.href ?? publicGitHubApi
  const token = env.LOCKWARDEN_GITHUB_TOKEN || undefined
  const keeping = (ask: Ask): Ask => keepAnswers(operator.offline ? askNobody : ask, kept, systemClock)
  const open = {
    osv: () => {
      const mayBePrivate = (url: URL): boolean => url.origin === osv?.origin || operatorAllows(operator, url)
      const ask = openAsk({ connection: operator.connection, mayBePrivate })
      return openOsv({ ask: keeping(ask), url: osv?.href ?? publicOsv })
    },
    registry: () => {
      const { registry, connection } = operator
      const ask = openAsk({ connection, registry, mayBePrivate: (url) => operatorAllows(operator, url) })
      // Not kept: the answer may be for those only who may read the registry.
      return openNpmAdvisories({ ask: operator.offline ? askNobody : ask, registry })
    },
    github: (github: Lister | undefined): AdvisorySource => ({
      // Loaded where a policy asks for it: Octokit takes its time.
      lookup: async (references, signal) => {
        const { askGitHub, openGitHubAdvisories, openPublicGitHub } = await import('../github/advisories.js')
        const ask = askGitHub(github ?? openPublicGitHub({ apiUrl, ...(token !== undefined && { token }) }))
        return openGitHubAdvisories({ ask: keeping(ask), apiUrl }).lookup(references, signal)
      },
    }),
  }
  return (github) => ({
    usual: registryNamed ? 'registry' : 'osv',
    open: (service) => open[service](github),
  })
}

const askNobody: Ask = async () => {
  throw new RequestFailure('refused', 'offline')
}

function readUrl(env: Surroundings['env'], name: string): URL | undefined {
  const text = env[name] || undefined
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new UsageError(`${name} is not an http or https address`)
  }
  // Addresses below it are made by resolving against it.
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}
