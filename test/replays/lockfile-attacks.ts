import { integrityOf, registryTarball } from '../builders/lockfile.js'
import { checksumOf, lockfileNames, type WrittenFormat, writtenFormats } from '../builders/lockfile-writers.js'
import type { Incident } from './load-replays.js'
import type { ExpectedFinding, Replay, RepositoryState } from './replay.js'

/**
 * A way to tamper with a lockfile, replayed in each format that is written here. All have the hole: what pnpm's own
 * verifier and the linters of lockfiles look for, and what an edit by hand can do to any text.
 */
export interface LockfileAttack {
  readonly name: string
  readonly description: string
  /** What head locks besides what base does; a name that base locks too is replaced. */
  readonly locked?: NonNullable<RepositoryState['locked']>
  readonly tamper?: (lockfile: string) => string
  /** By the format, in whose own words the lines are. */
  readonly expected: (format: WrittenFormat) => readonly Expected[]
}

/** A finding on a line of the lockfile, unless it says another file. */
type Expected = Omit<ExpectedFinding, 'file'> & { readonly file?: string }

const honest = {
  'left-pad': '1.0.0',
  'right-pad': { version: '1.0.0', dependencies: { 'center-pad': '^1.0.0' } },
  'center-pad': '1.0.0',
}

const manifest = { dependencies: { 'left-pad': '^1.0.0', 'right-pad': '^1.0.0' } }

const ofLeftPad = (rule: string, severity: Expected['severity'], line: RegExp): Expected => ({
  rule,
  severity,
  package: 'left-pad',
  line,
})

const malformed = (line: RegExp): Expected => ({ rule: 'lockfile-entry-malformed', severity: 'high', line })

const outOfSync: Expected = {
  rule: 'lockfile-out-of-sync',
  severity: 'high',
  file: 'package.json',
  line: '"left-pad": "^1.0.0",',
}

const literally = (text: string): RegExp => new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))

/** Where the format states a hash; later Yarn's is one of its own archive, about which no registry can be asked. */
const otherBytes = (format: WrittenFormat, text: string): readonly Expected[] => {
  if (format === 'berry') return [ofLeftPad('integrity-changed', 'critical', literally(checksumOf(text)))]
  const line = literally(integrityOf(text))
  return [ofLeftPad('integrity-changed', 'critical', line), ofLeftPad('integrity-mismatch', 'critical', line)]
}

/** Where the format states a version of its own; others have it in the key. */
const versionLine = (format: WrittenFormat): RegExp =>
  format.startsWith('npm') || format === 'berry' ? /version.*1\.0\.1/ : /evil-pad/

