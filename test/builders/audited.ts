import type { Installed } from '../../src/repository/installed.js'
import type { PostureState } from '../../src/repository/posture/posture-state.js'
import type { RepositoryChange } from '../../src/repository/repository-change.js'

/** A whole state of a repository, as an audit sees it. */
export const anAudit = (after: PostureState, installed: readonly Installed[] = [installing()]): RepositoryChange => ({
  kind: 'repository',
  policyErrors: [],
  posture: { after, changed: new Set(), gaps: [] },
  installed,
})

/** A lockfile at the root that installs these, each as `name@version`. */
export const installing = (
  always: readonly string[] = ['left-pad@1.0.0'],
  more: { readonly lockfile?: string; readonly own?: readonly string[]; readonly sometimes?: readonly string[] } = {},
): Installed => ({
  lockfile: more.lockfile ?? 'package-lock.json',
  all: new Set([...always, ...(more.sometimes ?? [])]),
  always: new Set(always),
  own: new Set(more.own),
})

/** A bill of materials in JSON that lists these, each as `name@version`. */
export const aBom = (components: readonly string[]): string =>
  `${JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    components: components.map((component) => {
      const [name, version] = [component.slice(0, component.lastIndexOf('@')), component.split('@').at(-1)]
      return { type: 'library', name, version, purl: `pkg:npm/${name.replace('@', '%40')}@${version}` }
    }),
  })}\n`
