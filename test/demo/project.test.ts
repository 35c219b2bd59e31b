import { describe, expect, it } from '@jest/globals'
import { acmeName, startAcmeRegistry } from './acme-package.js'
import { policyFile, projectFiles } from './project.js'

describe("the demo's project", () => {
  it('locks every package to its bytes, and names no address but that of the registry on loopback', async () => {
    const acme = await startAcmeRegistry()
    await acme.registry.close()
    const { 'package-lock.json': lockfile = '', 'package.json': manifest = '' } = projectFiles('head', '1.4.3', acme)
    const { '': root, ...packages } = JSON.parse(lockfile).packages as Record<string, Record<string, unknown>>

    expect(Object.keys(packages).sort()).toEqual(Object.keys(packages))
    expect(packages[`node_modules/${acmeName}`]).toEqual({
      version: '1.4.3',
      resolved: `${acme.registry.url}@acme/log-relay/-/log-relay-1.4.3.tgz`,
      integrity: expect.stringMatching(/^sha512-/),
      hasInstallScript: true,
    })
    const addresses = Object.values(packages).map(({ resolved }) => resolved)
    expect(addresses.filter((one) => one !== undefined)).toHaveLength(1)
    expect(Object.values(packages).every(({ integrity }) => String(integrity).startsWith('sha512-'))).toBe(true)
    expect(root?.dependencies).toEqual(JSON.parse(manifest).dependencies)
  })

  it('has a policy that names the registry of its scope', async () => {
    const acme = await startAcmeRegistry()
    await acme.registry.close()

    expect(policyFile(acme)['.github/lockwarden.yml']).toContain(`'@acme': ${acme.registry.url}`)
  })
})
