import { describe, expect, it } from '@jest/globals'
import { readKept, writeKept } from '../../src/registry/kept-packument.js'
import { parsePackument } from '../../src/registry/packument.js'
import fc from '../seeded-properties.js'

const text = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '\n', '\u2028', '1.0.0', 'a'))

/** Of the shape that npm documents, or anything instead of a part. */
const part = <T>(wanted: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: wanted as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: fc.jsonValue() })

const account = fc.record({ name: part(text), email: part(text) }, { requiredKeys: [] })

const manifest = fc.record(
  {
    _npmUser: part(
      fc.record({ name: part(text), trustedPublisher: part(fc.record({ id: text })), approver: part(account) }),
    ),
    maintainers: part(fc.array(part(account), { maxLength: 3 })),
    repository: part(fc.record({ url: text })),
    deprecated: part(text),
    dist: part(
      fc.record(
        {
          integrity: part(text),
          attestations: part(fc.record({ provenance: part(fc.record({ predicateType: text })) })),
          signatures: part(fc.array(part(fc.record({ keyid: text, sig: text })), { maxLength: 2 })),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
)

const version = fc.constantFrom('1.0.0', '1.0.1', ' 2.0.0\n', 'v3.0.0', '0.0.1-security', 'no version', '__proto__')

const document = fc.record(
  {
    name: part(fc.constant('widget')),
    versions: part(fc.dictionary(version, part(manifest), { maxKeys: 4 })),
    time: part(fc.dictionary(version, part(fc.constantFrom('2020-01-01T00:00:00Z', 'never')), { maxKeys: 4 })),
    'dist-tags': part(fc.dictionary(text, part(text), { maxKeys: 3 })),
  },
  { requiredKeys: [] },
)

describe('any document of a registry', () => {
  it('is refused, or has a release for each version and nothing that only the prototype has', () => {
    let releasesSeen = 0
    fc.assert(
      fc.property(document, (value) => {
        const parsed = parsePackument('widget', JSON.parse(JSON.stringify(value)))
        if (parsed === undefined) return
        releasesSeen += parsed.packument.releases.size
        const { versions, releases } = parsed.packument
        expect([...releases.keys()]).toEqual(versions)
        expect(versions.filter((one) => ['no version', '__proto__'].includes(one))).toEqual([])
        for (const release of releases.values()) {
          expect([release.publisher?.name, release.approver, release.repository]).not.toContain('')
          expect([release.maintainers, release.attestations].every((list) => list.every((one) => one !== ''))).toBe(
            true,
          )
        }
      }),
    )
    expect(releasesSeen).toBeGreaterThan(20)
  })

  it('is, when it was kept and is read again, what it was', () => {
    fc.assert(
      fc.property(document, (value) => {
        const parsed = parsePackument('widget', JSON.parse(JSON.stringify(value)))
        if (parsed !== undefined) expect(readKept(writeKept(parsed, { etag: '"a"' }, 'key'))).toEqual(parsed)
      }),
    )
  })
})
