import { describe, expect, it } from '@jest/globals'
import { readKept, readKeptValidators, writeKept } from '../../src/registry/kept-packument.js'
import { parsePackument } from '../../src/registry/packument.js'

const aDocument = (versions: Readonly<Record<string, unknown>>, rest: Readonly<Record<string, unknown>> = {}) => {
  const document = parsePackument('widget', { name: 'widget', versions, ...rest })
  if (document === undefined) throw new Error('no document')
  return document
}

const people = (name: string) => ({ _npmUser: { name, email: `${name}@mail.example` }, maintainers: [{ name }] })

describe('a kept packument', () => {
  it.each([
    ['without versions', aDocument({})],
    [
      'with people, statements and signatures that versions share or not',
      aDocument(
        {
          '1.0.0': { ...people('a'), repository: 'github:acme/widget', deprecated: 'old' },
          '1.0.1': {
            _npmUser: { name: 'CI', trustedPublisher: { id: 'github' }, approver: { name: 'a' } },
            maintainers: [{ name: 'a' }],
            repository: 'github:acme/widget',
            dist: {
              attestations: { url: 'https://registry.example/x', provenance: { predicateType: 'p' } },
              signatures: [
                { keyid: 'k', sig: '1' },
                { keyid: 'l', sig: '2' },
              ],
            },
          },
          '1.0.2': { dist: { signatures: [{ keyid: 'k', sig: '3' }] } },
        },
        {
          'dist-tags': { latest: '1.0.2', __proto__: 'x' },
          time: { created: '2020-01-01T00:00:00Z', '0.9.0': '2020-01-01T00:00:00Z', '1.0.0': '2020-01-02T00:00:00Z' },
        },
      ),
    ],
    [
      'with lines, tabs and blanks wherever they can be',
      aDocument({ ' 1.0.0\n': { description: 'a\n\tb\u2028' }, '1.0.1': '\n' }),
    ],
    ['of a security placeholder', aDocument({ '0.0.1-security': {} })],
  ])('is the document that was written: %s', (_, document) => {
    expect(readKept(writeKept(document, { etag: '"a"' }, 'key'))).toEqual(document)
  })

  it('has the form that its number in `packument-source.ts` stands for: whoever changes the one raises the other', () => {
    const document = aDocument(
      { '1.0.0': { ...people('a'), repository: 'r', dist: { signatures: [{ keyid: 'k', sig: 's' }] } }, '1.0.1': {} },
      { 'dist-tags': { latest: '1.0.1' }, time: { '1.0.0': '2020-01-02T00:00:00Z', '0.9.0': '2020-01-01T00:00:00Z' } },
    )

    expect(writeKept(document, { etag: '"a"' }, 'key').split('\n')).toEqual([
      '{"source":"key","validators":{"etag":"\\"a\\""}}',
      '{"packument":{"name":"widget","versions":["1.0.0","1.0.1"],"time":{"1.0.0":"2020-01-02T00:00:00Z","0.9.0":"2020-01-01T00:00:00Z"},"distTags":{"latest":"1.0.1"},"securityHolding":false,"unpublished":false},"withdrawn":["0.9.0"],"size":529}',
      '{"shared":[{"name":"a","email":"a@mail.example"},["a"],[],"r","k"],"rows":[["1.0.0",0,1,2,3,{},[[4,"s"]]],["1.0.1",-1,2,2,-1,{},[]]]}',
      '{"repository":"r","dist":{}}',
      '{}',
    ])
  })

  it('says what it was answered with, and only to whom it was answered', () => {
    const text = writeKept(
      aDocument({ '1.0.0': {} }),
      { etag: '"a"', lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT' },
      'key',
    )

    expect([readKeptValidators(text, 'key'), readKeptValidators(text, 'other'), readKeptValidators('', 'key')]).toEqual(
      [{ etag: '"a"', lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT' }, undefined, undefined],
    )
  })
})
