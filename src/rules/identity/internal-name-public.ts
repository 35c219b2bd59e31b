import { compare, valid } from 'semver'
import { foreign } from '../../foreign.js'
import type { Locked } from '../../lockfile/dependency-change.js'
import type { Namesake } from '../../registry/namesakes.js'
import { publicHosts } from '../../registry/public-registry.js'
import type { RegistryExpectations } from '../../registry/registry-facts.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { readAddress } from '../shared/resolved-address.js'

export const internalNamePublic = defineRule({
  id: 'internal-name-public',
  title: 'internal name in the public registry',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not install it: find out who published the public package, lock the name from your own registry, and take the public name or have it removed.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['ownNames', 'expectations'],
  wants: ['namesake'],

  inspect(change, { ownNames, expectations, namesake }) {
    const { before, after, name } = change
    if (after?.source !== 'registry' || !ownNames.includes(name)) return []
    const isLocked = isLockedPublicly(after, name, expectations)
    const higher = namesake && higherThan(after.version, namesake)
    const isNew = isLocked && !(before?.source === 'registry' && isLockedPublicly(before, name, expectations))
    if (!isNew && higher === undefined) return []
    return [
      {
        message: isNew
          ? 'is a name of your own, and is locked to the public registry, where anybody can publish'
          : 'is a name of your own that also exists in the public registry, with a higher version than the locked one',
        evidence: [
          ...(isNew && after.resolved !== undefined ? [{ label: 'resolved', value: foreign(after.resolved) }] : []),
          ...(higher === undefined ? [] : [{ label: 'highest public version', value: foreign(higher) }]),
        ],
        anchors: [entryField(change, isNew ? 'resolved' : 'version')],
      },
    ]
  },
})

/** A lockfile that states no address leaves it to the registry that is configured. */
function isLockedPublicly(
  { resolved }: Locked,
  name: string,
  { scopeHosts, defaultHosts }: RegistryExpectations,
): boolean {
  if (resolved !== undefined) return publicHosts.includes(readAddress(resolved)?.host ?? '')
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : ''
  const mapped = Object.hasOwn(scopeHosts, scope) ? scopeHosts[scope] : undefined
  return mapped === undefined ? defaultHosts.every((host) => publicHosts.includes(host)) : publicHosts.includes(mapped)
}

function higherThan(version: string, namesake: Namesake): string | undefined {
  if (namesake.state !== 'published' || valid(version) === null) return undefined
  const [highest] = [...namesake.versions]
    .filter((one) => valid(one) !== null)
    .sort((one, other) => compare(other, one))
  return highest !== undefined && compare(highest, version) > 0 ? highest : undefined
}
