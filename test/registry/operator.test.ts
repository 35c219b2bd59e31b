import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { OperatorError, readOperator } from '../../src/registry/operator.js'
import { publicHosts, publicRegistry } from '../../src/registry/public-registry.js'

/** As an .npmrc writes a variable. */
const variable = `$\{ACME_TOKEN}`

/** A home and a global folder of their own, so that this machine's settings are not read. */
async function withHome<T>(
  files: { readonly user?: string; readonly global?: string; readonly project?: string },
  test: (env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lockwarden-operator-'))
  const project = join(folder, 'project')
  // Below the project, where npm looking upwards for a project's npmrc would find that one.
  const home = join(project, 'home')
  await Promise.all([mkdir(home, { recursive: true }), mkdir(join(folder, 'etc'))])
  if (files.user !== undefined) await writeFile(join(home, '.npmrc'), files.user)
  if (files.global !== undefined) await writeFile(join(folder, 'etc', 'npmrc'), files.global)
  if (files.project !== undefined) {
    await writeFile(join(project, '.npmrc'), files.project)
    await writeFile(join(project, 'package.json'), '{"name":"poisoned"}')
  }
  const cwd = process.cwd()
  process.chdir(project)
  try {
    return await test({ HOME: home, PREFIX: folder })
  } finally {
    process.chdir(cwd)
    await rm(folder, { recursive: true })
  }
}

describe('readOperator', () => {
  it('is the public registry where nobody said otherwise', async () => {
    await withHome({}, async (env) => {
      const { connection, ...rest } = await readOperator({}, env)

      expect(rest).toEqual({ registry: publicRegistry, scopes: {}, allowedHosts: [], offline: false })
      expect(Object.keys(connection).filter((key) => key.startsWith('//'))).toEqual([])
    })
  })

  it('reads the user and the global npmrc with variables replaced, the user first', async () => {
    const user = [
      'registry=https://user.example',
      '@acme:registry=https://npm.acme.example/npm',
      `//npm.acme.example/npm/:_authToken=${variable}`,
    ]
    const global = ['registry=https://global.example/', 'strict-ssl=false', '@other:registry=https://other.example/']
    await withHome({ user: user.join('\n'), global: global.join('\n') }, async (env) => {
      const operator = await readOperator({}, { ...env, ACME_TOKEN: 'a-token' })

      expect(operator.registry).toBe('https://user.example/')
      expect(operator.scopes).toEqual({
        '@acme': 'https://npm.acme.example/npm/',
        '@other': 'https://other.example/',
      })
      expect(operator.connection['//npm.acme.example/npm/:_authToken']).toBe('a-token')
      expect(operator.connection.strictSSL).toBe(false)
    })
  })

  it("takes npm's environment over the files, and the flag over both", async () => {
    await withHome({ user: 'registry=https://user.example' }, async (env) => {
      const fromEnvironment = { ...env, npm_config_registry: 'https://env.example/', npm_config_offline: 'true' }
      const byEnvironment = await readOperator({}, fromEnvironment)
      const byFlag = await readOperator({ registry: 'http://127.0.0.1:4873', offline: false }, fromEnvironment)

      expect([byEnvironment.registry, byEnvironment.offline]).toEqual(['https://env.example/', true])
      expect([byFlag.registry, byFlag.offline]).toEqual(['http://127.0.0.1:4873/', false])
    })
  })

  it('reads nothing of the directory it stands in', async () => {
    const project = [
      'registry=https://evil.example/',
      '@acme:registry=https://evil.example/',
      'proxy=http://evil.example:8080',
      'https-proxy=http://evil.example:8080',
      'strict-ssl=false',
      'userconfig=./.npmrc',
      'globalconfig=./.npmrc',
      'prefix=.',
      'ca=evil',
      'offline=true',
      '//evil.example/:_authToken=x',
    ]
    await withHome({ project: project.join('\n'), user: '//npm.acme.example/:_authToken=x' }, async (env) => {
      const operator = await readOperator({}, env)

      expect(operator.registry).toBe(publicRegistry)
      expect(JSON.stringify(operator)).not.toContain('evil')
      expect([operator.scopes, operator.offline, operator.connection.strictSSL]).toEqual([{}, false, true])
    })
  })

  it('joins the allowed hosts of flags and environment', async () => {
    await withHome({}, async (env) => {
      const { allowedHosts } = await readOperator(
        { allowHosts: ['NPM.acme.example'] },
        { ...env, LOCKWARDEN_ALLOW_HOSTS: '127.0.0.1:4873, cdn.acme.example' },
      )

      expect(allowedHosts).toEqual(['npm.acme.example', '127.0.0.1:4873', 'cdn.acme.example'])
    })
  })

  it.each([['ftp://user:secret@x.example'], ['user:secret@x.example'], ['']])(
    'refuses a registry that is no address, without repeating %p',
    async (registry) => {
      await withHome({}, async (env) => {
        const refused = readOperator({ registry }, env)

        await expect(refused).rejects.toThrow(new OperatorError('--registry is not an http or https address'))
      })
    },
  )

  it('leaves the environment as it was', async () => {
    await withHome({}, async (env) => {
      const before = { ...env }
      await readOperator({}, env)

      expect(env).toEqual(before)
    })
  })
})

describe('the public registry', () => {
  it("is what npm's library falls back to, and one of the hosts that mean it", () => {
    expect(publicHosts).toContain(new URL(publicRegistry).host)
    expect(publicHosts).toHaveLength(2)
  })
})