export const lockfileAttacks: readonly LockfileAttack[] = [
  {
    name: 'host swapped',
    description: 'An upgrade is fetched from a server of the attacker.',
    locked: { 'left-pad': { version: '1.0.1', resolved: 'https://npm.evil.example/left-pad/-/left-pad-1.0.1.tgz' } },
    expected: () => [ofLeftPad('registry-host-unexpected', 'high', /npm\.evil\.example/)],
  },
  {
    name: 'encryption dropped',
    description: 'An upgrade is fetched without encryption.',
    locked: {
      'left-pad': { version: '1.0.1', resolved: registryTarball('left-pad', '1.0.1').replace('https:', 'http:') },
    },
    expected: () => [ofLeftPad('resolved-insecure', 'high', /http(?::|%3A)/)],
  },
  {
    name: 'address of another package',
    description: 'An entry keeps its name and fetches another package.',
    locked: { 'left-pad': { version: '1.0.1', resolved: registryTarball('evil-pad', '1.0.1') } },
    expected: () => [ofLeftPad('resolved-url-mismatch', 'critical', /evil-pad/)],
  },
  {
    name: 'hash stripped',
    description: 'An upgrade loses the hash that its bytes are checked by.',
    locked: { 'left-pad': { version: '1.0.1', integrity: undefined, checksum: undefined } },
    expected: () => [ofLeftPad('integrity-missing', 'high', /left-pad/)],
  },
  {
    name: 'hash replaced',
    description: 'The same version is locked to other bytes.',
    locked: { 'left-pad': { version: '1.0.0', integrity: integrityOf('evil'), checksum: checksumOf('evil') } },
    expected: (format) => otherBytes(format, 'evil'),
  },
  {
    name: 'alias injected',
    description: 'What the manifest asks for by one name is locked to a package of another.',
    locked: { 'left-pad': { name: 'evil-pad', version: '1.0.1' } },
    expected: (format) => {
      // Yarn 1 states no name but that of the key; the address gives it away.
      if (format === 'yarn 1') {
        return [
          ofLeftPad('resolved-url-mismatch', 'critical', /evil-pad/),
          ofLeftPad('integrity-mismatch', 'critical', /^integrity /),
        ]
      }
      const unproven = {
        rule: 'provenance-absent',
        severity: 'low',
        package: 'evil-pad',
        line: versionLine(format),
      } as const
      return [outOfSync, unproven, ...(format === 'berry' ? [malformed(/left-pad@npm:/)] : [])]
    },
  },
  {
    name: 'commit cut short',
    description: 'A dependency moves to a git source whose commit is not whole, so that it can be moved.',
    locked: { 'left-pad': { version: '1.0.0', resolved: 'git+ssh://git@git.evil.example/o/left-pad.git#abcdef1' } },
    expected: (format) => [
      // Format 1 of npm states the address where others state the version.
      ofLeftPad('exotic-source-added', 'high', format === 'npm 1' ? /"left-pad"/ : /git\.evil\.example/),
      malformed(/left-pad/),
    ],
  },
  {
    name: 'prototype key',
    description: 'A key changes every object of a program that reads it carelessly.',
    locked: { '@proto/name': '1.0.0' },
    tamper: (text) => text.replaceAll('@proto/name', '__proto__'),
    // Format 2 of npm states it twice, and one of its halves cannot be compared with the other.
    expected: (format) => [malformed(/__proto__/), ...(format === 'npm 2' ? [malformed(/__proto__/)] : [])],
  },
  {
    name: 'path traversal',
    description: 'An entry would be installed outside its folder.',
    locked: { '@path/name': '1.0.0' },
    tamper: (text) => text.replaceAll('@path/name', '../../path-name'),
    expected: (format) => [malformed(/path-name/), ...(format === 'npm 2' ? [malformed(/path-name/)] : [])],
  },
  {
    name: 'key doubled',
    description: 'The same key stands there twice, so that two readers see two lockfiles.',
    locked: {
      'right-pad': { version: '1.0.0', dependencies: { 'center-pad': '^1.0.0', 'other-pad': '^1.0.0' } },
      'other-pad': '1.0.0',
    },
    tamper: (text) => text.replaceAll('other-pad', 'left-pad'),
    expected: (format) => [...otherBytes(format, 'other-pad@1.0.0'), malformed(/left-pad/)],
  },
  {
    name: 'orphan injected',
    description: 'An entry that nothing asks for.',
    locked: { 'quiet-guest': '1.0.0' },
    expected: () => [{ rule: 'lockfile-entry-orphaned', severity: 'medium', package: 'quiet-guest', line: /1\.0\.0/ }],
  },
  {
    name: 'conflict left in',
    description: 'Conflict markers in which each reader sees another half.',
    tamper: (text) => text.replace(/\n/, '\n<<<<<<< ours\n=======\n>>>>>>> theirs\n'),
    expected: () => [malformed(/^<{7} ours$/)],
  },
]

const published = { '1.0.0': {}, '1.0.1': {} }

export const attackReplays: readonly Incident[] = lockfileAttacks.flatMap((attack) =>
  writtenFormats.map((format) => ({
    folder: `lockfile-attacks: ${attack.name}, ${format}`,
    replay: replayOf(attack, format),
  })),
)

function replayOf({ description, locked, tamper, expected }: LockfileAttack, format: WrittenFormat): Replay {
  return {
    description,
    packages: Object.fromEntries(
      ['left-pad', 'right-pad', 'center-pad', 'evil-pad', 'quiet-guest'].map((name) => [name, published]),
    ),
    base: { manifest, format, locked: honest },
    head: { manifest, format, locked: { ...honest, ...locked }, ...(tamper && { tamper }) },
    expected: {
      verdict: 'flagged',
      findings: expected(format).map((finding) => ({ file: lockfileNames[format], ...finding })),
    },
  }
}
