import { foreign } from '../../../src/foreign.js'
import { integrityChanged } from '../../../src/rules/lockfile/integrity-changed.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { integrityOf } from '../../builders/lockfile.js'
import { testRule } from '../../rule-tester.js'

const published = integrityOf('published')
const other = integrityOf('other')

const replaced = (before: string | undefined, after: string | undefined) =>
  aDependencyChange({
    kind: 'replaced',
    before: { version: '1.0.0', integrity: before },
    after: { version: '1.0.0', integrity: after },
  })

const flagged = (before: string, after: string) => ({
  subject: replaced(before, after),
  observations: [
    {
      message: 'is locked to other bytes although its name, version and source stayed the same',
      evidence: [
        { label: 'integrity before', value: foreign(before) },
        { label: 'integrity now', value: foreign(after) },
      ],
      anchors: [
        { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'integrity' },
      ] as const,
    },
  ],
})

const checksummed = (before: string, after: string) =>
  aDependencyChange({
    kind: 'replaced',
    manager: 'yarn-berry',
    lockfile: 'yarn.lock',
    before: {
      key: 'left-pad@npm:1.0.0',
      version: '1.0.0',
      resolved: undefined,
      integrity: undefined,
      checksum: before,
    },
    after: { key: 'left-pad@npm:1.0.0', version: '1.0.0', resolved: undefined, integrity: undefined, checksum: after },
  })

testRule(integrityChanged, {
  clear: [
    { name: 'a new version has a new hash', subject: aDependencyChange() },
    {
      name: 'a stronger algorithm takes the place of a weak one',
      subject: replaced(integrityOf('published', 'sha1'), published),
    },
    {
      name: 'a weak hash is written beside the same strong one',
      subject: replaced(published, `${published} ${integrityOf('published', 'sha1')}`),
    },
    { name: 'the hash is lost, which is integrity-missing', subject: replaced(published, undefined) },
    { name: 'a hash is gained', subject: replaced(undefined, published) },
    {
      name: 'a checksum with another cache key, which is of an archive packed in another way',
      subject: checksummed('8/c0ffee', '10c0/decade'),
    },
    { name: 'only options and blanks around the hash differ', subject: replaced(published, ` ${published}?note `) },
  ],
  flagged: [
    { name: 'another hash of the same algorithm', ...flagged(published, other) },
    {
      name: 'another checksum of later Yarn with the same cache key',
      subject: checksummed('10c0/c0ffee', '10c0/decade'),
      observations: [
        {
          message: 'is locked to other bytes although its name, version and source stayed the same',
          evidence: [
            { label: 'checksum before', value: foreign('10c0/c0ffee') },
            { label: 'checksum now', value: foreign('10c0/decade') },
          ],
          anchors: [{ kind: 'entry', lockfile: 'yarn.lock', key: 'left-pad@npm:1.0.0', field: 'checksum' }],
        },
      ],
    },
    { name: 'another sha1', ...flagged(integrityOf('published', 'sha1'), integrityOf('other', 'sha1')) },
    {
      name: 'a second hash of the same algorithm, which an installer accepts as well',
      ...flagged(published, `${published} ${other}`),
    },
    {
      name: 'one of two algorithms differs',
      ...flagged(`${integrityOf('published', 'sha1')} ${published}`, `${integrityOf('published', 'sha1')} ${other}`),
    },
  ],
})
