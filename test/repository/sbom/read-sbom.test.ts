import { describe, expect, it } from '@jest/globals'
import { sbomReader } from '../../../src/repository/sbom/read-sbom.js'

const read = (file: string, value: unknown) => sbomReader.read(file, JSON.stringify(value), () => false)

describe('a bill of materials', () => {
  it.each([
    ['sbom.json', true],
    ['bom.json', true],
    ['app.cdx.json', true],
    ['dist/app-sbom.json', true],
    ['sbom.spdx.json', true],
    ['bombastic.json', false],
    ['package.json', false],
  ])('is looked for by name: %s', (path, matches) => {
    expect(sbomReader.matches(path)).toBe(matches)
  })

  it('in CycloneDX names npm packages at every depth, scopes decoded', () => {
    const components = [
      { purl: 'pkg:npm/left-pad@1.3.0', components: [{ purl: 'pkg:npm/%40acme/core@2.0.0?vcs_url=x#lib' }] },
      { purl: 'pkg:pypi/httpx@0.27.0' },
      { purl: 'pkg:npm/%zz@1' },
      { name: 'without' },
    ]
    expect(read('bom.json', { bomFormat: 'CycloneDX', components })).toEqual({
      sboms: [{ file: 'bom.json', format: 'cyclonedx', components: new Set(['left-pad@1.3.0', '@acme/core@2.0.0']) }],
    })
  })

  it('in SPDX names them by the references of its packages', () => {
    const packages = [{ externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:npm/left-pad@1.3.0' }] }, {}]
    expect(read('x.spdx.json', { spdxVersion: 'SPDX-2.3', packages })).toEqual({
      sboms: [{ file: 'x.spdx.json', format: 'spdx', components: new Set(['left-pad@1.3.0']) }],
    })
  })

  it('is none where the file of that name is something else, and broken where it is no JSON', () => {
    expect(read('bom.json', { parts: [] })).toEqual({})
    expect(sbomReader.read('bom.json', '{', () => false)).toEqual({ broken: 1 })
    expect(sbomReader.read('bom.json', '['.repeat(200_000), () => false)).toEqual({ broken: 1 })
  })
})
