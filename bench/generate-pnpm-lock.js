import { generateProject, range } from './generate-project.js'

/** The project as pnpm 5 (format 5.4), 8 (6.0) or 9 and later (9.0) write it. */
export function generatePnpmLock({ count, upgraded, version }) {
  const project = generateProject({ count, upgraded }).sort((a, b) => (a.name < b.name ? -1 : 1))
  const versions = new Map(project.map((one) => [one.name, one.version]))
  const write = { 5: writeFive, 6: writeSix, 9: writeNine }[version]
  return `${write(project, versions).join('\n')}\n`
}

function writeFive(project, versions) {
  const direct = project.filter((one) => one.direct)
  return [
    'lockfileVersion: 5.4',
    '',
    'specifiers:',
    ...direct.map(({ name }) => `  ${quoted(name)}: ${range}`),
    '',
    'dependencies:',
    ...direct.map(({ name, version }) => `  ${quoted(name)}: ${version}`),
    '',
    'packages:',
    ...project.flatMap((one) => ['', `  /${one.name}/${one.version}:`, ...fieldsOf(one, versions)]),
  ]
}

function writeSix(project, versions) {
  return [
    "lockfileVersion: '6.0'",
    '',
    ...settings,
    'dependencies:',
    ...project.filter((one) => one.direct).flatMap((one) => specifierOf(one, '  ')),
    '',
    'packages:',
    ...project.flatMap((one) => ['', `  /${one.name}@${one.version}:`, ...fieldsOf(one, versions)]),
  ]
}

function writeNine(project, versions) {
  return [
    "lockfileVersion: '9.0'",
    '',
    ...settings,
    'importers:',
    '',
    '  .:',
    '    dependencies:',
    ...project.filter((one) => one.direct).flatMap((one) => specifierOf(one, '      ')),
    '',
    'packages:',
    ...project.flatMap(({ name, version, integrity }) => [
      '',
      `  ${quoted(`${name}@${version}`)}:`,
      `    resolution: {integrity: ${integrity}}`,
      "    engines: {node: '>=18'}",
    ]),
    '',
    'snapshots:',
    ...project.flatMap(({ name, version, requires, optional }) => {
      const key = quoted(`${name}@${version}`)
      const fields = [...dependenciesOf(requires, versions), ...(optional ? ['    optional: true'] : [])]
      return ['', fields.length === 0 ? `  ${key}: {}` : `  ${key}:`, ...fields]
    }),
  ]
}

const settings = ['settings:', '  autoInstallPeers: true', '  excludeLinksFromLockfile: false', '']

const specifierOf = ({ name, version }, indent) => [
  `${indent}${quoted(name)}:`,
  `${indent}  specifier: ${range}`,
  `${indent}  version: ${version}`,
]

const fieldsOf = ({ integrity, requires, dev, optional }, versions) => [
  `    resolution: {integrity: ${integrity}}`,
  "    engines: {node: '>=18'}",
  ...dependenciesOf(requires, versions),
  `    dev: ${dev}`,
  ...(optional ? ['    optional: true'] : []),
]

const dependenciesOf = (requires, versions) =>
  requires.length === 0
    ? []
    : ['    dependencies:', ...requires.map((other) => `      ${quoted(other)}: ${versions.get(other)}`)]

const quoted = (text) => (text.startsWith('@') ? `'${text}'` : text)
