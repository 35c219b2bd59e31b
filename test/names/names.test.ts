import { describe, expect, it } from '@jest/globals'
import { maxPackageNameCharacters } from '../../src/limits.js'
import { knownNames, lazyNames } from '../../src/names/known-names.js'
import { knownServers, soughtServers } from '../../src/names/known-servers.js'
import { openNames } from '../../src/names/names.js'
import { servers } from '../mcp/servers.js'
import fc from '../seeded-properties.js'

const ranked = await knownNames()
const names = openNames(ranked)

const first = (name: string): string => {
  const [found] = names.resemblances(name)
  return found === undefined ? 'none' : `${found.closeness} ${found.likeness} ${found.target}`
}

describe('the known names', () => {
  it.each([
    ['lodahs', 'close letters-swapped lodash'],
    ['expresss', 'close letter-doubled express'],
    ['reqest', 'close letter-missing request'],
    ['tchalk', 'close letter-added chalk'],
    ['colorv', 'close letter-changed colors'],
    ['ymal', 'close letters-swapped yaml'],
    ['crossenv', 'close separators-moved cross-env'],
    ['is.buffer', 'close separators-moved is-buffer'],
    ['l0dash', 'close looks-alike lodash'],
    ['cornmander', 'close looks-alike commander'],
    ['typеscript', 'close looks-alike typescript'],
    ['réact', 'close looks-alike react'],
    ['Lodash', 'close looks-alike lodash'],
    ['types-node', 'close scope-flattened @types/node'],
    ['@cross/env', 'close scope-flattened cross-env'],
    ['@bable/traverse', 'close letters-swapped @babel/traverse'],
    ['@bable/anything', 'close scope-imitated @babel/types'],
    ['@babell/anything', 'close scope-imitated @babel/types'],
    ['@baber/anything', 'loose scope-imitated @babel/types'],
    ['claud-code', 'close letter-missing @anthropic-ai/claude-code'],
    ['claude-code', 'loose scope-dropped @anthropic-ai/claude-code'],
    ['express.js', 'close marker-added express'],
    ['noderequest', 'close marker-added request'],
    ['plain-crypto-js', 'loose word-added crypto-js'],
    ['easy-day-js', 'loose word-added dayjs'],
    ['crypto-js-helper', 'loose word-added crypto-js'],
    ['extra-fs', 'loose words-reordered fs-extra'],
    ['suport-color', 'loose two-edits supports-color'],
    ['puka', 'loose letter-changed pupa'],
    ['firecrawl-mpc', 'close letters-swapped firecrawl-mcp'],
    ['@modelcontextprotcol/server-memory', 'close letter-missing @modelcontextprotocol/server-memory'],
    ['modelcontextprotocol-server-github', 'close scope-flattened @modelcontextprotocol/server-github'],
  ])('may be meant where %s is written: %s', (name, expected) => {
    const all = names.resemblances(name).map(({ closeness, likeness, target }) => `${closeness} ${likeness} ${target}`)
    expect([first(name), all.includes(expected)]).toEqual([first(name), true])
  })

  it.each([
    'react',
    'preact',
    'extend',
    'xtend',
    '@babel/anything-that-its-owner-may-publish',
    '@acme/lodash',
    '@acme/react-dom',
    'react-router-for-acme',
    'express-rate-limit-by-tenant',
    'vu',
    'a',
    '',
    '@',
    '@/',
    '-',
    '__proto__',
    'constructor',
  ])('are not meant where %s is written', (name) => {
    expect(names.resemblances(name)).toEqual([])
  })

  it('do not resemble each other, however near they are', () => {
    expect(ranked.filter((name) => names.resemblances(name).length > 0)).toEqual([])
  })

  it('are each found again after one swap or one letter doubled', () => {
    const words = ranked.filter((name) => /^[a-z]{6,}$/.test(name))
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(), fc.boolean(), (name, place, swap) => {
        const at = place % (name.length - 1)
        const letters = `${name[at + 1] ?? ''}${name[at] ?? ''}`
        const slipped = swap
          ? name.slice(0, at) + letters + name.slice(at + 2)
          : name.slice(0, at) + name.slice(at, at + 1).repeat(2) + name.slice(at + 1)
        const found = names.resemblances(slipped).map(({ target, closeness }) => `${closeness} ${target}`)
        // More than three well-known names may be as near, and the slip may make another well-known name.
        expect([slipped, names.isKnown(slipped) || found.length === 3 || found.includes(`close ${name}`)]).toEqual([
          slipped,
          true,
        ])
      }),
      { numRuns: 500 },
    )
  })

  it('are compared with any text without an error, and with none that npm would refuse for its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => Array.isArray(names.resemblances(text))),
    )
    const long = 'x'.repeat(maxPackageNameCharacters)
    const few = openNames([`${long.slice(1)}y`])
    expect(few.resemblances(long)).toHaveLength(1)
    expect(few.resemblances(`${long.slice(2)}y${'x'.repeat(2)}`)).toEqual([])
  })

  it('answer with the likeliest three at most', () => {
    const few = openNames(['aaaab', 'aaaac', 'aaaad', 'aaaae'])
    expect(few.resemblances('aaaaf').map(({ target }) => target)).toEqual(['aaaab', 'aaaac', 'aaaad'])
  })
})

describe('the known servers', () => {
  it('are told from the names that the MCP02 page shows as imitations', () => {
    const targets = ['mcp-server-sqllite', 'githab-mcp-server', 'modelcontextprotocol-server-filesystem'].map(
      (name) => names.resemblances(name)[0]?.target,
    )
    expect(targets).toEqual(['mcp-server-sqlite', 'github-mcp-server', '@modelcontextprotocol/server-filesystem'])
  })

  it('are those that were read', () => {
    expect(knownServers).toEqual(servers.map((server) => server.slice(0, server.lastIndexOf('@'))))
  })

  it('are among the known names, each once', () => {
    expect([...knownServers, ...soughtServers].filter((name) => !names.isKnown(name))).toEqual([])
    expect(new Set(ranked).size).toBe(ranked.length)
  })
})

describe('lazyNames', () => {
  it('opens the names when they are first asked for, and once', async () => {
    let opened = 0
    const lazy = lazyNames(async () => {
      opened += 1
      return names
    })
    expect(opened).toBe(0)
    expect(await Promise.all([lazy(), lazy()])).toEqual([names, names])
    expect(opened).toBe(1)
  })
})
