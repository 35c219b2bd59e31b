import { describe, expect, it } from '@jest/globals'
import type { CollectedFacts } from '../../src/facts/facts.js'
import { foreign } from '../../src/foreign.js'
import { type Gap, known, unknown } from '../../src/gap.js'
import type { ProjectChange } from '../../src/lockfile/project-change.js'
import type { Packument, RegistryExpectations } from '../../src/registry/registry-facts.js'
import { applyRules, neededFacts } from '../../src/rules/apply.js'
import { configureRules } from '../../src/rules/configure.js'
import { defineRule, type Observation, type Rule, type RuleDefinition, type SubjectKind } from '../../src/rules/rule.js'
import { aDependencyChange } from '../builders/dependency-change.js'
import { aPackument } from '../builders/packument.js'

const expectations: RegistryExpectations = { defaultHosts: ['registry.example'], scopeHosts: {}, allowedHosts: [] }
const packument: Packument = aPackument([], { name: 'a' })

const anObservation = (overrides: Partial<Observation> = {}): Observation => ({
  message: 'is not as it was',
  evidence: [{ label: 'hash', value: foreign('abc') }],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/a', field: 'version' }],
  ...overrides,
})

const aRule = (
  overrides: Partial<RuleDefinition<SubjectKind, 'packument' | 'expectations' | 'previousPackage'>> = {},
): Rule =>
  defineRule({
    id: 'thing-changed',
    title: 'thing changed',
    severity: 'high',
    confidence: 'medium',
    fix: 'Ask why.',
    on: ['upgraded'],
    needs: [],
    inspect: () => [anObservation()],
    ...overrides,
  })

const upgrade = aDependencyChange({
  kind: 'upgraded',
  name: 'a',
  before: { version: '1.0.0' },
  after: { version: '2.0.0' },
})
const aGap = (fact: string, code: Gap['code'] = 'packument-unavailable'): Gap => ({ code, fact, detail: 'status 503' })
const previousUnknown = unknown(aGap('previousPackage', 'previous-unavailable'))

describe('neededFacts', () => {
  it('is the union of what the rules for this kind of change need', () => {
    const rules = [
      aRule({ needs: ['packument'] }),
      aRule({ needs: ['packument', 'expectations'] }),
      aRule({ on: ['removed'], needs: ['previousPackage'] }),
    ]
    expect(neededFacts(rules, upgrade)).toEqual(new Set(['packument', 'expectations']))
  })

  it('includes the facts of rules for added packages when the previous package may turn out unknown', () => {
    const rules = [aRule({ needs: ['previousPackage'] }), aRule({ on: ['added'], needs: ['packument'] })]
    expect(neededFacts(rules, upgrade)).toEqual(new Set(['previousPackage', 'packument']))
  })

  it('leaves out what the engine alone knows', () => {
    const rule = defineRule({
      id: 'sum-high',
      title: 'high sum',
      severity: 'low',
      confidence: 'low',
      fix: 'Ask why.',
      on: ['upgraded'],
      needs: ['observed'],
      wants: ['package'],
      inspect: () => [],
    })
    expect(neededFacts([rule], upgrade)).toEqual(new Set(['package']))
  })
})

