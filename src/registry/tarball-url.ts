import { publicHosts } from './public-registry.js'
import type { PackageReference } from './registry.js'

/**
 * Where a version's tarball is fetched: always at its registry. `dist.tarball` gives the path where it names that registry
 * or the public one, whose host npm replaces too; any other address is evidence and not followed, and npm's own form
 * of a tarball's path takes its place.
 */
export function tarballUrl({ name, version }: PackageReference, stated: string | undefined, registry: string): URL {
  const base = new URL(registry)
  if (stated !== undefined && URL.canParse(stated)) {
    const url = new URL(stated)
    // The registry's own scheme is kept: behind a proxy that ends TLS, registries state http.
    if (url.host === base.host) return new URL(`${url.pathname}${url.search}`, base.origin)
    if (publicHosts.includes(url.host)) return new URL(`.${url.pathname}`, base)
  }
  const file = `${name.slice(name.indexOf('/') + 1)}-${version}.tgz`
  return new URL(`./${name}/-/${encodeURIComponent(file)}`, base)
}
