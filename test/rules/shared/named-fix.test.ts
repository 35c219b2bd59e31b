import { describe, expect, it } from '@jest/globals'
import { isNamedFix } from '../../../src/rules/shared/named-fix.js'
import { anAdvisory } from '../../builders/advisories.js'

const had = anAdvisory({ fixed: '1.0.3', fixes: ['1.0.3', '2.1.0'] })

describe('isNamedFix', () => {
  it('holds for what an advisory about the version before names as fixed, in any line', () => {
    const fixes = ['1.0.3', '2.1.0', '1.0.4'].map((version) => isNamedFix({ before: [had], after: [] }, version))
    expect(fixes).toEqual([true, true, false])
  })

  it('holds for no version that has the same vulnerability still, by whatever id', () => {
    const still = anAdvisory({ id: 'DB-1', aliases: [had.id] })
    expect(isNamedFix({ before: [had], after: [still] }, '1.0.3')).toBe(false)
  })

  it('holds for any version that leaves malware behind, and for none that is it too', () => {
    const malware = anAdvisory({ id: 'MAL-0000-1', malicious: true })
    expect(isNamedFix({ before: [malware], after: [] }, '0.9.0')).toBe(true)
    expect(isNamedFix({ before: [malware], after: [malware] }, '0.9.0')).toBe(false)
    expect(isNamedFix({ before: [], after: [] }, '0.9.0')).toBe(false)
  })
})
