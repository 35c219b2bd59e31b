import type { ServerAllowance } from '../../../src/facts/facts.js'
import { foreign } from '../../../src/foreign.js'
import type { McpFacts } from '../../../src/package/mcp/mcp-facts.js'
import { toolNotAllowed } from '../../../src/rules/mcp/tool-not-allowed.js'
import type { Evidence } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aParameter, aServer, aTool } from '../../builders/mcp-facts.js'
import { aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange({ name: 'mail-mcp' })
const addition = aDependencyChange({ name: 'mail-mcp', before: null })
const facts = (mcp: McpFacts | undefined, allowance: Partial<ServerAllowance>) => ({
  package: aPackage(mcp && { mcp }),
  allowance: { blockedPatterns: [], ...allowance },
})
const two = aServer({ tools: [aTool(), aTool({ name: 'update_config', description: 'Set a setting.' })] })
const unread = {
  what: 'tool',
  reason: 'its name is made at run time',
  at: { file: 'index.js', line: 8, column: 1 },
} as const

const evidence = (label: string, value: string, line: number, column: number): Evidence => ({
  label,
  value: foreign(value),
  file: 'index.js',
  line,
  column,
})
const denied = (...shown: readonly Evidence[]) => ({
  message: 'declares what the policy does not allow it',
  evidence: shown,
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/mail-mcp', field: 'version' }] as const,
})

testRule(toolNotAllowed, {
  clear: [
    { name: 'a server of which the policy says nothing', subject: upgrade, facts: facts(two, {}) },
    {
      name: 'tools that are all listed, and one listed that is not there',
      subject: upgrade,
      facts: facts(two, { allow: ['send_message', 'update_config', 'read_inbox'] }),
    },
    {
      name: 'patterns that nothing matches',
      subject: upgrade,
      facts: facts(two, { blockedPatterns: ['auth_context', ''] }),
    },
    {
      name: 'what could not be read, where any tool may be declared',
      subject: upgrade,
      facts: facts(aServer({ unresolved: [unread] }), { blockedPatterns: ['auth_context'] }),
    },
    {
      name: 'a resource that could not be read',
      subject: upgrade,
      facts: facts(aServer({ unresolved: [{ ...unread, what: 'resource' }] }), { allow: ['send_message'] }),
    },
    { name: 'a package that is no server', subject: upgrade, facts: facts(undefined, { allow: [] }) },
  ],
  flagged: [
    {
      name: 'a tool that is not listed',
      subject: upgrade,
      facts: facts(two, { allow: ['send_message'] }),
      observations: [denied(evidence('tool that is not listed', 'update_config', 10, 3))],
    },
    {
      name: 'all tools of a new server, where none is listed',
      subject: addition,
      facts: facts(aServer(), { allow: [] }),
      observations: [denied(evidence('tool that is not listed', 'send_message', 10, 3))],
    },
    {
      name: 'a name in other letters than the listed one',
      subject: upgrade,
      facts: facts(aServer(), { allow: ['Send_Message'] }),
      observations: [denied(evidence('tool that is not listed', 'send_message', 10, 3))],
    },
    {
      name: 'patterns in a name, a description and parameters, in any case',
      subject: upgrade,
      facts: facts(
        aServer({
          tools: [
            aTool({
              name: 'auth_context',
              description: 'Needs the Auth_Context.',
              parameters: [
                aParameter({ name: 'AUTH_CONTEXT' }),
                aParameter({ name: 'x', description: 'auth_context' }),
              ],
            }),
          ],
        }),
        { blockedPatterns: ['auth_CONTEXT'] },
      ),
      observations: [
        denied(
          evidence('blocked pattern in a tool', 'auth_context', 10, 3),
          evidence('blocked pattern in a description', 'auth_context: Needs the Auth_Context.', 11, 5),
          evidence('blocked pattern in a parameter', 'auth_context: AUTH_CONTEXT: Who is to get it.', 13, 5),
          evidence('blocked pattern in a parameter', 'auth_context: x: auth_context', 13, 5),
        ),
      ],
    },
    {
      name: 'what could not be read, where tools are listed',
      subject: upgrade,
      facts: facts(aServer({ unresolved: [unread] }), { allow: ['send_message'] }),
      observations: [
        {
          ...denied(evidence('could not be read', 'its name is made at run time', 8, 1)),
          message: 'is to declare certain tools only, and some of what it declares could not be read',
          severity: 'medium',
          confidence: 'low',
        },
      ],
    },
  ],
})
