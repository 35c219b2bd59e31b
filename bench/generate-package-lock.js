/**
 * A package-lock.json (version 3) of `count` entries as a real project has them: scopes, nested copies, ranges, dev and
 * optional flags. Deterministic; `upgraded` moves every twentieth package one patch further.
 */
export function generatePackageLock({ count, upgraded, registry }) {
  const names = Array.from({ length: count }, (_, index) =>
    index % 4 === 0 ? `@scope-${index % 40}/part-${index}` : `package-${index}`,
  )
  const packages = {
    '': {
      name: 'bench',
      version: '1.0.0',
      dependencies: Object.fromEntries(names.slice(0, 10).map((name) => [name, '^1.0.0'])),
    },
  }
  for (const [index, name] of names.entries()) {
    const version = `1.${index % 30}.${upgraded && index % 20 === 0 ? 1 : 0}`
    // As in a real tree, the way from a root is short: each package asks for three that come later.
    const requires = [1, 2, 3].map((child) => names[index * 3 + child]).filter((other) => other !== undefined)
    packages[pathOf(names, index)] = {
      version,
      resolved: `${registry}${name}/-/${name.split('/').at(-1)}-${version}.tgz`,
      integrity: `sha512-${digest(`${name}@${version}`)}`,
      ...(index % 3 === 0 && { dev: true }),
      ...(index % 17 === 0 && { optional: true }),
      license: 'MIT',
      engines: { node: '>=18' },
      ...(requires.length > 0 && { dependencies: Object.fromEntries(requires.map((other) => [other, '^1.0.0'])) }),
    }
  }
  return `${JSON.stringify({ name: 'bench', version: '1.0.0', lockfileVersion: 3, requires: true, packages }, null, 2)}\n`
}

/** Every eleventh package is nested below the one that asks for it. */
function pathOf(names, index) {
  const parent = Math.floor((index - 1) / 3)
  const host = index % 11 === 10 && parent % 11 !== 10 ? names[parent] : undefined
  return host === undefined ? `node_modules/${names[index]}` : `node_modules/${host}/node_modules/${names[index]}`
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
