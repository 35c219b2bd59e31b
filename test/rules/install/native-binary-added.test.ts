import { foreign } from '../../../src/foreign.js'
import type { FileKind } from '../../../src/package/package-facts.js'
import { nativeBinaryAdded } from '../../../src/rules/install/native-binary-added.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aFile, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const code = [aFile('index.js'), aFile('package.json')]
const binary = (path: string, kind: FileKind, content = path) => aFile(path, { kind, content })
const withFiles = (...files: ReturnType<typeof aFile>[]) => aPackage({ files: [...code, ...files] })
const forPlatform = (...files: ReturnType<typeof aFile>[]) =>
  aPackage({ manifest: { os: ['linux'], cpu: ['x64'] }, files: [aFile('package.json'), aFile('README.md'), ...files] })
const upgrade = aDependencyChange()
const platforms = Array.from({ length: 14 }, (_, at) => `prebuilds/${String.fromCharCode(97 + at)}/pty.node`)

const observation = (...binaries: [string, string][]) => ({
  message: 'holds native binaries that the version before did not have',
  evidence: binaries.map(([label, path]) => ({ label, value: foreign(path), file: path })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

testRule(nativeBinaryAdded, {
  clear: [
    { name: 'no binaries', subject: upgrade, facts: { package: aPackage(), previousPackage: aPackage() } },
    {
      name: 'a binary that was rebuilt in its place',
      subject: upgrade,
      facts: {
        package: withFiles(binary('a.node', 'elf', 'new')),
        previousPackage: withFiles(binary('a.node', 'elf', 'old')),
      },
    },
    {
      name: 'a binary that was moved',
      subject: upgrade,
      facts: {
        package: withFiles(binary('lib/a.wasm', 'wasm', 'same')),
        previousPackage: withFiles(binary('a.wasm', 'wasm', 'same')),
      },
    },
    {
      name: 'a package for one platform that is nothing but a binary and was so before',
      subject: upgrade,
      facts: {
        package: forPlatform(binary('core.2.node', 'elf', 'new')),
        previousPackage: forPlatform(binary('core.1.node', 'elf', 'old')),
      },
    },
    {
      name: 'files that are called like binaries and are text',
      subject: upgrade,
      facts: { package: withFiles(aFile('a.node'), aFile('b.dll')), previousPackage: aPackage() },
    },
    {
      name: 'an image',
      subject: upgrade,
      facts: { package: withFiles(binary('a.png', 'binary')), previousPackage: aPackage() },
    },
    { name: 'a new package', subject: aDependencyChange({ before: null }) },
  ],
  flagged: [
    {
      name: 'a library with a Windows ending',
      subject: upgrade,
      facts: { package: withFiles(binary('node-gyp.dll', 'pe')), previousPackage: aPackage() },
      observations: [observation(['Windows binary', 'node-gyp.dll'])],
    },
    {
      name: 'an executable that is named like a picture',
      subject: upgrade,
      facts: { package: withFiles(binary('assets/logo.png', 'elf')), previousPackage: aPackage() },
      observations: [observation(['Linux binary', 'assets/logo.png'])],
    },
    {
      name: 'binaries for two platforms, in one finding',
      subject: upgrade,
      facts: { package: withFiles(binary('a.node', 'mach-o'), binary('b.wasm', 'wasm')), previousPackage: aPackage() },
      observations: [observation(['macOS binary', 'a.node'], ['WebAssembly', 'b.wasm'])],
    },
    {
      name: 'a second binary beside a known one',
      subject: upgrade,
      facts: {
        package: withFiles(binary('a.node', 'elf'), binary('b.node', 'elf')),
        previousPackage: withFiles(binary('a.node', 'elf')),
      },
      observations: [observation(['Linux binary', 'b.node'])],
    },
    {
      name: 'a binary in place of a text file of that name',
      subject: upgrade,
      facts: { package: withFiles(binary('run', 'elf', 'bytes')), previousPackage: withFiles(aFile('run')) },
      observations: [observation(['Linux binary', 'run'])],
    },
    {
      name: 'a package for one platform that held code before',
      subject: upgrade,
      facts: {
        package: forPlatform(binary('x', 'elf')),
        previousPackage: aPackage({ manifest: { os: ['linux'] }, files: code }),
      },
      observations: [observation(['Linux binary', 'x'])],
    },
    {
      name: 'a package for one platform that now holds code beside another binary',
      subject: upgrade,
      facts: {
        package: forPlatform(binary('x', 'elf'), binary('y', 'elf'), aFile('run.js')),
        previousPackage: forPlatform(binary('x', 'elf')),
      },
      observations: [observation(['Linux binary', 'y'])],
    },
    {
      name: 'more binaries than a reader needs to see (node-pty 1.1.0)',
      subject: upgrade,
      facts: {
        package: withFiles(...platforms.map((path) => binary(path, 'mach-o'))),
        previousPackage: withFiles(),
      },
      observations: [
        {
          ...observation(),
          evidence: [
            ...platforms.slice(0, 12).map((path) => ({ label: 'macOS binary', value: foreign(path), file: path })),
            { label: 'not shown', value: foreign('2 more') },
          ],
        },
      ],
    },
  ],
})
