import { describe, expect, it } from '@jest/globals'
import { mergeAdvisories } from '../../../src/registry/advisories/merge-advisories.js'
import { anAdvisory } from '../../builders/advisories.js'

const ghsa = anAdvisory({
  id: 'GHSA-aaaa-aaaa-aaaa',
  aliases: ['CVE-0000-0001'],
  severity: 'low',
  fixed: '1.0.9',
  fixes: ['1.0.9'],
})
const other = anAdvisory({
  id: 'DB-1',
  aliases: ['CVE-0000-0001'],
  summary: 'Another text',
  severity: 'high',
  fixed: '1.0.10',
  fixes: ['1.0.10'],
})

describe('one vulnerability in several databases', () => {
  it('is one advisory: as bad as the worst says, and fixed where all say so', () => {
    expect(mergeAdvisories([other, ghsa])).toEqual([
      {
        ...ghsa,
        aliases: ['CVE-0000-0001', 'DB-1'],
        severity: 'high',
        fixed: '1.0.10',
        fixes: ['1.0.9', '1.0.10'],
      },
    ])
  })

  it('is found through a third record that names both', () => {
    const one = anAdvisory({ id: 'A-1' })
    const two = anAdvisory({ id: 'B-1' })
    const both = anAdvisory({ id: 'C-1', aliases: ['A-1', 'B-1'] })
    expect(mergeAdvisories([one, two, both]).map(({ id, aliases }) => [id, aliases])).toEqual([['A-1', ['B-1', 'C-1']]])
  })

  it('is malware where any of them says so, in the words of that one', () => {
    const malware = anAdvisory({
      id: 'MAL-0000-1',
      aliases: [ghsa.id],
      summary: 'Malicious code in it',
      severity: 'critical',
      malicious: true,
    })
    expect(mergeAdvisories([ghsa, malware])).toEqual([
      {
        ...malware,
        aliases: ['CVE-0000-0001', 'GHSA-aaaa-aaaa-aaaa'],
        fixed: '1.0.9',
        fixes: ['1.0.9'],
      },
    ])
  })

  it('stays apart from what has no id in common, in the order of ids', () => {
    const last = anAdvisory({ id: 'Z-1' })
    expect(mergeAdvisories([last, ghsa]).map(({ id }) => id)).toEqual(['GHSA-aaaa-aaaa-aaaa', 'Z-1'])
  })
})
