import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { gapCodes } from '../../src/gap.js'
import { indexPaths } from '../../src/report/finding-text.js'
import { annotationText, inlineComment } from '../../src/report/inline-comment.js'
import type { Report } from '../../src/report/report.js'
import { toHtml } from '../../src/report/to-html.js'
import { toJson } from '../../src/report/to-json.js'
import { toCheckOutput, toMarkdown } from '../../src/report/to-markdown.js'
import { toSarif } from '../../src/report/to-sarif.js'
import { toTerminal } from '../../src/report/to-terminal.js'
import { anEvidence, aReport, aReportedChange, aReportedFinding, aReportedGap } from '../builders/report.js'
import { aHostileReport, aHugeReport, aLongReport, anAuditReport, aWholeReport } from './sample-reports.js'

const range = (length: number): number[] => Array.from({ length }, (_, index) => index)
const readText = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const threshold = { failOn: 'high' } as const
const control = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
const samples: [string, () => Report][] = [
  ['a clear', () => aReport()],
  ['a whole', aWholeReport],
  ['a hostile', aHostileReport],
  ['a huge', aHugeReport],
  ['a long', aLongReport],
  ["an audit's", anAuditReport],
]

describe('toJson', () => {
  const schema = JSON.parse(readText('../../src/report/report.schema.json'))
  const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema)

  it.each(samples)('prints %s report as its schema says', (_, report) => {
    const parsed: unknown = JSON.parse(toJson(report()))
    expect([validate(parsed), validate.errors]).toEqual([true, null])
    expect(parsed).toEqual(report())
  })

  it('is refused by the schema with a key that the schema does not know, at any depth', () => {
    const report = aWholeReport()
    const [finding] = report.findings
    const [change] = report.changes
    expect(validate({ ...report, more: 1 })).toBe(false)
    expect(validate({ ...report, findings: [{ ...finding, more: 1 }] })).toBe(false)
    expect(validate({ ...report, changes: [{ ...change, more: 1 }] })).toBe(false)
    expect(validate({ ...report, gaps: [{ code: 'unheard-of', fact: 'x', detail: '', matters: true }] })).toBe(false)
  })

  it("is refused with a key that an audit's grade and tree do not have", () => {
    const { grade, tree, ...report } = anAuditReport()
    expect(validate({ ...report, grade: { ...grade, more: 1 }, tree })).toBe(false)
    expect(validate({ ...report, grade, tree: { ...tree, more: 1 } })).toBe(false)
  })

  it('has a schema that knows exactly the gap codes that exist', () => {
    expect(schema.$defs.gap.properties.code.enum).toEqual(Object.keys(gapCodes))
  })
})

describe('toSarif', () => {
  const text = readText('../fixtures/sarif/sarif-schema-2.1.0.json')
  // A pattern of the official schema is a valid regular expression only without the flag `u`.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  ajvFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(text))

  it('is tested against the schema whose digest is on record', () => {
    expect(readText('../fixtures/sarif/README.md')).toContain(createHash('sha256').update(text).digest('hex'))
  })

  it.each(samples)('prints %s report as the official schema says', (_, report) => {
    expect([validate(JSON.parse(toSarif(report(), '0.1.0'))), validate.errors]).toEqual([true, null])
  })

  it('states the grade of an audit', () => {
    const [run] = JSON.parse(toSarif(anAuditReport(), '0.1.0')).runs
    expect(run.properties).toEqual({ grade: anAuditReport().grade })
  })

  it('gives findings as results of one rule each and gaps as notifications', () => {
    const [run] = JSON.parse(toSarif(aWholeReport(), '0.1.0')).runs
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['install-script-added'])
    expect(run.invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            descriptor: { id: 'tarball-unavailable' },
            level: 'error',
            message: { text: 'a@1.0.0: 503' },
            locations: [
              { physicalLocation: { artifactLocation: { uri: 'package-lock.json', uriBaseId: '%SRCROOT%' } } },
            ],
            properties: { fact: 'package', matters: true },
          },
          {
            descriptor: { id: 'time-unavailable' },
            level: 'note',
            message: { text: 'none' },
            properties: { fact: 'time', matters: false },
          },
        ],
      },
    ])
    expect(run.results).toHaveLength(2)
    expect(run.results[0]).toEqual({
      ruleId: 'install-script-added',
      ruleIndex: 0,
      level: 'error',
      message: {
        text: 'left-pad 1.0.1 runs a new postinstall script on install.\npostinstall: node x.js (x.js:3:1)\nWhy it is here: a direct dependency\nWhat to do: Read it.',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'package-lock.json', uriBaseId: '%SRCROOT%' },
            region: { startLine: 7 },
          },
        },
      ],
      relatedLocations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'package.json', uriBaseId: '%SRCROOT%' },
            region: { startLine: 9 },
          },
        },
      ],
      partialFingerprints: { 'lockwarden/v1': 'false' },
      properties: { severity: 'high', confidence: 'medium' },
    })
  })
})

