import fetch from 'npm-registry-fetch'

/** npm's public registry, with a slash at its end, as npm's own library knows it: the default of every installer. */
export const publicRegistry: string = fetch.pickRegistry('left-pad', {})

/**
 * The hosts that stand for the public registry in a lockfile. Yarn's is an alias of npm's and serves the same bytes; in
 * `resolved` either of them means whatever the default registry is, as npm itself replaces it.
 */
export const publicHosts: readonly string[] = [new URL(publicRegistry).host, 'registry.yarnpkg.com']
