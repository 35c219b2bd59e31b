import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import seeds from '@sigstore/tuf/seeds.json' with { type: 'json' }
import { readOperatorTrustRoot } from '../../src/cli/operator-trust-root.js'
import { UsageError } from '../../src/cli/surroundings.js'

let cwd: string

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'lockwarden-trust-root-'))
  const [seed] = Object.values(seeds)
  await writeFile(join(cwd, 'root.json'), Buffer.from(seed?.targets['trusted_root.json'] ?? '', 'base64'))
  await writeFile(join(cwd, 'damaged.json'), '{"tlogs":[{}],"certificateAuthorities":[{"certChain":7}]}')
  await writeFile(join(cwd, 'other.json'), '{"tlogs":[],"certificateAuthorities":[]}')
})

afterAll(() => rm(cwd, { recursive: true }))

const read = (file?: string) =>
  readOperatorTrustRoot({ cwd, env: file === undefined ? {} : { LOCKWARDEN_TRUST_ROOT: file } })

describe("the operator's trust root", () => {
  it('is none where the operator names none', async () => {
    expect([await read(), await read('')]).toEqual([undefined, undefined])
  })

  it("is the named file, with the keys of npm's registry that we ship", async () => {
    const root = await read('root.json')
    const material = await root?.material()
    expect([material?.certificateAuthorities.length, root?.registryKeys.length]).toEqual([2, 2])
  })

  it('is never the shipped one in place of a file that cannot be used', async () => {
    await expect(read('absent.json')).rejects.toThrow(UsageError)
    await expect(read('damaged.json')).rejects.toThrow(UsageError)
    await expect(read('other.json')).rejects.toThrow(
      'LOCKWARDEN_TRUST_ROOT: other.json is no trust root that can be used (a trust root needs a certificate authority and a log)',
    )
  })
})