describe('toCheckOutput', () => {
  it('keeps every rule id and every count of a report that is far too long', () => {
    const { summary, text } = toCheckOutput(aHugeReport(), threshold)
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(60_000)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
    for (let i = 0; i < 70; i += 1)
      expect(summary).toContain(`| \`rule-${i}\` | install script added | ${i < 40 ? 29 : 28} |`)
    expect(summary).toContain('| `tarball-unavailable` | several reasons | yes | 500 |')
    const [, hidden = ''] = /([\d,]+) further findings not shown here/.exec(text) ?? []
    const told = [...text.matchAll(/ · (\d+) packages · /g)].reduce((sum, [, count]) => sum + Number(count), 0)
    expect([told > 0, Number(hidden.replace(',', '')) + told]).toEqual([true, 2_000])
    expect(text).toMatch(/and \d+ more gaps/)
    expect(text).toContain('3,000 changes: 3,000 upgraded')
  })

  it('shows findings, gaps, acceptances and changes', () => {
    const { title, summary, text } = toCheckOutput(aWholeReport(), threshold)
    expect(title).toBe('incomplete: 1 thing could not be verified, and 1 finding: 1 high')
    expect(summary).toBe(
      [
        '2 changed \\(1 removed or local\\), 0 analysed, 1 unverified: tarball\\-unavailable \\(a&#64;&#8203;1.0.0\\)',
        '| Severity | Rule | What | Findings |\n| --- | --- | --- | --- |\n| high | `install-script-added` | install script added | 1 |',
        '| Not known | Why | Weighs | Gaps |\n| --- | --- | --- | --- |\n| `tarball-unavailable` | 503 | yes | 1 |\n| `time-unavailable` | none | no | 1 |',
        '- a note',
      ].join('\n\n'),
    )
    expect(text).toBe(
      [
        '**High** · `left-pad 1.0.0 → 1.0.1` · install script added',
        '`left-pad 1.0.1` runs a new postinstall script on install.',
        'Where: `package-lock.json:7`, `package.json:9`',
        '```text\npostinstall: node x.js<2 spaces>[x.js:3:1]\n```'.replace('<2 spaces>', '  '),
        'Why it is here: `a direct dependency`',
        'What to do: Read it.',
        '<sub>Rule `install-script-added`, confidence medium</sub>',
        '**Not verified.** Unknown is not clean.',
        '- `tarball-unavailable` `a@1.0.0 in package-lock.json`: 503',
        '**Accepted**',
        '- `install-script-added` `left-pad 1.0.0 → 1.0.1` by `policy` until 2026\\-12\\-31: builds from source',
        '<details><summary>2 changes: 1 removed, 1 upgraded</summary>',
        '| Package | Change | Before | After | Where |\n| --- | --- | --- | --- | --- |\n| `gone` | removed | `1.0.0` |  | `package-lock.json` |\n| `left-pad` | upgraded | `1.0.0` | `1.0.1` | `package-lock.json:7` |',
        '</details>',
      ].join('\n\n'),
    )
  })
})

