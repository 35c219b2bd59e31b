import { describe, expect, it } from '@jest/globals'
import { loadReplays } from './load-replays.js'

/** What the registry's metadata can show of an attack, by the rules that say so. */
const signals = {
  'a dependency that is new, young and unused': ['dependency-phantom', 'package-young'],
  'another publisher or address': ['publisher-changed'],
  'provenance that is gone': ['provenance-lost'],
  'valid provenance of another branch': ['provenance-changed'],
  'a moment that is odd': ['release-fresh', 'release-burst', 'release-after-silence', 'package-young'],
  'several releases at once': ['release-burst'],
  'a number that is odd': ['version-jump', 'version-out-of-order'],
  'a name that is not the one that was meant': [
    'name-resembles-popular',
    'internal-name-public',
    'name-imitates-service',
  ],
} as const satisfies Record<string, readonly string[]>

type Signal = keyof typeof signals

/** Incidents that metadata alone would have told of, and by what. */
const incidents: Readonly<Record<string, readonly Signal[]>> = {
  'axios-plain-crypto-js': [
    'a dependency that is new, young and unused',
    'another publisher or address',
    'provenance that is gone',
    'a moment that is odd',
    'several releases at once',
    'a name that is not the one that was meant',
  ],
  'mastra-easy-day-js': [
    'a dependency that is new, young and unused',
    'another publisher or address',
    'several releases at once',
    'a name that is not the one that was meant',
  ],
  'nx-s1ngularity': ['provenance that is gone', 'several releases at once', 'a moment that is odd'],
  'asyncapi-generator': ['valid provenance of another branch', 'a moment that is odd'],
  'eslint-config-prettier': ['provenance that is gone', 'several releases at once', 'a number that is odd'],
  'art-template': ['another publisher or address', 'a moment that is odd'],
  'dependency-confusion': ['a name that is not the one that was meant', 'a number that is odd'],
  crossenv: ['a name that is not the one that was meant', 'a moment that is odd'],
  'sandworm-mode': ['a name that is not the one that was meant', 'a moment that is odd'],
  'mcp-server-misspelt': ['a name that is not the one that was meant', 'a moment that is odd'],
  'web3-mcp-typosquats': ['a moment that is odd'],
  'event-stream': ['another publisher or address', 'a moment that is odd'],
  'cline-openclaw': ['provenance that is gone', 'a moment that is odd'],
  'antv-preinstall': ['another publisher or address', 'several releases at once'],
  'node-ipc-revival': ['another publisher or address', 'several releases at once', 'a number that is odd'],
  'leo-platform': ['several releases at once'],
  'coa-rc': ['several releases at once', 'a moment that is odd'],
  'rspack-vant': ['several releases at once'],
  'ua-parser-js': ['several releases at once'],
  mistralai: ['several releases at once'],
  xrpl: ['several releases at once'],
}

/** Came through the projects' own pipelines, as provenance says, truly. */
const byTheirOwnPipeline = ['keyv', 'redhat-cloud-services']

const replays = new Map((await loadReplays()).map(({ folder, replay }) => [folder, replay]))
const rulesOf = (folder: string): readonly string[] =>
  (replays.get(folder)?.expected.findings ?? []).map(({ rule }) => rule)

describe('the metadata', () => {
  it.each(Object.entries(incidents))('of %s tells of the attack', (folder, expected) => {
    const seen = new Set(rulesOf(folder))
    expect(expected.filter((signal) => !signals[signal].some((rule) => seen.has(rule)))).toEqual([])
  })

  it.each(byTheirOwnPipeline)('of %s shows provenance that nothing is said against, and lowers nothing', (folder) => {
    const versions = Object.values(replays.get(folder)?.packages ?? {}).flatMap((of) => Object.values(of))
    expect(versions.filter(({ provenance }) => provenance === undefined)).toEqual([])
    expect(rulesOf(folder).filter((rule) => rule.startsWith('provenance'))).toEqual([])
    expect(rulesOf(folder)).toContain('combined-risk')
  })
})
