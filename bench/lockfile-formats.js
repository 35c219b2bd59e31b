import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publicHosts, publicRegistry } from '../dist/registry/public-registry.js'
import { generateBunLock } from './generate-bun-lock.js'
import { generatePackageLock } from './generate-package-lock.js'
import { generatePnpmLock } from './generate-pnpm-lock.js'
import { generateManifest, generateProject } from './generate-project.js'
import { generateBerryLock, generateYarnLock } from './generate-yarn-lock.js'

const snykOptions = {
  includeDevDeps: true,
  includeOptionalDeps: true,
  includePeerDeps: false,
  strictOutOfSync: false,
  pruneCycles: true,
  pruneLevel: 'withinTopLevelDeps',
  pruneWithinTopLevelDeps: true,
}

/**
 * Each format with those who read it too. `load` resolves with a reader of one lockfile `{ text, folder, manifest }`, so
 * that nobody's modules count for anybody else's memory. `times` is the aim: their time over ours, at least; `JSON.parse`
 * is a floor: our time over its own, at most. `most` ends a contender that does not finish above so many entries.
 */
export const formats = {
  npm: {
    file: 'package-lock.json',
    generate: (options) => generatePackageLock({ ...options, registry: publicRegistry }),
    contenders: {
      'JSON.parse': {
        floor: 3,
        load:
          async () =>
          ({ text }) =>
            JSON.parse(text),
      },
      arborist: {
        times: 10,
        most: 10_000,
        load: async () => {
          const { default: Arborist } = await import('@npmcli/arborist')
          return ({ folder }) => new Arborist({ path: folder }).loadVirtual()
        },
      },
      snyk: { most: 10_000, load: () => snyk('parseNpmLockV2Project') },
    },
  },
  'yarn 1': {
    file: 'yarn.lock',
    generate: (options) => generateYarnLock({ ...options, registry: publicRegistry }),
    contenders: {
      '@yarnpkg/lockfile': {
        times: 2,
        load: async () => {
          const { default: yarn } = await import('@yarnpkg/lockfile')
          return ({ text }) => yarn.parse(text)
        },
      },
      '@yarnpkg/parsers': { times: 5, load: parsers },
      snyk: { most: 1_000, load: () => snyk('parseYarnLockV1Project') },
    },
  },
  berry: {
    file: 'yarn.lock',
    generate: generateBerryLock,
    contenders: {
      '@yarnpkg/parsers': { times: 5, load: parsers },
      'js-yaml': { times: 2, load: jsYaml },
      yaml: { times: 10, most: 10_000, load: yaml },
      snyk: { most: 10_000, load: () => snyk('parseYarnLockV2Project') },
    },
  },
  'pnpm 9': pnpm(9, '@pnpm/lockfile.fs'),
  'pnpm 6': pnpm(6, '@pnpm/lockfile.fs'),
  'pnpm 5': pnpm(5, '@pnpm/lockfile-file'),
  bun: {
    file: 'bun.lock',
    generate: generateBunLock,
    contenders: {
      'JSON.parse': {
        floor: 3,
        note: 'of the same text without its final commas',
        load: async () => {
          const plain = new Map()
          return ({ text }) => {
            if (!plain.has(text)) plain.set(text, text.replace(/,(\s*[}\]])/g, '$1'))
            return JSON.parse(plain.get(text))
          }
        },
      },
      'jsonc-parser': {
        load: async () => {
          const { parse } = await import('jsonc-parser')
          return ({ text }) => parse(text, [], { allowTrailingComma: true })
        },
      },
    },
  },
}

function pnpm(version, reader) {
  return {
    file: 'pnpm-lock.yaml',
    generate: (options) => generatePnpmLock({ ...options, version }),
    contenders: {
      'js-yaml': { times: 2, load: jsYaml },
      yaml: { times: 10, most: 10_000, load: yaml },
      [reader]: {
        load: async () => {
          const { readWantedLockfile } = await import(reader)
          return ({ folder }) => readWantedLockfile(folder, { ignoreIncompatible: false })
        },
      },
      snyk: { most: 10_000, load: () => snyk('parsePnpmProject') },
    },
  }
}

async function parsers() {
  const { parseSyml } = await import('@yarnpkg/parsers')
  return ({ text }) => parseSyml(text)
}

async function jsYaml() {
  const { load } = await import('js-yaml')
  return ({ text }) => load(text)
}

async function yaml() {
  const { parse } = await import('yaml')
  return ({ text }) => parse(text, { maxAliasCount: 0 })
}

async function snyk(name) {
  const { default: library } = await import('snyk-nodejs-lockfile-parser')
  return ({ manifest, text }) => library[name](manifest, text, snykOptions)
}

/** Ours: both lockfiles parsed and what changed between them. */
export async function loadOurs(file) {
  const { diffGraphs } = await import('../dist/lockfile/diff.js')
  const { formatOfFile } = await import('../dist/lockfile/formats.js')
  const format = formatOfFile(file)
  return (sides) => {
    const [base, head] = sides.map(({ text, manifest }) => {
      const parsed = format.parse({ file, text, manifests: new Map([['package.json', manifest]]) })
      if (!parsed.known) throw new Error(parsed.gap.detail)
      if (parsed.value.malformed.length > 0) throw new Error(JSON.stringify(parsed.value.malformed[0]))
      return parsed.value
    })
    return diffGraphs(base, head, { defaultHosts: publicHosts }).length
  }
}

/** Two states of one project, as texts and on disk for the readers that want a folder. */
export function writeSides({ file, generate }, count) {
  const root = mkdtempSync(join(tmpdir(), 'lockwarden-bench-'))
  const sides = [false, true].map((upgraded, index) => {
    const [text, folder] = [generate({ count, upgraded }), join(root, String(index))]
    const manifest = generateManifest(generateProject({ count, upgraded }))
    mkdirSync(folder)
    writeFileSync(join(folder, file), text)
    writeFileSync(join(folder, 'package.json'), manifest)
    return { text, folder, manifest }
  })
  return { root, sides }
}
