import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { groupOf } from '../src/rules/groups.js'
import { rules } from '../src/rules/index.js'
import { type Rule, severities } from '../src/rules/rule.js'
import { loadReplays } from './replays/load-replays.js'
import { docHeadings, docPathOf, type GroupedRule, withRuleTable, withSummary } from './rule-docs.js'

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const foldersOf = (path: string): readonly string[] =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

/** `npm run docs` runs this file so: what is generated is written first, then compared like everything else. */
const updating = process.env.UPDATE_DOCS === '1'
function expectGenerated(path: string, generate: (text: string) => string): void {
  const wanted = generate(read(path))
  if (updating) writeFileSync(join(root, path), wanted)
  expect(read(path)).toBe(wanted)
}

const groups = foldersOf('src/rules').filter((folder) => folder !== 'shared')

/** `group/id` of every file with one of these endings in the groups' folders. */
const namesIn = (folder: string, ending: string): readonly string[] =>
  groups
    .flatMap((group) => {
      const path = join(root, folder, group)
      return existsSync(path) ? readdirSync(path).map((file) => `${group}/${file}`) : []
    })
    .filter((file) => file.endsWith(ending) && (ending !== '.ts' || !file.endsWith('.test.ts')))
    .map((file) => file.slice(0, -ending.length))
    .sort()

const ruleFiles = namesIn('src/rules', '.ts')
const groupedRules: readonly GroupedRule[] = rules.map((rule) => ({
  rule,
  group: ruleFiles.find((file) => file.endsWith(`/${rule.id}`))?.split('/')[0] ?? '(no file)',
}))

const incidents = await loadReplays()

describe('the rules', () => {
  it('are found at all', () => {
    expect({ listed: rules.length > 0, files: ruleFiles.length > 0, replays: incidents.length > 0 }).toEqual({
      listed: true,
      files: true,
      replays: true,
    })
  })

  it('are listed by id, sorted, each once', () => {
    const ids = rules.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort())
  })

  it('have one code file, one doc and one test each, and nothing else lies there', () => {
    const listed = groupedRules.map(({ group, rule }) => `${group}/${rule.id}`).sort()
    expect({
      code: ruleFiles,
      docs: namesIn('src/rules', '.md'),
      tests: namesIn('test/rules', '.test.ts'),
    }).toEqual({ code: listed, docs: listed, tests: listed })
  })

  it('are of the group whose folder they lie in', () => {
    const known = groupedRules.map(({ rule }) => ({ rule: rule.id, group: groupOf(rule.id) }))
    expect(known).toEqual(groupedRules.map(({ rule, group }) => ({ rule: rule.id, group })))
  })

  it('are tested with the rule tester', () => {
    const without = namesIn('test/rules', '.test.ts').filter(
      (name) => !read(`test/rules/${name}.test.ts`).includes('testRule('),
    )
    expect(without).toEqual([])
  })

  it('are each expected by a replay', () => {
    const expected = new Set(incidents.flatMap(({ replay }) => replay.expected.findings.map(({ rule }) => rule)))
    expect(rules.map(({ id }) => id).filter((id) => !expected.has(id))).toEqual([])
  })

  it('stand in the README as the code has them', () => {
    expectGenerated('README.md', (readme) => withRuleTable(readme, groupedRules))
  })

  it('use no clock, chance or console', () => {
    const impure = /Date\.now|new Date\(\)|Math\.random|console\.|process\.|performance\./
    const files = [...ruleFiles.map((file) => `src/rules/${file}.ts`), ...foldersOf('src/rules').flatMap(sharedFiles)]
    expect(files.filter((file) => impure.test(read(file)))).toEqual([])
  })
})

const sharedFiles = (folder: string): readonly string[] =>
  folder === 'shared'
    ? readdirSync(join(root, 'src/rules/shared'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `src/rules/shared/${file}`)
    : []

const flawsOf = ({ id, title, severity, fix, on }: Rule): readonly string[] => [
  ...(/^[a-z]+(?:-[a-z]+)+$/.test(id) ? [] : ['the id is not words joined by hyphens']),
  ...(/^[a-z].*[^.]$/.test(title) ? [] : ['the title is not a lower-case phrase']),
  ...(severities.includes(severity) ? [] : ['no such severity']),
  ...(/^[A-Z`].*\.$/.test(fix) ? [] : ['the fix is not a sentence']),
  ...(on.length > 0 ? [] : ['looks at nothing']),
]

for (const grouped of groupedRules) {
  const { rule } = grouped
  describe(`the rule ${rule.id}`, () => {
    it('has an id, title, fix and kinds in the right form', () => {
      expect(flawsOf(rule)).toEqual([])
    })

    it('has a doc whose title and summary are the code’s', () => {
      expectGenerated(docPathOf(grouped), (doc) => withSummary(doc, rule))
    })

    it('has a doc with the fixed headings in order and something under each', () => {
      const [, ...sections] = read(docPathOf(grouped)).split(/^## /m)
      expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(docHeadings)
      expect(sections.filter((section) => section.split('\n').slice(1).join('').trim() === '')).toEqual([])
    })
  })
}

describe('the replays', () => {
  it('name only rules that exist, with a severity', () => {
    const ids = new Set(rules.map(({ id }) => id))
    const expected = incidents.flatMap(({ folder, replay }) =>
      replay.expected.findings.map(({ rule, severity }) => ({ folder, rule, severity })),
    )
    expect(expected.filter(({ rule, severity }) => !ids.has(rule) || !severities.includes(severity))).toEqual([])
  })

  it('are inert: every host in them ends in .example or .test', () => {
    const shared = readdirSync(join(root, 'test/replays')).filter((file) => file.endsWith('.ts'))
    const files = [...incidents.map(({ folder }) => `${folder}/replay.ts`), ...shared]
    const offending = files.flatMap((folder) => {
      const hosts = [
        ...read(`test/replays/${folder}`).matchAll(/(?:[a-z+]+:)?\/\/(?:[^/\s'"`@]*@)?([a-z0-9.-]+\.[a-z]+)/gi),
      ]
      return hosts
        .map(([, host = '']) => host)
        .filter((host) => !/\.(?:example|test)$/i.test(host))
        .map((host) => ({ folder, host }))
    })
    expect(offending).toEqual([])
  })
})

describe('the documents', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'test/replays/README.md']
  const pathsIn = (document: string): readonly string[] => {
    const text = read(document)
    const folder = document.slice(0, document.lastIndexOf('/') + 1)
    const links = [...text.matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)].map(([, path = '']) => join(folder, path))
    const named = [...text.matchAll(/`((?:src|test|bench|\.ci)\/[^`\s]*)`/g)].map(([, path = '']) => path)
    return [...links, ...named].filter((path) => !/[<*]/.test(path))
  }

  it('name paths, and each path exists', () => {
    const paths = documents.flatMap((document) => pathsIn(document).map((path) => ({ document, path })))
    expect(paths.length).toBeGreaterThan(0)
    expect(paths.filter(({ path }) => !existsSync(join(root, path)))).toEqual([])
  })
})
