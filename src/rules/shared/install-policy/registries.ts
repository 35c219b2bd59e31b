import type { OwnNames } from '../../../facts/facts.js'
import type { InstallSettings, Place } from '../../../repository/posture/posture-state.js'
import { defaultRegistry, scopeRegistries } from '../../../repository/settings/scope-registries.js'
import type { Severity } from '../../rule.js'
import { isLoopback } from '../resolved-address.js'
import { isPublicAddress } from '../routes.js'

/** One registry that a change names anew, for everything or for a scope. */
export interface RegistryMove extends Place {
  readonly label: string
  readonly address: string
  readonly before?: string
  readonly message: string
  readonly severity: Severity
}

interface Named extends Place {
  readonly address: string
}

/** What the files of one folder do with where packages come from. That a scope's line goes is registry-scope-missing's matter. */
export function compareRegistries(
  before: readonly InstallSettings[],
  after: readonly InstallSettings[],
  own: OwnNames,
): readonly RegistryMove[] {
  const [was, is] = [registriesOf(before), registriesOf(after)]
  return [...is].flatMap(([scope, { file, line, address }]) => {
    const old = was.get(scope)
    if (old !== undefined && sameHost(old.address, address)) return []
    // Nobody else answers at a machine's own address.
    if ((old === undefined && isPublicAddress(address)) || isOwnMachine(address)) return []
    const moved = { file, line, label: scope === '' ? 'registry' : scope, address, ...(old && { before: old.address }) }
    if (isOpen(address)) {
      return [
        {
          ...moved,
          severity: 'high' as const,
          message:
            'asks a registry without encryption: whoever stands between can put other packages in the place of its own',
        },
      ]
    }
    return [{ ...moved, ...judged(scope, address, old !== undefined, own) }]
  })
}

function judged(
  scope: string,
  address: string,
  changed: boolean,
  own: OwnNames,
): Pick<RegistryMove, 'message' | 'severity'> {
  if (scope === '') {
    return isPublicAddress(address)
      ? {
          severity: 'high',
          message:
            'takes all packages from the public registry instead of one of your own: whoever takes the names that only yours had is installed',
        }
      : {
          severity: 'high',
          message:
            'takes all packages from another registry: whoever runs it decides what is installed where no hash is locked',
        }
  }
  if (changed) {
    return {
      severity: 'high',
      message: 'takes the packages of a scope from another registry: whoever runs it decides what they are',
    }
  }
  if (own.scopes.includes(scope)) {
    return { severity: 'low', message: 'sends a scope of your own to a registry: this tightens what an install takes' }
  }
  return {
    severity: 'medium',
    message: 'sends a scope to a registry of its own: whoever runs it decides what its packages are',
  }
}

function registriesOf(files: readonly InstallSettings[]): ReadonlyMap<string, Named> {
  const found = new Map<string, Named>()
  for (const settings of files) {
    const registry = defaultRegistry(settings)
    if (registry !== undefined && !found.has('')) found.set('', { file: settings.file, ...registry })
    for (const { scope, address, line } of scopeRegistries(settings)) {
      if (!found.has(scope)) found.set(scope, { file: settings.file, line, address })
    }
  }
  return found
}

/** The two public hosts are one. */
const sameHost = (one: string, other: string): boolean =>
  one === other ||
  (isPublicAddress(one) && isPublicAddress(other)) ||
  (URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin)

const isOpen = (address: string): boolean => address.startsWith('http:')

const isOwnMachine = (address: string): boolean => URL.canParse(address) && isLoopback(new URL(address))
