import type { ServerInRepository } from '../../../src/facts/facts.js'
import { foreign } from '../../../src/foreign.js'
import { toolShadowed } from '../../../src/rules/mcp/tool-shadowed.js'
import type { Evidence } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aParameter, aServer, aTool } from '../../builders/mcp-facts.js'
import { testRule } from '../../rule-tester.js'

const addition = aDependencyChange({ name: 'notes-mcp', before: null })
const upgrade = aDependencyChange({ name: 'notes-mcp' })

const sends = aServer()
const keeps = aServer({ tools: [aTool({ name: 'keep_note', description: 'Keep a note.' })] })
const mail: ServerInRepository = { name: 'mail-mcp', version: '2.0.0', mcp: sends, before: sends }
const notes = (mcp = keeps, before?: typeof mcp): ServerInRepository => ({
  name: 'notes-mcp',
  version: '1.0.1',
  mcp,
  ...(before && { before }),
})
const speaking = (description: string) => aServer({ tools: [aTool({ name: 'keep_note', description })] })

const double: Evidence = {
  label: 'the same tool',
  value: foreign('send_message, which mail-mcp declares too'),
  file: 'index.js',
  line: 10,
  column: 3,
}
const mention = (value: string, line = 11): Evidence => ({
  label: "text about another's tool",
  value: foreign(value),
  file: 'index.js',
  line,
  column: 5,
})
const anchors = [
  { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/notes-mcp', field: 'version' },
] as const
const shared = {
  message: 'declares tools under names that another server of the repository declares too',
  evidence: [double],
  anchors,
}
const spoken = (...evidence: readonly Evidence[]) => ({
  message: 'speaks to a model of tools that another server of the repository declares',
  evidence,
  anchors,
})

testRule(toolShadowed, {
  clear: [
    { name: 'servers with tools of their own', subject: addition, facts: { servers: [mail, notes()] } },
    { name: 'a server alone', subject: addition, facts: { servers: [notes(sends)] } },
    {
      name: 'two versions of one server',
      subject: addition,
      facts: { servers: [notes(sends), { ...notes(sends), version: '1.0.0' }] },
    },
    { name: 'a double that base had', subject: upgrade, facts: { servers: [mail, notes(sends, sends)] } },
    {
      name: 'words about a tool that base had too',
      subject: upgrade,
      facts: { servers: [mail, notes(speaking('Use send_message then.'), speaking('Call send_message.'))] },
    },
    {
      name: 'a double that the other server brings, which is told of that one',
      subject: upgrade,
      facts: { servers: [{ ...mail, before: keeps }, notes(sends, sends)] },
    },
    {
      name: 'a name that is an ordinary word of a sentence',
      subject: addition,
      facts: {
        servers: [
          { ...mail, mcp: aServer({ tools: [aTool({ name: 'search' })] }) },
          notes(speaking('Then search a note.')),
        ],
      },
    },
    {
      name: 'a package that is no server',
      subject: aDependencyChange({ name: 'other', before: null }),
      facts: { servers: [mail] },
    },
  ],
  flagged: [
    {
      name: "another server's tool",
      subject: addition,
      facts: { servers: [mail, notes(sends)] },
      observations: [shared],
    },
    {
      name: 'a tool that an upgrade brings',
      subject: upgrade,
      facts: { servers: [notes(sends, keeps), mail] },
      observations: [shared],
    },
    {
      name: 'two servers that come together, once: of the second',
      subject: addition,
      facts: { servers: [{ name: 'mail-mcp', version: '2.0.0', mcp: sends }, notes(sends)] },
      observations: [shared],
    },
    {
      name: "words about another server's tool, in a description, a parameter and what the server says of itself",
      subject: addition,
      facts: {
        servers: [
          mail,
          notes(
            aServer({
              tools: [
                aTool({
                  name: 'keep_note',
                  description: 'Before send_message is called, keep a note.',
                  parameters: [aParameter({ description: 'What `send_message` is given.' })],
                }),
              ],
              instructions: {
                text: `${'x '.repeat(50)}send_message. ${'y '.repeat(50)}`,
                at: { file: 'index.js', line: 3, column: 5 },
              },
            }),
          ),
        ],
      },
      observations: [
        spoken(
          mention('Before send_message is called, keep a note. (a tool of mail-mcp)'),
          mention('What `send_message` is given. (a tool of mail-mcp)', 13),
          mention(`…${'x '.repeat(30)}send_message. ${'y '.repeat(29)}… (a tool of mail-mcp)`, 3),
        ),
      ],
    },
    {
      name: 'an ordinary word that is quoted as code is',
      subject: addition,
      facts: {
        servers: [
          { ...mail, mcp: aServer({ tools: [aTool({ name: 'search' })] }) },
          notes(speaking('Instead of `search`.')),
        ],
      },
      observations: [spoken(mention('Instead of `search`. (a tool of mail-mcp)'))],
    },
    {
      name: 'servers of one scope, as low',
      subject: aDependencyChange({ name: '@acme/notes-mcp', before: null }),
      facts: {
        servers: [
          { ...mail, name: '@acme/mail-mcp' },
          { ...notes(sends), name: '@acme/notes-mcp' },
        ],
      },
      observations: [
        {
          ...shared,
          evidence: [{ ...double, value: foreign('send_message, which @acme/mail-mcp declares too') }],
          anchors: [{ ...anchors[0], key: 'node_modules/@acme/notes-mcp' }],
          severity: 'low',
        },
      ],
    },
  ],
})
