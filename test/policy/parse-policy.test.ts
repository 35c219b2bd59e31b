import { describe, expect, it } from '@jest/globals'
import { maxPolicyBytes, maxPolicyErrors } from '../../src/limits.js'
import { type KnownRule, parsePolicy } from '../../src/policy/parse-policy.js'
import fc from '../seeded-properties.js'

const file = '.github/lockwarden.yml'
const rules: readonly KnownRule[] = [
  { id: 'bin-added', severity: 'low' },
  { id: 'install-script-added', severity: 'high' },
  { id: 'install-script-changed', severity: 'medium' },
  { id: 'integrity-mismatch', severity: 'critical' },
  { id: 'tarball-unsafe', severity: 'high' },
]

const parse = (text: string | Buffer) => parsePolicy(text, file, rules)

const errorsIn = (text: string | Buffer) => {
  const parsed = parse(text)
  return parsed.valid ? [] : parsed.errors.map(({ line, path, seen, wanted }) => [line, path, seen, wanted])
}

const accepting = (fields: string): string => `version: 1\naccept:\n  - { ${fields} }\n`

describe('parsePolicy', () => {
  it('takes every section as the design shows it', () => {
    const text = `version: 1
failOn: high                                   # critical | high | medium | low | never
onIncomplete: action_required                  # or failure
onFlaggedBelow: success                        # or neutral
paths: { ignore: ['**/fixtures/**'] }          # each ignored change is a note
comments: { from: high, limit: 20 }
bots: { logins: [], commentsFrom: critical }
commands: { authorMayAccept: false }
registries:
  scopes: { '@acme': https://npm.acme.example } # fetched
  allowedHosts: [cdn.acme.example]             # may appear in resolved
internal: { scopes: ['@acme'], patterns: ['acme-*'] }
release: { freshDays: 3, provenanceHorizonDays: 365 }
python: { requireHashes: false, index: none }
tools: { build: [], release: [] }
advisories: { source: osv, required: false }
mcp:
  pin: []
  servers: { postmark-mcp: { allow: [sendEmail], blockedPatterns: [auth_context] } }
  services: { postmark: { scopes: ['@activecampaign'], repositories: [github.com/ActiveCampaign] } }
rules: { install-script-changed: high, bin-added: off }
accept:
  - { package: '@scope/name', version: '>=1.2 <2', rule: install-script-changed, reason: builds from source, until: 2026-12-31, integrity: sha512-AAAA }
  - { package: '@acme/*', version: '*', gap: scope-not-allowed, reason: no token here, until: 2026-12-31 }
`
    expect(parse(text)).toEqual({
      valid: true,
      document: {
        version: 1,
        failOn: 'high',
        onIncomplete: 'action_required',
        onFlaggedBelow: 'success',
        paths: { ignore: ['**/fixtures/**'] },
        comments: { from: 'high', limit: 20 },
        bots: { logins: [], commentsFrom: 'critical' },
        commands: { authorMayAccept: false },
        registries: { scopes: { '@acme': 'https://npm.acme.example' }, allowedHosts: ['cdn.acme.example'] },
        internal: { scopes: ['@acme'], patterns: ['acme-*'] },
        release: { freshDays: 3, provenanceHorizonDays: 365 },
        python: { requireHashes: false, index: 'none' },
        tools: { build: [], release: [] },
        advisories: { source: 'osv', required: false },
        mcp: {
          pin: [],
          servers: { 'postmark-mcp': { allow: ['sendEmail'], blockedPatterns: ['auth_context'] } },
          services: { postmark: { scopes: ['@activecampaign'], repositories: ['github.com/ActiveCampaign'] } },
        },
        rules: { 'install-script-changed': 'high', 'bin-added': 'off' },
        accept: [
          {
            package: '@scope/name',
            version: '>=1.2 <2',
            rule: 'install-script-changed',
            reason: 'builds from source',
            until: '2026-12-31',
            integrity: 'sha512-AAAA',
          },
          {
            package: '@acme/*',
            version: '*',
            gap: 'scope-not-allowed',
            reason: 'no token here',
            until: '2026-12-31',
          },
        ],
      },
    })
  })

  it('takes a file with a byte order mark, CRLF and comments', () => {
    const text = '\uFEFF# ours\r\nversion: 1\r\nfailOn: low\r\n'

    expect(parse(text)).toEqual({ valid: true, document: { version: 1, failOn: 'low' } })
    expect(parse(Buffer.from(text))).toEqual({ valid: true, document: { version: 1, failOn: 'low' } })
  })

  it('names the file, the line, the path, what it saw and what it wanted', () => {
    expect(parse('version: 1\n\nfailOn: hihg\n')).toEqual({
      valid: false,
      errors: [{ file, line: 3, path: 'failOn', seen: '"hihg"', wanted: 'one of critical, high, medium, low, never' }],
    })
  })

  it('refuses an unknown key at any depth on its own line, with the nearest known one', () => {
    expect(errorsIn('version: 1\ncomments:\n  from: high\n  limits: 3\nfailon: low\n')).toEqual([
      [4, 'comments.limits', 'limits', 'one of from, limit; did you mean limit?'],
      [5, 'failon', 'failon', expect.stringMatching(/^one of version, failOn, .*; did you mean failOn\?$/)],
    ])
  })

  it('refuses an unknown rule id in rules and in an acceptance, with the nearest known one', () => {
    const text = `version: 1
rules:
  install-script-addedd: high
accept:
  - package: a
    version: 1.0.0
    rule: bin-aded
    reason: r
    until: 2026-12-31
`
    expect(errorsIn(text)).toEqual([
      [
        3,
        'rules.install-script-addedd',
        'install-script-addedd',
        'the id of a rule; did you mean install-script-added?',
      ],
      [7, 'accept[0].rule', '"bin-aded"', 'the id of a rule; did you mean bin-added?'],
    ])
  })

  it.each([
    ['', 1, '', 'nothing', 'a mapping with version: 1'],
    ['# only a comment\n', 1, '', 'nothing', 'a mapping with version: 1'],
    ['failOn: low\n', 1, 'version', 'nothing', '1'],
    ['version: 2\n', 1, 'version', '2', '1'],
    ['- version: 1\n', 1, '', '[{"version":1}]', 'a mapping'],
    ['version: 1\nrules:\n', 2, 'rules', 'null', 'a mapping'],
    [
      'version: 1\nrules: { bin-added: none }\n',
      2,
      'rules.bin-added',
      '"none"',
      'one of critical, high, medium, low, off',
    ],
    ['version: 1\npaths: { ignore: a }\n', 2, 'paths.ignore', '"a"', 'a list'],
    ['version: 1\ncomments: { limit: 21 }\n', 2, 'comments.limit', '21', 'at most 20'],
    ['version: 1\ncomments: { limit: -1 }\n', 2, 'comments.limit', '-1', 'at least 0'],
    ['version: 1\nrelease: { freshDays: 1.5 }\n', 2, 'release.freshDays', '1.5', 'a whole number'],
    ['version: 1\ncommands: { authorMayAccept: yes }\n', 2, 'commands.authorMayAccept', '"yes"', 'true or false'],
    [
      'version: 1\npython: { index: ftp://a.example }\n',
      2,
      'python.index',
      '"ftp://a.example"',
      'none, or the https URL of an index',
    ],
    ['version: 1\nversion: 1\n', 2, '', 'v', 'each key once'],
    ['version: 1\na: &x [1]\nb: *x\n', 3, 'b', '*x', 'the value itself: aliases are not followed'],
    ['version: 1\n---\nversion: 1\n', 2, '', 'a second document', 'one YAML document'],
    ['version: 1\n1: a\n', 2, '', '1', 'a key that is text'],
    ['version: 1\nmcp:\n  servers:\n    __proto__: {}\n', 4, 'mcp.servers', '__proto__', 'another key'],
  ])('refuses %j', (text, line, path, seen, wanted) => {
    expect(errorsIn(text)).toEqual([[line, path, seen, wanted]])
  })

  it.each([
    ['{ acme: "https://npm.acme.example" }', 'acme', 'a scope such as @acme, in lower case'],
    ['{ "@acme": npm.acme.example }', '"npm.acme.example"', 'a URL that starts with https://'],
    ['{ "@acme": "http://npm.acme.example" }', '"http://npm.acme.example"', expect.stringMatching(/^an https URL/)],
    [
      '{ "@acme": "https://u:p@npm.acme.example" }',
      '"https://u:p@npm.acme.example"',
      expect.stringMatching(/^an https URL/),
    ],
    ['{ "@acme": "http://192.0.2.1" }', '"http://192.0.2.1"', expect.stringMatching(/^an https URL/)],
  ])('refuses the registry scopes %s', (scopes, seen, wanted) => {
    const [error, ...others] = errorsIn(`version: 1\nregistries:\n  scopes: ${scopes}\n`)

    expect(error?.slice(2)).toEqual([seen, wanted])
    expect(others).toEqual([])
  })

  it('takes http for a registry on this machine or in a private network, which the operator has to allow besides', () => {
    const scopes =
      "{ '@a': 'http://127.0.0.1:4873', '@b': 'http://[::1]:4873', '@c': 'http://localhost', '@d': 'http://10.1.2.3/npm/' }"

    expect(errorsIn(`version: 1\nregistries: { scopes: ${scopes} }\n`)).toEqual([])
  })

  it('refuses allowed hosts that are more than a host and its port', () => {
    const errors = errorsIn(
      'version: 1\nregistries:\n  allowedHosts:\n    - cdn.acme.example:8443\n    - https://a.example\n    - a.example/b\n',
    )

    expect(errors.map(([line, path]) => [line, path])).toEqual([
      [5, 'registries.allowedHosts[1]'],
      [6, 'registries.allowedHosts[2]'],
    ])
  })

  it.each([
    ['package: a, version: 1.0.0, rule: bin-added, until: 2026-12-31', 'accept[0].reason', 'nothing'],
    ['package: a, version: 1.0.0, rule: bin-added, reason: r', 'accept[0].until', 'nothing'],
    ['package: a, version: 1.0.0, reason: r, until: 2026-12-31', 'accept[0]', expect.anything()],
    [
      'package: a, version: 1.0.0, rule: bin-added, gap: limit-reached, reason: r, until: 2026-12-31',
      'accept[0]',
      expect.anything(),
    ],
    ['package: a, version: 1.0.0, rule: bin-added, reason: r, until: 2026-02-30', 'accept[0].until', '"2026-02-30"'],
    ['package: a, version: 1.0.0, rule: bin-added, reason: r, until: soon', 'accept[0].until', '"soon"'],
    ['package: a, version: newest, rule: bin-added, reason: r, until: 2026-12-31', 'accept[0].version', '"newest"'],
    ['package: a, version: 1.2, rule: bin-added, reason: r, until: 2026-12-31', 'accept[0].version', '1.2'],
    ['package: "a?", version: 1.0.0, rule: bin-added, reason: r, until: 2026-12-31', 'accept[0].package', '"a?"'],
    ['package: a, version: 1.0.0, rule: bin-added, reason: "", until: 2026-12-31', 'accept[0].reason', '""'],
    [
      'package: a, version: 1.0.0, gap: nothing-known, reason: r, until: 2026-12-31',
      'accept[0].gap',
      '"nothing-known"',
    ],
    [
      'package: a, version: 1.0.0, rule: bin-added, reason: r, until: 2026-12-31, integrity: sha1-AAAA',
      'accept[0].integrity',
      '"sha1-AAAA"',
    ],
  ])('refuses the acceptance %s', (fields, path, seen) => {
    expect(errorsIn(accepting(fields)).map(([, ...rest]) => rest.slice(0, 2))).toEqual([[path, seen]])
  })

  it.each(['integrity-mismatch', 'tarball-unsafe'])(
    'refuses to accept %s for every version, however that is written',
    (rule) => {
      for (const version of ['*', 'x', '>=0', '1 || *', '>=0.0.0']) {
        const text = accepting(`package: a, version: "${version}", rule: ${rule}, reason: r, until: 2026-12-31`)
        expect(errorsIn(text).map(([, path]) => path)).toEqual(['accept[0].version'])
      }
      expect(errorsIn(accepting(`package: a, version: ^1.2.0, rule: ${rule}, reason: r, until: 2026-12-31`))).toEqual(
        [],
      )
    },
  )

  it('refuses to accept an unreadable lockfile for every version', () => {
    const text = accepting('package: a, version: "*", gap: lockfile-unreadable, reason: r, until: 2026-12-31')

    expect(errorsIn(text).map(([, path]) => path)).toEqual(['accept[0].version'])
  })

  it('takes a missing line of an entry for the line where the entry starts', () => {
    const text = 'version: 1\naccept:\n  - package: a\n    version: 1.0.0\n    rule: bin-added\n    until: 2026-12-31\n'

    expect(errorsIn(text)).toEqual([[3, 'accept[0].reason', 'nothing', expect.any(String)]])
  })

  it('refuses broken YAML with its line', () => {
    expect(errorsIn('version: 1\nrules: {a\n')[0]?.slice(0, 2)).toEqual([3, ''])
    expect(errorsIn('version: !!js/function x\n')[0]?.slice(0, 2)).toEqual([1, ''])
  })

  it('refuses bytes that are not UTF-8', () => {
    expect(errorsIn(Buffer.from([0x76, 0xff, 0xfe]))).toEqual([[1, '', 'bytes that are not UTF-8', 'UTF-8 text']])
  })

  it('refuses a text above the size limit without parsing it', () => {
    expect(errorsIn('{'.repeat(maxPolicyBytes + 1))).toEqual([
      [1, '', `${maxPolicyBytes + 1} bytes`, `at most ${maxPolicyBytes} bytes`],
    ])
  })

  it.each(['[', '{', '- ', '{a: ', '? ', 'a:\n'])('refuses %j repeated up to the size limit, quickly', (unit) => {
    expect(errorsIn(unit.repeat(Math.floor(maxPolicyBytes / unit.length))).length).toBeGreaterThan(0)
  })

  it('refuses deep indentation', () => {
    const text = Array.from({ length: 30 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')

    expect(errorsIn(`${text} 1\n`)[0]?.slice(2)).toEqual(['deep nesting', expect.any(String)])
  })

  it('lists at most the first errors of a file that is wrong everywhere', () => {
    const text = `version: 1\n${Array.from({ length: 200 }, (_, index) => `key${index}: 1`).join('\n')}\n`

    expect(errorsIn(text)).toHaveLength(maxPolicyErrors)
  })

  it('shortens what it saw', () => {
    const [error] = errorsIn(`version: 1\nfailOn: ${'x'.repeat(1000)}\n`)

    expect(String(error?.[2]).length).toBeLessThanOrEqual(201)
  })

  it('never throws, and says why it refuses, whatever the text', () => {
    const fragments = fc.constantFrom(
      'version: 1\n',
      'rules:',
      ' {',
      '}',
      '[',
      ']',
      '- ',
      '&a ',
      '*a',
      '"',
      "'",
      '|',
      '\n',
      '  ',
      ': ',
      '---\n',
      '%YAML 1.1\n',
      '<<',
      '\u0000',
      '\uD800',
      'accept:\n',
      '!t ',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join('')),
    )

    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parse(text)
        return parsed.valid ? parsed.document.version === 1 : parsed.errors.length > 0
      }),
      { numRuns: 500 },
    )
  })
})
