import { generateProject, range, tarball } from './generate-project.js'

/** The project as a package-lock.json of version 3. */
export function generatePackageLock({ count, upgraded, registry }) {
  const project = generateProject({ count, upgraded })
  const dependencies = Object.fromEntries(project.filter(({ direct }) => direct).map(({ name }) => [name, range]))
  const packages = { '': { name: 'bench', version: '1.0.0', dependencies } }
  for (const one of project) {
    const { name, version, integrity, requires, host, dev, optional } = one
    packages[host === undefined ? `node_modules/${name}` : `node_modules/${host}/node_modules/${name}`] = {
      version,
      resolved: tarball(registry, one),
      integrity,
      ...(dev && { dev: true }),
      ...(optional && { optional: true }),
      license: 'MIT',
      engines: { node: '>=18' },
      ...(requires.length > 0 && { dependencies: Object.fromEntries(requires.map((other) => [other, range])) }),
    }
  }
  return `${JSON.stringify({ name: 'bench', version: '1.0.0', lockfileVersion: 3, requires: true, packages }, null, 2)}\n`
}
