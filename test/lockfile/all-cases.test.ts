import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { extract } from 'tar-stream'
import type { Snapshot } from '../../src/change/snapshot.js'
import { diffProjects, type ProjectsDiff } from '../../src/lockfile/projects.js'
import { publicHosts } from '../builders/dependency-graph.js'
import { aSnapshot } from '../builders/memory-snapshot.js'

const wanted: ReadonlySet<string> = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'shrinkwrap.yaml',
  'bun.lock',
  'package.json',
  'pnpm-workspace.yaml',
  'expected-packages.json',
])

/** `owner+repo/nn` → path → content. Kept in memory: writing thousands of small files takes longer than all else here. */
type Cases = ReadonlyMap<string, Record<string, Buffer>>

/** The archive's lockfiles and manifests; none, with the reason printed, where it is not there. */
async function readCases(): Promise<Cases> {
  const archive = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'lockfiles.tar.xz')
  const cases = new Map<string, Record<string, Buffer>>()
  if (!existsSync(archive)) {
    console.log(`skipped: real lockfiles are not there (${archive}); set LOCKWARDEN_CASES`)
    return cases
  }
  const entries = extract()
  spawn('xz', ['-dc', archive], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout.pipe(entries)
  for await (const entry of entries) {
    const [, of, number, ...path] = entry.header.name.split('/')
    if (entry.header.type !== 'file' || !wanted.has(path.at(-1) ?? '')) {
      entry.resume()
      continue
    }
    const id = `${of}/${number}`
    const files = cases.get(id) ?? {}
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    files[path.join('/')] = Buffer.concat(chunks)
    cases.set(id, files)
  }
  return cases
}

