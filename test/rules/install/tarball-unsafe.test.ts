import { foreign } from '../../../src/foreign.js'
import type { UnsafeEntry } from '../../../src/package/package-facts.js'
import { tarballUnsafe } from '../../../src/rules/install/tarball-unsafe.js'
import type { Evidence } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const withEntries = (...unsafe: UnsafeEntry[]) => aPackage({ unsafe })
const withLimit = (limit: string) => aPackage({ limits: [{ limit, detail: 'it says so' }] })
const upgrade = aDependencyChange()
const added = aDependencyChange({ before: null })
const link: UnsafeEntry = { path: 'a', reason: 'symbolic-link', target: '../../x' }

const anchors = [
  { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'integrity' },
] as const
const entries = (...evidence: Evidence[]) => ({
  message: 'comes as an archive with entries that unpack elsewhere or over each other',
  evidence,
  anchors,
})
const limits = (...names: string[]) => ({
  message: 'comes as an archive that exceeds the limits within which it can be read',
  evidence: names.map((label) => ({ label, value: foreign('it says so') })),
  anchors,
})
const entry = (label: string, file: string, value = file): Evidence => ({ label, value: foreign(value), file })
const many = Array.from({ length: 60 }, (_, i): UnsafeEntry => ({ path: `p${i}`, reason: 'duplicate-path' }))

testRule(tarballUnsafe, {
  clear: [
    { name: 'an ordinary archive', subject: added, facts: { package: aPackage() } },
    {
      name: 'an entry that the version before had too',
      subject: upgrade,
      facts: { package: withEntries(link), previousPackage: withEntries(link) },
    },
    {
      name: 'a limit on time, which says nothing about the archive',
      subject: added,
      facts: { package: withLimit('maxUnpackMillis') },
    },
    {
      name: 'more files behind an install script than are followed',
      subject: upgrade,
      facts: { package: withLimit('maxScriptFiles'), previousPackage: aPackage() },
    },
    {
      name: 'a limit that the version before hit too',
      subject: upgrade,
      facts: { package: withLimit('maxUnpackedBytes'), previousPackage: withLimit('maxUnpackedBytes') },
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a link out of the package',
      subject: added,
      facts: { package: withEntries(link) },
      observations: [entries(entry('symbolic link', 'a', 'a → ../../x'))],
    },
    {
      name: 'another link than before',
      subject: upgrade,
      facts: { package: withEntries({ ...link, target: '/x' }), previousPackage: withEntries(link) },
      observations: [entries(entry('symbolic link', 'a', 'a → /x'))],
    },
    {
      name: 'paths of every kind that do not stay where they seem to be',
      subject: aDependencyChange({ kind: 'replaced' }),
      facts: {
        package: withEntries(
          { path: '../x', reason: 'path-traversal' },
          { path: '/x', reason: 'absolute-path' },
          { path: 'a.js', reason: 'duplicate-path' },
          { path: 'B.js', reason: 'colliding-path', target: 'b.js' },
        ),
      },
      observations: [
        entries(
          entry('path out of the package', '../x'),
          entry('absolute path', '/x'),
          entry('path that occurs twice', 'a.js'),
          entry('paths that are one file on some systems', 'B.js', 'B.js → b.js'),
        ),
      ],
    },
    {
      name: 'two licences whose names differ in case, at a low severity',
      subject: added,
      facts: { package: withEntries({ path: 'package/LICENSE', reason: 'colliding-path', target: 'license' }) },
      observations: [
        {
          ...entries(entry('paths that are one file on some systems', 'package/LICENSE', 'package/LICENSE → license')),
          severity: 'low',
        },
      ],
    },
    {
      name: 'a decompression bomb',
      subject: upgrade,
      facts: { package: withLimit('maxUnpackRatio'), previousPackage: aPackage() },
      observations: [limits('maxUnpackRatio')],
    },
    {
      name: 'bad entries and a limit at once',
      subject: added,
      facts: { package: aPackage({ unsafe: [link], limits: [{ limit: 'maxPackageFiles', detail: 'it says so' }] }) },
      observations: [entries(entry('symbolic link', 'a', 'a → ../../x')), limits('maxPackageFiles')],
    },
    {
      name: 'more bad entries than are told',
      subject: added,
      facts: { package: withEntries(...many) },
      observations: [entries(...many.slice(0, 50).map(({ path }) => entry('path that occurs twice', path)))],
    },
  ],
})