describe('toCheckOutput of an audit', () => {
  it('has the grade in its title and what gives points back in its summary, and leaves the list of packages to the JSON report', () => {
    const { title, summary, text } = toCheckOutput(anAuditReport(), threshold)
    expect(title).toMatch(/^flagged: grade B at most \(95 of 100/)
    expect(summary).toContain(
      '| Points | Rule | To earn them back |\n| --- | --- | --- |\n| −5 | `integrity-weak` | Lock it again. |',
    )
    expect(summary).toContain('Of 1,300 packages 1 runs an install script: esbuild&#64;&#8203;0.25.2.')
    expect(text).not.toContain('<details>')
  })
})

describe('toMarkdown', () => {
  it('tells findings that are alike as one, with a line for each', () => {
    const text = toMarkdown(aLongReport(), threshold)

    expect(text).toContain(
      [
        '**High** · 409 packages · integrity missing',
        'Each arrives without a hash:',
        [
          ...range(50).map((i) => `- \`package-${i} 1.0.0\` \`package-lock.json:${i + 1}\`: \`resolved: ${i}\``),
          '- and 359 more, in the JSON report',
        ].join('\n'),
        'What to do: Lock it again.',
        '<sub>Rule `integrity-missing`, confidence high</sub>',
        '---',
        '**High** · 4 places · lockfile out of sync',
        'In 4 places, `package.json` asks for what the lockfile does not hold:',
        range(4)
          .map((i) => `- \`package.json:${i + 1}\`: \`dependency: ${i}\``)
          .join('\n'),
      ].join('\n\n'),
    )
  })

  it.each(samples)('stays within its bytes for %s report', (_, report) => {
    expect(Buffer.byteLength(toMarkdown(report(), threshold))).toBeLessThanOrEqual(60_000)
  })

  it('lets no foreign text out of code spans and blocks but as text', () => {
    const text = toMarkdown(aHostileReport(), threshold)
    const outside = text
      .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
      .replace(/\\[!-~]|&#\d+;|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
      .replace(/<\/?(details|summary|sub)>/g, '')
    expect(outside.replace('## Lockwarden', '')).not.toMatch(/[<>@#[\]`]/)
    expect(text.replaceAll('\n', '')).not.toMatch(control)
  })
})

describe('inlineComment and annotationText', () => {
  it('say what, evidence, why it is here and what to do', () => {
    const report = aWholeReport()
    const finding = report.findings[0]
    expect(inlineComment(finding ? [finding] : [], indexPaths(report.changes))).toBe(
      [
        '**High** · `left-pad 1.0.0 → 1.0.1` · install script added',
        '`left-pad 1.0.1` runs a new postinstall script on install.',
        '```text\npostinstall: node x.js  [x.js:3:1]\n```',
        'Why it is here: `a direct dependency`',
        'What to do: Read it.',
        '<sub>Rule `install-script-added`, confidence medium</sub>',
      ].join('\n\n'),
    )
    expect(finding && annotationText(finding, indexPaths(report.changes))).toEqual({
      title: 'high: install script added (install-script-added)',
      message:
        'left-pad 1.0.1 runs a new postinstall script on install.\nWhy it is here: a direct dependency\nWhat to do: Read it.',
      rawDetails: 'postinstall: node x.js  [x.js:3:1]',
    })
  })

  it('keep a comment within its bytes and still name every rule', () => {
    const { findings } = aHugeReport()
    const body = inlineComment(findings, new Map())
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(60_000)
    for (let i = 0; i < 70; i += 1) expect(body).toContain(`\`rule-${i}\``)
  })

  it('hold no hidden comment and no control character of a package', () => {
    const report = aHostileReport()
    const index = indexPaths(report.changes)
    const body = inlineComment(report.findings, index)
    const [finding] = report.findings
    const annotation = finding ? Object.values(annotationText(finding, index)).join('\n') : ''
    expect(body).not.toContain('<!--')
    expect(`${body}${annotation}`.replaceAll('\n', '')).not.toMatch(control)
  })
})

describe('toHtml', () => {
  it('tells findings and gaps that are alike as one, and names each of them', () => {
    const page = toHtml(aLongReport(), threshold)

    expect(page.match(/<h2>[^<]*<\/h2>/g)?.slice(0, 3)).toEqual([
      '<h2>high: integrity missing (409 packages)</h2>',
      '<h2>high: lockfile out of sync (4 places)</h2>',
      '<h2>Not known</h2>',
    ])
    expect(page.match(/<li>package-\d+ 1\.0\.0 \(package-lock\.json:\d+\): resolved: \d+<\/li>/g)).toHaveLength(409)
    expect(page.match(/<li>tarball-unavailable/g)).toHaveLength(2)
  })

  it('tells of an audit what is installed and what gives points back, and not each package', () => {
    const page = toHtml(anAuditReport(), threshold)
    expect(page.match(/<h[12]>[^<]*<\/h[12]>/g)).toEqual([
      '<h1>flagged: grade B at most (95 of 100, and not all that is graded is known); 1 finding: 1 medium (all below high)</h1>',
      '<h2>What is installed</h2>',
      '<h2>To earn points back</h2>',
      '<h2>medium: integrity weak</h2>',
      '<h2>Not known</h2>',
    ])
    expect(page).toContain('<tr><td>−5</td><td>integrity-weak</td><td>1</td><td>Lock it again.</td></tr>')
  })

  it('has no script, fetches nothing and escapes what is foreign', () => {
    const page = toHtml(aHostileReport(), threshold)
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/<script|<!-- lockwarden|src=|href=/)
    expect(page.replaceAll('\n', '')).not.toMatch(control)
  })
})

const withoutCode = (text: string, index: number): string => (index === 0 ? text : text.replace(/^\[\d+m/, ''))

describe('toTerminal', () => {
  const options = { ...threshold, colour: false, width: 100 }

  it('says a clear verdict in two lines', () => {
    expect(toTerminal(aReport(), options)).toBe(
      'CLEAR  nothing was found in 1 changed package\n\n1 changed, 1 analysed, 0 unverified\n',
    )
  })

  it('tells the verdict, the finding, what is unknown, what was accepted, and the coverage', () => {
    expect(toTerminal(aWholeReport(), options)).toBe(`INCOMPLETE  1 thing could not be verified, and 1 finding: 1 high

HIGH  left-pad 1.0.0 → 1.0.1: install script added
  left-pad 1.0.1 runs a new postinstall script on install
  where       package-lock.json:7, package.json:9
  evidence    postinstall: node x.js  [x.js:3:1]
  why here    a direct dependency
  what to do  Read it.
  rule        install-script-added (confidence medium)

Not verified (1 gap). Unknown is not clean:
  tarball-unavailable  a@1.0.0 in package-lock.json: 503

Also unknown, without weight in the verdict:
  time-unavailable  none

Accepted:
  install-script-added  left-pad 1.0.0 → 1.0.1  package-lock.json:7  by policy until 2026-12-31:
  builds from source

note: a note

2 changed (1 removed or local), 0 analysed, 1 unverified: tarball-unavailable (a@1.0.0)
`)
  })

  it('tells of an audit the grade first, and after the findings what is installed and what gives points back', () => {
    expect(
      toTerminal(anAuditReport(), options),
    ).toBe(`FLAGGED  grade B at most (95 of 100, and not all that is graded is known); 1 finding: 1 medium (all
         below high)

MEDIUM  left 1.1.0: integrity weak
  left 1.1.0 is locked by a hash for which other bytes can be made
  where       package-lock.json:12
  why here    web > left
  what to do  Lock it again.
  rule        integrity-weak (confidence high)

Of 1,300 packages 1 runs an install script: esbuild@0.25.2. 1,298 are locked by a hash, 2 are not.
Of 12 direct dependencies 1 has provenance, and of 3 it is not known. Its bill of materials
(bom.json) disagrees with the lockfiles.

To earn points back:
    −5  integrity-weak: Lock it again.

Also unknown, without weight in the verdict:
  advisories-unavailable  503: left@1.1.0

1,300 packages, judged by lockfile and registry, not opened
`)
  })

  it('says of a clear audit what it was of', () => {
    const { findings: _, gaps: __, grade, ...report } = anAuditReport()
    const clear = {
      ...report,
      verdict: 'clear' as const,
      findings: [],
      gaps: [],
      ...(grade && { grade: { ...grade, score: 100, letter: 'A' as const, provisional: false, deductions: [] } }),
      coverage: { ...report.coverage, expected: 3, analysed: 3 },
    }
    expect([toTerminal(clear, options).split('\n')[0], toTerminal(clear, options).split('\n').at(-2)]).toEqual([
      'CLEAR  grade A (100 of 100); nothing was found',
      '1,300 packages, 3 analysed, 0 unverified',
    ])
  })

  it('names a file that is itself the evidence once', () => {
    const report = aReport({
      verdict: 'flagged',
      findings: [aReportedFinding({ evidence: [anEvidence('binary', 'a.node', { file: 'a.node' })] })],
    })

    expect(toTerminal(report, options)).toContain('  evidence    binary: a.node\n')
  })

  it('tells what is alike in several files as one, and of each file how many more places it has', () => {
    const findings = range(4).map((i) => {
      const { package: _, ...finding } = aReportedFinding({
        fingerprint: `${i}`,
        rule: 'install-unlocked',
        title: 'install without the lockfile',
        message: 'installs what the manifests allow today',
        fix: 'Run npm ci.',
        location: { file: `${i}/Dockerfile`, line: 8 },
        ...(i === 0 && { locations: [{ file: '0/Dockerfile', line: 9 }] }),
        evidence: [anEvidence('command', 'npm install')],
      })
      return finding
    })
    const report = aReport({ verdict: 'flagged', changes: [], findings })
    expect(toTerminal(report, options)).toContain(`HIGH  4 places: install without the lockfile
  each installs what the manifests allow today
    0/Dockerfile:8 and 1 more  command: npm install
    1/Dockerfile:8  command: npm install
    2/Dockerfile:8  command: npm install
    3/Dockerfile:8  command: npm install
  what to do  Run npm ci.
`)
    expect(toMarkdown(report, threshold)).toContain(
      [
        '**High** · 4 places · install without the lockfile',
        'Each installs what the manifests allow today:',
        '- `0/Dockerfile:8` and 1 more: `command: npm install`\n- `1/Dockerfile:8`: `command: npm install`',
      ].join('\n\n'),
    )
    expect(toHtml(report, threshold)).toContain('<p>Each installs what the manifests allow today.</p>')
    expect(toHtml(report, threshold)).toContain('<li>1/Dockerfile:8: command: npm install</li>')
    expect(toTerminal({ ...report, findings: findings.slice(1) }, options).match(/^HIGH/gm)).toHaveLength(3)
  })

  it('gives a name of any length a few lines', () => {
    const name = '@a/'.repeat(40_000)
    const report = aReport({
      verdict: 'flagged',
      changes: [aReportedChange({ name, paths: [[name, name]] })],
      findings: [aReportedFinding({ package: { name, after: '1.1.0' }, location: { file: name, line: 1 } })],
      gaps: [aReportedGap({ package: name, file: name })],
    })
    const { tree } = anAuditReport()
    const audit = { ...report, ...(tree && { tree: { ...tree, installScripts: [name] } }) }
    expect(toTerminal(report, options).length).toBeLessThan(5_000)
    expect(toTerminal(audit, options).length).toBeLessThan(5_000)
  })

  it('says whether findings fail the check', () => {
    const sentence = (failOn: 'critical' | 'high' | 'never') =>
      toTerminal({ ...aWholeReport(), verdict: 'flagged' }, { ...options, failOn }).split('\n', 1)[0]
    expect([sentence('high'), sentence('critical'), sentence('never')]).toEqual([
      'FLAGGED  1 finding: 1 high',
      'FLAGGED  1 finding: 1 high (all below critical)',
      'FLAGGED  1 finding: 1 high (reported only)',
    ])
  })

  it('tells findings that are alike as one, with a line or two for each of the first twenty', () => {
    const text = toTerminal(aLongReport(), options)

    expect(text.split('\n\n').slice(1, 3)).toEqual([
      [
        'HIGH  409 packages: integrity missing',
        '  each arrives without a hash',
        ...range(20).map((i) => `    package-${i} 1.0.0  package-lock.json:${i + 1}  resolved: ${i}`),
        '    and 389 more (see --format json)',
        '  what to do  Lock it again.',
        '  rule        integrity-missing (confidence high)',
      ].join('\n'),
      [
        'HIGH  package.json: lockfile out of sync',
        '  in 4 places it asks for what the lockfile does not hold',
        ...range(4).map((i) => `    package.json:${i + 1}  dependency: ${i}`),
        '  what to do  Install.',
        '  rule        lockfile-out-of-sync (confidence high)',
      ].join('\n'),
    ])
  })

  it('tells gaps with one reason as one, and those with another apart', () => {
    const [gaps] = toTerminal(aLongReport(), options).split('\n\n').slice(3)

    expect(gaps).toMatch(
      /^Not verified \(410 gaps\)\. Unknown is not clean:\n {2}tarball-unavailable {2}offline: package-0@/,
    )
    expect(gaps?.replace(/\s+/g, ' ')).toMatch(
      /package-19@1\.0\.0 and 389 more tarball-unavailable z@1\.0\.0: HTTP 503$/,
    )
  })

  it('tells in one line a code what a registry lacks of every package, with the reason that most have', () => {
    const quiet = (code: string, name: string, detail: string) => ({
      code,
      package: `${name}@1.0.0`,
      fact: 'x',
      detail,
      matters: false,
    })
    const gaps = [
      ...range(500).map((i) => quiet('publisher-unavailable', `package-${i}`, 'nobody says')),
      quiet('publisher-unavailable', 'package-500', 'asked of another'),
      ...range(500).map((i) => quiet('previous-unavailable', `package-${i}`, `reason ${i}`)),
    ] as Report['gaps']

    expect(toTerminal(aReport({ gaps }), { ...options, width: 110 }).split('\n\n')[1]).toBe(
      [
        'Also unknown, without weight in the verdict:',
        '  previous-unavailable  package-0@1.0.0, package-1@1.0.0, package-2@1.0.0 and 497 more',
        '  publisher-unavailable  nobody says: 500 packages; for other reasons package-500@1.0.0',
      ].join('\n'),
    )
  })

  it('tells a few findings of a rule one by one', () => {
    const report = aLongReport()
    const text = toTerminal({ ...report, findings: report.findings.slice(0, 3) }, options)

    expect(text.match(/^HIGH {2}package-\d 1\.0\.0: integrity missing$/gm)).toHaveLength(3)
  })

  it.each(samples)('sends a terminal nothing to obey with %s report', (_, report) => {
    expect(toTerminal(report(), options).replaceAll('\n', '')).not.toMatch(control)
  })

  it('uses colours only for its own words', () => {
    const colourless = toTerminal(aHostileReport(), options)
    const coloured = toTerminal(aHostileReport(), { ...options, colour: true })
    expect(coloured).not.toBe(colourless)
    expect(coloured.split('\u001b').map(withoutCode).join('')).toBe(colourless)
  })

  it.each([40, 60, 100])('keeps its lines within %i columns', (width) => {
    const lines = [aWholeReport(), aLongReport(), aHugeReport()].flatMap((report) =>
      toTerminal(report, { ...options, width }).split('\n'),
    )
    expect(lines.filter((line) => line.length > width)).toEqual([])
  })
})
