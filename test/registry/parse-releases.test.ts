import { describe, expect, it } from '@jest/globals'
import { maxReleaseMaintainers, maxReleaseSignatures, maxReleaseTextCharacters } from '../../src/limits.js'
import { releaseParser } from '../../src/registry/parse-releases.js'
import type { Release } from '../../src/registry/release-history.js'

const parse = (manifest: unknown): Release => releaseParser().parse('1.0.0', manifest)

const nothing: Release = { version: '1.0.0', maintainers: [], attestations: [], signatures: [] }

describe('the record of a release', () => {
  it('says who and what published it, who approved it, and what is attested and signed', () => {
    const manifest = {
      _npmUser: {
        name: 'GitHub Actions',
        email: 'npm-oidc-no-reply@github.com',
        trustedPublisher: { id: 'github', oidcConfigId: 'oidc:1' },
        approver: { name: 'someone', email: 'someone@mail.example' },
      },
      maintainers: [{ name: 'someone', email: 'someone@mail.example' }, { name: 'another' }],
      repository: { type: 'git', url: 'git+https://code.example/acme/widget.git' },
      dist: {
        attestations: {
          url: 'https://registry.example/-/npm/v1/attestations/widget@1.0.0',
          provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
        },
        signatures: [{ keyid: 'SHA256:abc', sig: 'MEUC' }],
      },
    }

    expect(parse(manifest)).toEqual({
      version: '1.0.0',
      publisher: { name: 'GitHub Actions', email: 'npm-oidc-no-reply@github.com' },
      trustedPublisher: 'github',
      approver: 'someone',
      maintainers: ['someone', 'another'],
      attestations: ['https://slsa.dev/provenance/v1'],
      signatures: [{ keyId: 'SHA256:abc', signature: 'MEUC' }],
      repository: 'git+https://code.example/acme/widget.git',
    })
  })

  it('reads what was written in other ways: names alone, an address alone', () => {
    const manifest = {
      _npmUser: { name: 'someone', approver: 'another' },
      maintainers: ['someone <someone@mail.example>', 'another'],
      repository: 'github:acme/widget',
    }

    expect(parse(manifest)).toEqual({
      ...nothing,
      publisher: { name: 'someone' },
      approver: 'another',
      maintainers: ['someone', 'another'],
      repository: 'github:acme/widget',
    })
  })

  it('is empty where a mirror left everything out', () => {
    expect(parse({ name: 'widget', version: '1.0.0', dist: {} })).toEqual(nothing)
  })

  it('takes no maintainers from a document without publishers, where they are what the package says of itself', () => {
    expect(parse({ maintainers: [{ name: 'somebody-trusted' }] })).toEqual(nothing)
  })

  const wrong: Readonly<Record<string, unknown>> = {
    'no object': 7,
    'null everywhere': { _npmUser: null, maintainers: null, repository: null, dist: null },
    'texts for objects': { _npmUser: 'someone', dist: 'x' },
    'objects for texts': {
      _npmUser: { name: {}, email: [], trustedPublisher: { id: 1 }, approver: [] },
      repository: { url: {} },
      dist: { attestations: { provenance: { predicateType: 1 }, url: 'x' }, signatures: [{ keyid: 'k' }, null] },
    },
    'a list for an object': {
      _npmUser: ['someone'],
      dist: { attestations: ['x'], signatures: { keyid: 'a', sig: 'b' } },
    },
    'texts longer than any real one': {
      _npmUser: { name: 'a'.repeat(maxReleaseTextCharacters + 1) },
      repository: 'a'.repeat(maxReleaseTextCharacters + 1),
    },
    'what only the prototype has': JSON.parse('{"__proto__":{"_npmUser":{"name":"someone"},"repository":"x"}}'),
  }
  for (const [name, manifest] of Object.entries(wrong)) {
    it(`leaves out what is not of npm's shape: ${name}`, () => {
      expect(parse(manifest)).toEqual(nothing)
    })
  }

  it('leaves out what is no maintainer', () => {
    const maintainers = [{ name: 1 }, 2, null, '', ' <only@mail.example>', { name: 'someone' }]
    expect(parse({ _npmUser: { name: 'someone' }, maintainers }).maintainers).toEqual(['someone'])
  })

  it('keeps no more than is ever real of lists', () => {
    const many = (count: number, make: (index: number) => unknown) => Array.from({ length: count }, (_, i) => make(i))
    const { maintainers, signatures } = parse({
      _npmUser: { name: 'm0' },
      maintainers: many(maxReleaseMaintainers + 5, (index) => `m${index}`),
      dist: { signatures: many(maxReleaseSignatures + 5, (index) => ({ keyid: `k${index}`, sig: 's' })) },
    })

    expect([maintainers.length, signatures.length]).toEqual([maxReleaseMaintainers, maxReleaseSignatures])
  })

  it('holds once what thousands of versions repeat', () => {
    const parser = releaseParser()
    const manifest = {
      _npmUser: { name: 'someone', email: 'someone@mail.example' },
      maintainers: Array.from({ length: 100 }, (_, index) => ({ name: `maintainer-${index}` })),
    }
    const first = parser.parse('1.0.0', manifest)
    const sizeOfOne = parser.size
    const second = parser.parse('1.0.1', structuredClone(manifest))

    expect(second.maintainers).toBe(first.maintainers)
    expect(second.publisher).toBe(first.publisher)
    expect(parser.size - sizeOfOne).toBeLessThan(sizeOfOne / 5)
  })
})
