import { commitOf } from '../../builders/lockfile.js'
import type { Replay } from '../replay.js'

const orphan = `git+ssh://git@git.example/router/router.git#${commitOf('a commit that no branch holds')}`

export const replay: Replay = {
  description:
    'TanStack and antv: releases that came through the projects’ own pipelines gained an optional dependency on a git commit ' +
    'that no branch held. Its prepare script ran, then failed, and npm forgave it because it was optional.',
  date: '2026-05-11',
  packages: {
    '@router/core': {
      '1.169.4': {},
      '1.169.5': { manifest: { optionalDependencies: { '@router/setup': orphan } } },
    },
  },
  base: { manifest: { dependencies: { '@router/core': '^1.169.0' } }, locked: { '@router/core': '1.169.4' } },
  head: {
    manifest: { dependencies: { '@router/core': '^1.169.0' } },
    locked: {
      '@router/core': { version: '1.169.5', optionalDependencies: { '@router/setup': orphan } },
      '@router/setup': { version: '1.0.0', resolved: orphan, integrity: undefined, optional: true },
    },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'exotic-source-added',
        severity: 'high',
        package: '@router/setup',
        file: 'package-lock.json',
        line: `"resolved": "${orphan}",`,
      },
    ],
  },
}
