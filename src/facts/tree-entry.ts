import type { Outcome } from '../gap.js'
import type { CollectedFacts, Facts } from './facts.js'

/** What an audit counts about one package of the tree, as far as the registry or its tarball told it. */
export interface TreeEntry {
  /** Something of it runs on `npm install`. */
  readonly installScripts: boolean
  /** By the registry's own record of the release; undefined where its record is not that of npm's registry. */
  readonly provenance?: boolean
}

const hooks = ['preinstall', 'install', 'postinstall'] as const

/** Undefined where neither the registry nor the tarball said anything. */
export function treeEntryOf(version: string, facts: CollectedFacts): TreeEntry | undefined {
  const manifest = knownOf(facts.manifest)
  const content = knownOf(facts.package)
  if (manifest === undefined && content === undefined) return undefined
  const scripts = content?.manifest.scripts ?? manifest?.scripts ?? {}
  const builds = content !== undefined ? content.bindingGyp !== undefined : manifest?.gypfile === true
  const provenance = provenanceOf(version, knownOf(facts.packument))
  return {
    installScripts: builds || hooks.some((hook) => Object.hasOwn(scripts, hook) && scripts[hook]?.trim() !== ''),
    ...(provenance !== undefined && { provenance }),
  }
}

// npm's registry signs every version, so that a release without a signature comes from a registry that keeps no such records.
function provenanceOf(version: string, packument: Facts['packument'] | undefined): boolean | undefined {
  const release = packument?.releases.get(version)
  if (release === undefined || release.signatures.length === 0) return undefined
  return release.attestations.some((type) => type.startsWith('https://slsa.dev/provenance'))
}

const knownOf = <T>(fact: Outcome<T> | 'not-applicable' | undefined): T | undefined =>
  fact !== undefined && fact !== 'not-applicable' && fact.known ? fact.value : undefined