interface Lists {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

interface Difference {
  readonly why: string
  /** What the independent reader lists and we do not, and the reverse; a number where a list would be the whole lockfile. */
  readonly onlyTheirs?: readonly string[] | number
  readonly onlyOurs?: readonly string[] | number
}

const cases = await readCases()

const diffs = new Map<string, Promise<ProjectsDiff>>()

function diffOf(id: string): Promise<ProjectsDiff> {
  const found = diffs.get(id) ?? diffProjects(sideOf(id, 'base/'), sideOf(id, 'head/'), publicHosts())
  diffs.set(id, found)
  return found
}

function sideOf(id: string, prefix: string): Snapshot {
  const files = Object.entries(cases.get(id) ?? {}).filter(([path]) => path.startsWith(prefix))
  return aSnapshot(Object.fromEntries(files.map(([path, content]) => [path.slice(prefix.length), content])))
}

const expectedOf = (id: string): Readonly<Record<string, Lists>> =>
  JSON.parse(String(cases.get(id)?.['expected-packages.json']))

/** The same question as theirs, which knows names and versions only. */
function ourLists({ changes }: ProjectsDiff, file: string): Lists {
  const of = changes.filter(({ lockfile, kind }) => lockfile === file && kind !== 'replaced' && kind !== 'resourced')
  const ids = (list: readonly (string | undefined)[]): string[] =>
    [...new Set(list.filter((id) => id !== undefined))].sort()
  return {
    added: ids(of.map(({ name, after }) => after && `${name}@${after.version}`)),
    removed: ids(
      of.map(({ name, before, beforeStays }) => (before && !beforeStays ? `${name}@${before.version}` : undefined)),
    ),
  }
}

/** Yarn's own patches of three packages for its linker: the package itself is listed beside them. */
const withoutBuiltin = (list: readonly string[]): string[] => list.filter((id) => !/builtin<compat\//.test(id))

function differenceOf(ours: Lists, theirs: Lists): Pick<Difference, 'onlyTheirs' | 'onlyOurs'> {
  const parts = (['added', 'removed'] as const).map((part) => {
    const [one, other] = [new Set(ours[part]), new Set(withoutBuiltin(theirs[part]))]
    return {
      theirs: [...other].filter((id) => !one.has(id)).map((id) => `${part} ${id}`),
      ours: [...one].filter((id) => !other.has(id)).map((id) => `${part} ${id}`),
    }
  })
  const shown = (list: readonly string[]): readonly string[] | number => (list.length > 6 ? list.length : list)
  const [onlyTheirs, onlyOurs] = [parts.flatMap(({ theirs: list }) => list), parts.flatMap(({ ours: list }) => list)]
  return {
    ...(onlyTheirs.length === 0 ? {} : { onlyTheirs: shown(onlyTheirs) }),
    ...(onlyOurs.length === 0 ? {} : { onlyOurs: shown(onlyOurs) }),
  }
}

const differences: Readonly<Record<string, Difference>> = {
  'babel+babel/01/regenerator/package-lock.json': {
    why: 'folders of the repository itself are links, which are no dependencies',
    onlyTheirs: [
      'removed regenerator-preset@file:packages/preset',
      'removed regenerator-runtime@file:packages/runtime',
      'removed regenerator-transform@file:packages/transform',
    ],
  },
  'babel+babel/03/yarn.lock': {
    why: "a plugin's protocol: we name the version that the entry states, they its whole reference",
    onlyOurs: ['added chalk@0.0.0-condition-90587c', 'removed chalk@0.0.0-condition-76886c'],
    onlyTheirs: [
      'added chalk@condition:BABEL_8_BREAKING?^5.3.0:^2.4.2(esm:default|Chalk)#90587c',
      'removed chalk@condition:BABEL_8_BREAKING?^5.3.0:^2.4.2(esm:default,Chalk)#76886c',
    ],
  },
  'dependabot+dependabot-core/07/npm_and_yarn/helpers/package-lock.json': {
    why: 'copies that were fetched are gone; others of the same version stay, inside the tarball of a package',
    onlyOurs: ['removed chownr@2.0.0', 'removed estraverse@5.2.0', 'removed mkdirp@1.0.4', 'removed which@2.0.2'],
  },
  'excalidraw+excalidraw/01/package-lock.json': {
    why: 'the project went from npm to Yarn: what the old lockfile held is compared with the new one',
    onlyTheirs: 1993,
  },
  'excalidraw+excalidraw/01/yarn.lock': {
    why: 'the project went from npm to Yarn: they list all of it, we what the change of the manager brought and took',
    onlyTheirs: 1891,
    onlyOurs: 102,
  },
  'facebook+create-react-app/06/package-lock.json': {
    why: 'it has conflict markers: to them it holds nothing, to us it is a gap',
    onlyTheirs: 2100,
  },
  'jestjs+jest/04/yarn.lock': {
    why: 'a folder of the repository itself is a link, which is no dependency',
    onlyTheirs: ['added eslint-plugin-local@link:./.eslintplugin::locator=%40jest%2Fmonorepo%40workspace%3A.'],
  },
  'modelcontextprotocol+inspector/05/server/yarn.lock': {
    why: 'a folder outside the project, locked as `file:../…`, is a link to code of the repository',
    onlyTheirs: ['added mcp-typescript@0.1.0'],
  },
  'modelcontextprotocol+typescript-sdk/06/pnpm-lock.yaml': {
    why: 'a second manager’s first lockfile: they list all of it, we compare it with the package-lock.json beside it',
    onlyTheirs: 194,
    onlyOurs: 193,
  },
  'pnpm+pnpm.io/04/website/shrinkwrap.yaml': { why: 'a format that no later pnpm reads: a gap', onlyTheirs: 89 },
  'pnpm+pnpm.io/07/shrinkwrap.yaml': { why: 'a format that no later pnpm reads: a gap', onlyTheirs: 68 },
  'probot+probot/05/package-lock.json': {
    why: 'git sources of format 1, whose version the file does not state: the same commit is no change, an address no version',
    onlyTheirs: [
      'added github-app@github:probot/github-app#076274b0143a07fa0e5cace0538b58b49f65d260',
      'added github@github:bkeepers/node-github#b0db181ea5bd56faa489b6d9c2b2b729e10bdf12',
      'removed github-app@3.0.0',
      'removed github@9.2.0',
    ],
  },
  'withastro+astro/01/packages/db/test/fixtures/ticketing-example/pnpm-lock.yaml': {
    why: 'a tarball of the repository: we name the package in it, they its path',
    onlyTheirs: ['removed file:astrojs-db-0.1.3.tgz'],
    onlyOurs: ['removed @astrojs/db@0.1.3'],
  },
  'withastro+astro/01/pnpm-lock.yaml': {
    why: 'folders of the repository itself are links, which are no dependencies',
    onlyTheirs: [
      'removed file:packages/astro/test/fixtures/astro-client-only/pkg',
      'removed file:packages/astro/test/fixtures/css-assets/packages/font-awesome',
      'removed file:packages/astro/test/fixtures/multiple-renderers/renderers/one',
      'removed file:packages/astro/test/fixtures/multiple-renderers/renderers/two',
      'removed file:packages/astro/test/fixtures/solid-component/deps/solid-jsx-component',
    ],
  },
  'withastro+astro/03/pnpm-lock.yaml': {
    why: 'base had this version from git: it now comes from the registry as well, which is no new version but another source',
    onlyTheirs: ['added @emmetio/css-parser@0.4.0'],
  },
}

jest.setTimeout(180_000)

const describeReal = cases.size === 0 ? describe.skip : describe

describeReal('all real lockfiles', () => {
  it('are enough to mean something', () => {
    expect(cases.size).toBe(150)
  })

  it('enter and leave as an independent reader says, but for what is explained', async () => {
    const seen: Record<string, Pick<Difference, 'onlyTheirs' | 'onlyOurs'>> = {}
    for (const id of cases.keys()) {
      const found = await diffOf(id)
      const moved = new Set(
        found.notes.flatMap((note) => /^the lockfile moved from \S+ to (\S+?)(?:;|$)/.exec(note)?.[1] ?? []),
      )
      for (const [file, theirs] of Object.entries(expectedOf(id))) {
        // They compare path with path; we compare a lockfile that moved with where it was.
        if (moved.has(file)) continue
        const difference = differenceOf(ourLists(found, file), theirs)
        if (Object.keys(difference).length > 0) seen[`${id}/${file}`] = difference
      }
    }
    const explained = Object.entries(differences).map(([id, { why: _, ...difference }]) => [id, difference])
    expect(seen).toEqual(Object.fromEntries(explained))
  })

  it('that cannot be read are said, and nothing else is', async () => {
    const seen: string[] = []
    for (const id of cases.keys())
      for (const { code, file } of (await diffOf(id)).gaps) seen.push(`${code} ${id}/${file}`)
    // Some projects commit folders of installed packages, whose change is a gap of its own.
    expect(seen.filter((gap) => !gap.endsWith('/node_modules')).sort()).toEqual([
      'lockfile-unreadable facebook+create-react-app/06/package-lock.json',
      'lockfile-unsupported pnpm+pnpm.io/04/website/shrinkwrap.yaml',
      'lockfile-unsupported pnpm+pnpm.io/07/shrinkwrap.yaml',
      ...[1, 2, 3, 4, 5].map(
        (format) => `lockfile-unsupported pnpm+pnpm/05/lockfile/lockfile-file/test/fixtures/${format}/pnpm-lock.yaml`,
      ),
    ])
  })

  it('hold nothing malformed, unmet or orphaned in what changed, but for true mistakes', async () => {
    const seen: string[] = []
    for (const id of cases.keys()) {
      const { projects, changes } = await diffOf(id)
      for (const { malformed, unmet } of projects) {
        seen.push(...malformed.map(({ reason, key, line }) => `${id} ${reason} ${key} ${line}`))
        seen.push(...unmet.map(({ manifest, name, range, locked }) => `${id} ${manifest} ${name}@${range} ≠ ${locked}`))
      }
      for (const { name, after, orphaned } of changes) if (orphaned) seen.push(`${id} orphan ${name}@${after?.version}`)
    }
    expect(seen.sort()).toEqual([
      // A workspace that keeps a lockfile of its own, of another manager, and that the common one does not cover.
      'LavaMoat+LavaMoat/13 packages/lavamoat-viz/package.json react-dom@^16.8.6 ≠ undefined',
      'LavaMoat+LavaMoat/13 packages/lavamoat-viz/package.json react-scripts@2.1.8 ≠ undefined',
      'LavaMoat+LavaMoat/13 packages/lavamoat-viz/package.json react@^16.8.6 ≠ undefined',
      // The manifest asks for it twice, and the lockfile answers the first time.
      'danger+danger-js/07 package.json prettier@^1.14.2 ≠ undefined',
      // Written by a converter from another format, which no Yarn would write so.
      'excalidraw+excalidraw/02 duplicate-key is-extendable@^0.1.1 7902',
      'excalidraw+excalidraw/02 orphan type-fest@0.13.1',
      'facebook+create-react-app/06 conflict-marker  29951',
      // The manifest of a workspace was changed and no install was run.
      'modelcontextprotocol+servers/05 src/github/package.json @modelcontextprotocol/sdk@0.6.0 ≠ 0.5.0',
      'modelcontextprotocol+servers/05 src/github/package.json node-fetch@^3.3.2 ≠ 2.7.0',
    ])
  })
})