describe('applyRules', () => {
  it('calls rules that judge the findings of others last, wherever they stand, with all that these found', () => {
    const alone = defineRule({
      id: 'sum-high',
      title: 'high sum',
      severity: 'critical',
      confidence: 'low',
      fix: 'Ask why.',
      on: ['upgraded'],
      needs: ['observed'],
      inspect: (_, { observed }) =>
        observed.map(({ rule, severity }) =>
          anObservation({ evidence: [{ label: severity, value: foreign(rule) }], severity: 'low' }),
        ),
    })
    const asAdded = aRule({ id: 'added-only', on: ['added'] })
    const rules = [alone, aRule({ needs: ['previousPackage'] }), aRule({ id: 'other-thing', severity: 'low' }), asAdded]
    const { findings } = applyRules(rules, upgrade, { previousPackage: previousUnknown })
    expect(findings.map(({ rule, evidence: [first] }) => [rule, first?.label, first?.value])).toEqual([
      ['other-thing', 'hash', 'abc'],
      ['added-only', 'hash', 'abc'],
      ['sum-high', 'low', 'other-thing'],
      ['sum-high', 'high', 'added-only'],
    ])
  })

  it('turns an observation into a finding with all that the rule and the change say', () => {
    const { findings, skipped } = applyRules([aRule()], upgrade, {})
    expect({ findings, skipped }).toEqual({
      findings: [
        {
          fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
          rule: 'thing-changed',
          title: 'thing changed',
          severity: 'high',
          confidence: 'medium',
          package: { name: 'a', before: '1.0.0', after: '2.0.0' },
          fix: 'Ask why.',
          ...anObservation(),
        },
      ],
      skipped: [],
    })
  })

  it('lets an observation state its own severity, confidence and fix', () => {
    const own = { severity: 'critical', confidence: 'low', fix: 'Stop.' } as const
    const rule = aRule({ inspect: () => [anObservation(own)] })
    expect(applyRules([rule], upgrade, {}).findings).toEqual([expect.objectContaining(own)])
  })

  it('lets an observation about the repository name the package that it is about', () => {
    const about = { name: 'mail-mcp', after: '1.0.0' }
    const rule = aRule({ on: ['repository'], inspect: () => [anObservation({ package: about }), anObservation()] })
    const { findings } = applyRules([rule], { kind: 'repository', policyErrors: [] }, {})
    expect(findings.map((finding) => finding.package)).toEqual([about, undefined])
  })

  it('does not call a rule for another kind of subject', () => {
    expect(applyRules([aRule({ on: ['added', 'project'] })], upgrade, {})).toEqual({ findings: [], skipped: [] })
  })

  it('hands over the needed facts and no others', () => {
    const seen: unknown[] = []
    const inspect = (_: unknown, facts: unknown) => {
      seen.push(facts)
      return []
    }
    applyRules([aRule({ needs: ['packument'], inspect })], upgrade, {
      packument: known(packument),
      expectations: known(expectations),
    })
    expect(seen).toEqual([{ packument }])
  })

  it('records each unknown fact against the rule and the package, and does not call the rule', () => {
    const rule = aRule({ needs: ['packument', 'expectations'] })
    const collected = { packument: unknown(aGap('packument')), expectations: unknown(aGap('expectations')) }
    expect(applyRules([rule], upgrade, collected)).toEqual({
      findings: [],
      skipped: [
        { rule: 'thing-changed', package: 'a@2.0.0', gap: aGap('packument') },
        { rule: 'thing-changed', package: 'a@2.0.0', gap: aGap('expectations') },
      ],
    })
  })

  it('takes a fact that does not apply for no gap, even beside an unknown one', () => {
    const rule = aRule({ needs: ['packument', 'expectations'] })
    const collected = { packument: unknown(aGap('packument')), expectations: 'not-applicable' } as const
    expect(applyRules([rule], upgrade, collected)).toEqual({ findings: [], skipped: [] })
  })

  it('records an internal error when a needed fact was never collected', () => {
    expect(applyRules([aRule({ needs: ['packument'] })], upgrade, {}).skipped).toEqual([
      {
        rule: 'thing-changed',
        package: 'a@2.0.0',
        gap: {
          code: 'internal-error',
          package: 'a@2.0.0',
          fact: 'packument',
          detail: 'thing-changed needs a fact that was not collected',
        },
      },
    ])
  })

  it('turns a rule that throws into an internal error of that package and goes on with the others', () => {
    const broken = aRule({
      id: 'thing-broken',
      inspect: () => {
        throw new Error('index out of range')
      },
    })
    const { findings, skipped } = applyRules([broken, aRule()], upgrade, {})
    expect({ rules: findings.map(({ rule }) => rule), skipped }).toEqual({
      rules: ['thing-changed'],
      skipped: [
        {
          rule: 'thing-broken',
          package: 'a@2.0.0',
          gap: {
            code: 'internal-error',
            package: 'a@2.0.0',
            fact: 'rule',
            detail: 'rule thing-broken failed: index out of range',
          },
        },
      ],
    })
  })

  it('judges an upgrade as an added package when the previous package is unknown', () => {
    const subjects: unknown[] = []
    const forAdded = aRule({
      id: 'thing-present',
      on: ['added'],
      inspect: (subject) => {
        subjects.push(subject)
        return [anObservation()]
      },
    })
    const comparing = aRule({ needs: ['previousPackage'] })
    const both = aRule({ id: 'thing-either', on: ['added', 'upgraded'] })
    const { findings, skipped } = applyRules([comparing, forAdded, both], upgrade, { previousPackage: previousUnknown })
    const { before: _, ...withoutBefore } = upgrade
    expect({ findings: findings.map((finding) => [finding.rule, finding.package]), skipped, subjects }).toEqual({
      findings: [
        ['thing-either', { name: 'a', before: '1.0.0', after: '2.0.0' }],
        ['thing-present', { name: 'a', before: '1.0.0', after: '2.0.0' }],
      ],
      skipped: [{ rule: 'thing-changed', package: 'a@2.0.0', gap: aGap('previousPackage', 'previous-unavailable') }],
      subjects: [{ ...withoutBefore, kind: 'added' }],
    })
  })

  it('leaves the rules for added packages alone when the previous package is known or nobody asked for it', () => {
    const forAdded = aRule({ id: 'thing-present', on: ['added'] })
    expect(applyRules([forAdded], upgrade, { previousPackage: previousUnknown }).findings).toEqual([])
    expect(applyRules([forAdded], upgrade, { previousPackage: 'not-applicable' }).findings).toEqual([])
  })
})

