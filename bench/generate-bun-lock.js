import { generateProject, range } from './generate-project.js'

/** The project as Bun writes it to bun.lock. */
export function generateBunLock({ count, upgraded }) {
  const project = generateProject({ count, upgraded })
  const direct = project.filter((one) => one.direct).map(({ name }) => `        "${name}": "${range}",`)
  const packages = project.map(({ name, version, integrity, requires, host }) => {
    const info =
      requires.length === 0 ? {} : { dependencies: Object.fromEntries(requires.map((other) => [other, range])) }
    const spaced = JSON.stringify(info).replaceAll('{"', '{ "').replaceAll('"}', '" }').replaceAll('}}', '} }')
    const key = host === undefined ? name : `${host}/${name}`
    return `    "${key}": ["${name}@${version}", "", ${spaced.replaceAll(':', ': ').replaceAll(',', ', ')}, "${integrity}"],`
  })
  return [
    '{',
    '  "lockfileVersion": 1,',
    '  "workspaces": {',
    '    "": {',
    '      "name": "bench",',
    '      "dependencies": {',
    ...direct,
    '      },',
    '    },',
    '  },',
    '  "packages": {',
    packages.join('\n\n'),
    '  }',
    '}',
    '',
  ].join('\n')
}
