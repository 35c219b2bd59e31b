import { describe, expect, it } from '@jest/globals'
import { redact } from '../../src/github/redact.js'

const part = (count: number): string => 'aB3_-'.repeat(count)

describe('redact', () => {
  it.each([
    ['the old format', `ghs_${'a1'.repeat(18)}`],
    ['the long stateless format with dots', `ghs_1234_${part(8)}.${part(40)}.${part(20)}`],
    ['a personal token', `ghp_${'a1'.repeat(18)}`],
    ['a fine-grained one', `github_pat_${'a1'.repeat(30)}`],
    ['a JWT of the App', `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjF9.${part(20)}`],
  ])('leaves nothing of %s', (_, token) => {
    expect(redact(`before ${token} after`)).toBe('before [token] after')
  })

  it('leaves other text as it is', () => {
    const text = 'GET /repos/acme/shop 404 ghs_ ghost_in_the_shell eyJ github_pat_ sha512-abc'
    expect(redact(text)).toBe(text)
  })
})