describe('a wanted fact', () => {
  const seen = (collected: CollectedFacts) => {
    const facts: unknown[] = []
    const rule = defineRule({
      ...aRule(),
      on: ['upgraded'],
      needs: ['packument'],
      wants: ['expectations'],
      inspect: (_, given) => {
        facts.push(given)
        return []
      },
    })
    const { skipped } = applyRules([rule], upgrade, { packument: known(packument), ...collected })
    return { facts, gaps: skipped.map(({ gap }) => gap), needed: neededFacts([rule], upgrade) }
  }
  const needed = new Set(['packument', 'expectations'])

  it('is collected, and handed over where it is known', () => {
    expect(seen({ expectations: known(expectations) })).toEqual({
      facts: [{ packument, expectations }],
      gaps: [],
      needed,
    })
  })

  it('is recorded as a gap where it is unknown, and the rule is called without it', () => {
    const gap = aGap('expectations')
    expect(seen({ expectations: unknown(gap) })).toEqual({ facts: [{ packument }], gaps: [gap], needed })
  })

  it('is simply absent where it does not apply', () => {
    expect(seen({ expectations: 'not-applicable' })).toEqual({ facts: [{ packument }], gaps: [], needed })
  })
})

describe('a fingerprint', () => {
  const fingerprint = (observation: Partial<Observation>, change = upgrade): string | undefined =>
    applyRules([aRule({ inspect: () => [anObservation(observation)] })], change, {}).findings[0]?.fingerprint

  it('is the same for another wording, place, line, severity and old version', () => {
    const same = [
      fingerprint({}),
      fingerprint({ message: 'says it better' }),
      fingerprint({ anchors: [{ kind: 'file', file: 'other/package-lock.json' }] }),
      fingerprint({ evidence: [{ label: 'hash', value: foreign('abc'), line: 7, column: 2 }] }),
      fingerprint({ severity: 'low' }),
      fingerprint({}, aDependencyChange({ ...upgrade, before: { version: '0.1.0' }, after: { version: '2.0.0' } })),
    ]
    expect(new Set(same).size).toBe(1)
  })

  it('is another one for another rule, name, new version or evidence', () => {
    const other = [
      fingerprint({}),
      applyRules([aRule({ id: 'thing-other' })], upgrade, {}).findings[0]?.fingerprint,
      fingerprint({}, aDependencyChange({ ...upgrade, name: 'b' })),
      fingerprint({}, aDependencyChange({ ...upgrade, after: { version: '2.0.1' } })),
      fingerprint({ evidence: [{ label: 'hash', value: foreign('abd') }] }),
      fingerprint({ evidence: [{ label: 'hash', value: foreign('abc'), file: 'x.js' }] }),
    ]
    expect(new Set(other).size).toBe(other.length)
  })

  it('tells the same observation in two of the repository’s files apart', () => {
    const project: ProjectChange = { kind: 'project', folder: '', lockfileMissing: false, malformed: [], unmet: [] }
    const of = (file: string): string | undefined =>
      applyRules(
        [aRule({ on: ['project'], inspect: () => [anObservation({ anchors: [{ kind: 'file', file }] })] })],
        project,
        {},
      ).findings[0]?.fingerprint
    expect(of('a/package.json')).not.toBe(of('b/package.json'))
  })
})

describe('configureRules', () => {
  it('leaves out a rule that is off', () => {
    expect(configureRules([aRule(), aRule({ id: 'kept' })], { 'thing-changed': 'off' }).map(({ id }) => id)).toEqual([
      'kept',
    ])
  })

  it('gives the policy’s severity to the rule and to each of its observations', () => {
    const rule = aRule({ inspect: () => [anObservation(), anObservation({ severity: 'critical' })] })
    const { findings } = applyRules(configureRules([rule], { 'thing-changed': 'low' }), upgrade, {})
    expect(findings.map(({ severity }) => severity)).toEqual(['low', 'low'])
  })

  it('does not mistake what every object inherits for a setting', () => {
    const rule = aRule({ id: 'constructor' })
    expect(configureRules([rule], {})).toEqual([rule])
  })
})
