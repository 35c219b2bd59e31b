import { describe, expect, it } from '@jest/globals'
import { addressWithoutSecrets, withoutSecrets } from '../../../src/repository/mcp/without-secrets.js'

describe('a command line for people', () => {
  const hidden: readonly (readonly [words: readonly string[], shown: readonly string[]])[] = [
    [
      ['--api-key', 'abc'],
      ['--api-key', '…'],
    ],
    [['--access-token=abc'], ['--access-token=…']],
    [
      ['-e', 'MAIL=abc'],
      ['-e', 'MAIL=…'],
    ],
    [['MAIL_PASSWORD=abc'], ['MAIL_PASSWORD=…']],
    [
      ['--header', 'Authorization: Bearer abc'],
      ['--header', 'Authorization: …'],
    ],
    [['ghp_0123456789abcdefghij'], ['…']],
    [['postgres://user:abc@db.example/mail'], ['postgres://…@db.example/mail']],
    [['https://mail.example/mcp?apiKey=abc&page=1'], ['https://mail.example/mcp?apiKey=…&page=1']],
  ]
  for (const [words, shown] of hidden) {
    it(`says ${shown.join(' ')}`, () => {
      expect(withoutSecrets(words)).toEqual(shown)
    })
  }

  const kept: readonly (readonly string[])[] = [
    ['npx', '-y', '@acme/mail-mcp@1.2.3'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as configurations write it.
    ['--api-key', '${MAIL_KEY}'],
    ['--token-file', '/run/secrets/mail'],
    ['--session-path', 'state'],
    ['--api-key', '--verbose'],
    [`acme/mail@sha256:${'0a'.repeat(32)}`],
    ['C:\\Users\\me'],
    ['https://mail.example/mcp?page=1'],
  ]
  for (const words of kept) {
    it(`keeps ${words.join(' ')}`, () => {
      expect(withoutSecrets(words)).toEqual(words)
    })
  }

  it('takes time in proportion to an address of any kind', () => {
    const long = `https://${'a:'.repeat(100_000)}?${'a='.repeat(100_000)}`
    expect(addressWithoutSecrets(long).length).toBeGreaterThan(0)
  })
})
