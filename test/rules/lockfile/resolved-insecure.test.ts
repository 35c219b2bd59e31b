import { foreign } from '../../../src/foreign.js'
import { resolvedInsecure } from '../../../src/rules/lockfile/resolved-insecure.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { commitOf } from '../../builders/lockfile.js'
import { testRule } from '../../rule-tester.js'

const added = (resolved: string) => aDependencyChange({ before: null, after: { resolved } })
const commit = commitOf('left-pad')

const clear = (resolved: string) => ({ name: resolved, subject: added(resolved) })
const flagged = (resolved: string, subject = added(resolved)) => ({
  name: `${resolved} (${subject.kind})`,
  subject,
  observations: [
    {
      message: 'would be downloaded without encryption',
      evidence: [{ label: 'resolved', value: foreign(resolved) }],
      anchors: [
        { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'resolved' },
      ] as const,
    },
  ],
})

testRule(resolvedInsecure, {
  clear: [
    { name: 'the public registry over https', subject: aDependencyChange() },
    { name: 'no address', subject: aDependencyChange({ after: { resolved: undefined } }) },
    {
      name: 'a removed package',
      subject: aDependencyChange({ before: { resolved: 'http://cdn.example/a.tgz' }, after: null }),
    },
    clear('http://127.0.0.1:4873/left-pad/-/left-pad-1.0.1.tgz'),
    clear('http://[::1]:4873/left-pad/-/left-pad-1.0.1.tgz'),
    clear('http://localhost/left-pad/-/left-pad-1.0.1.tgz'),
    clear('git://localhost/left-pad.git'),
    clear(`git+ssh://git@github.com/a/left-pad.git#${commit}`),
    clear(`git+https://github.com/a/left-pad.git#${commit}`),
    clear(`git@github.com:a/left-pad.git#${commit}`),
    clear(`github:a/left-pad#${commit}`),
    clear('file:vendor/left-pad.tgz'),
    clear('packages/left-pad'),
    {
      name: 'http from the host that base already had it from',
      subject: aDependencyChange({
        before: { resolved: 'http://npm.example/left-pad/-/left-pad-1.0.0.tgz' },
        after: { resolved: 'http://npm.example/left-pad/-/left-pad-1.0.1.tgz' },
      }),
    },
  ],
  flagged: [
    flagged('http://npm.example/left-pad/-/left-pad-1.0.1.tgz'),
    flagged('HTTP://npm.example/left-pad/-/left-pad-1.0.1.tgz'),
    flagged('http:npm.example/left-pad.tgz'),
    flagged('http://localhost.example/left-pad.tgz'),
    flagged('http://127.0.0.1.example/left-pad.tgz'),
    flagged('http://localhost@npm.example/left-pad.tgz'),
    flagged('http://[broken/left-pad.tgz'),
    flagged(`git://github.com/a/left-pad.git#${commit}`),
    flagged(`git+http://git.example/left-pad.git#${commit}`),
    flagged('ftp://files.example/left-pad.tgz'),
    flagged('gopher://files.example/left-pad.tgz'),
    flagged(
      'http://npm.example/left-pad/-/left-pad-1.0.1.tgz',
      aDependencyChange({
        before: { resolved: 'https://npm.example/left-pad/-/left-pad-1.0.0.tgz' },
        after: { resolved: 'http://npm.example/left-pad/-/left-pad-1.0.1.tgz' },
      }),
    ),
  ],
})
