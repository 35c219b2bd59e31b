/**
 * `count` packages as a real project has them: scopes, ranges, dev and optional ones, short ways from a root. Deterministic;
 * `upgraded` moves every twentieth package one patch further. The lockfile of each manager is written from this.
 */
export function generateProject({ count, upgraded }) {
  const names = Array.from({ length: count }, (_, index) =>
    index % 4 === 0 ? `@scope-${index % 40}/part-${index}` : `package-${index}`,
  )
  return names.map((name, index) => {
    const version = `1.${index % 30}.${upgraded && index % 20 === 0 ? 1 : 0}`
    return {
      name,
      version,
      direct: index < 10,
      // As in a real tree, the way from a root is short: each package asks for three that come later.
      requires: [1, 2, 3].map((child) => names[index * 3 + child]).filter((other) => other !== undefined),
      // Every eleventh package is nested below the one that asks for it, where a lockfile says where packages lie.
      host: hostOf(names, index),
      integrity: `sha512-${digest(`${name}@${version}`)}`,
      dev: index % 3 === 0,
      optional: index % 17 === 0,
    }
  })
}

export const tarball = (registry, { name, version }) => `${registry}${name}/-/${name.split('/').at(-1)}-${version}.tgz`

export const range = '^1.0.0'

/** The package.json that all lockfiles of the project belong to. */
export function generateManifest(packages) {
  const dependencies = Object.fromEntries(packages.filter(({ direct }) => direct).map(({ name }) => [name, range]))
  return JSON.stringify({ name: 'bench', version: '1.0.0', dependencies })
}

function hostOf(names, index) {
  const parent = Math.floor((index - 1) / 3)
  return index % 11 === 10 && parent % 11 !== 10 ? names[parent] : undefined
}

/** 88 characters that look like a sha512 and cost nothing: no bytes stand behind these entries. */
function digest(text) {
  let state = 7
  for (const character of text) state = (state * 31 + character.charCodeAt(0)) >>> 0
  let base64 = ''
  while (base64.length < 88) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    base64 += Buffer.from([state >>> 24, (state >>> 16) & 255, (state >>> 8) & 255]).toString('base64')
  }
  return `${base64.slice(0, 86)}==`
}
