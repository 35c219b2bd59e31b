import { foreign } from '../../../src/foreign.js'
import type { McpFacts } from '../../../src/package/mcp/mcp-facts.js'
import { toolAdded } from '../../../src/rules/mcp/tool-added.js'
import type { Evidence } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { anOffer, aParameter, aServer, aTool } from '../../builders/mcp-facts.js'
import { aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange({ name: 'mail-mcp' })
const facts = (now: McpFacts | undefined, before: McpFacts | undefined) => ({
  package: aPackage(now && { mcp: now }),
  previousPackage: aPackage(before && { mcp: before }),
})

const reads = aTool({ name: 'read_inbox', description: 'Read the inbox.', parameters: [] })
const at = { file: 'index.js', line: 10, column: 3 }
const anchors = [
  { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/mail-mcp', field: 'version' },
] as const
const seen = (message: string, evidence: readonly Evidence[]) => ({ message, evidence, anchors })
const readInbox: Evidence = { label: 'new tool', value: foreign('read_inbox(): Read the inbox.'), ...at }
const sendMessage: Evidence = {
  label: 'new tool',
  value: foreign('send_message(to): Send one message to one person.'),
  ...at,
}
const oneMore = 'gives a model a tool that the version before did not declare'

testRule(toolAdded, {
  clear: [
    { name: 'the same tools', subject: upgrade, facts: facts(aServer(), aServer()) },
    {
      name: 'the same tools in another order and at other lines',
      subject: upgrade,
      facts: facts(
        aServer({ tools: [reads, aTool({ at: { ...at, line: 99 } })] }),
        aServer({ tools: [aTool(), reads] }),
      ),
    },
    {
      name: 'a tool that is gone',
      subject: upgrade,
      facts: facts(aServer({ tools: [] }), aServer({ tools: [reads] })),
    },
    { name: 'a package that is no server', subject: upgrade, facts: facts(undefined, undefined) },
    {
      name: 'a new package, of which nothing was there before',
      subject: aDependencyChange({ name: 'mail-mcp', before: null }),
    },
  ],
  flagged: [
    {
      name: 'one tool more',
      subject: upgrade,
      facts: facts(aServer({ tools: [aTool(), reads] }), aServer()),
      observations: [seen(oneMore, [readInbox])],
    },
    {
      name: 'a tool under another name, since clients ask again for names that they do not know',
      subject: upgrade,
      facts: facts(aServer({ tools: [aTool({ name: 'Send_message' })] }), aServer()),
      observations: [
        seen(oneMore, [{ ...sendMessage, value: foreign('Send_message(to): Send one message to one person.') }]),
      ],
    },
    {
      name: 'a package that becomes a server',
      subject: upgrade,
      facts: facts(aServer({ tools: [reads, aTool()] }), undefined),
      observations: [seen('has become an MCP server with 2 tools', [readInbox, sendMessage])],
    },
    {
      name: 'a tool that two transports declare, once',
      subject: upgrade,
      facts: facts(aServer({ tools: [aTool(), reads, { ...reads, at: { ...at, line: 77 } }] }), aServer()),
      observations: [seen(oneMore, [readInbox])],
    },
    {
      name: 'a tool where not all tools of the version before could be read, with little confidence',
      subject: upgrade,
      facts: facts(
        aServer({ tools: [reads] }),
        aServer({ tools: [], unresolved: [{ what: 'tool', reason: 'its name is made at run time', at }] }),
      ),
      observations: [{ ...seen(oneMore, [readInbox]), confidence: 'low' }],
    },
    {
      name: 'prompts and resources alone, which a person picks, as low',
      subject: upgrade,
      facts: facts(
        aServer({
          prompts: [anOffer({ parameters: [aParameter()] })],
          resources: [anOffer({ name: 'mail://inbox', description: 'x'.repeat(300) })],
        }),
        aServer(),
      ),
      observations: [
        {
          ...seen('offers prompts or resources that the version before did not', [
            {
              label: 'new prompt',
              value: foreign('greeting(to): How a message may begin.'),
              file: 'index.js',
              line: 30,
              column: 3,
            },
            {
              label: 'new resource',
              value: foreign(`mail://inbox(): ${'x'.repeat(200)}…`),
              file: 'index.js',
              line: 30,
              column: 3,
            },
          ]),
          severity: 'low',
        },
      ],
    },
  ],
})
