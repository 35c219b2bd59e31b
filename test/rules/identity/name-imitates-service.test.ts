import type { ServiceOwner } from '../../../src/facts/facts.js'
import { foreign } from '../../../src/foreign.js'
import { nameImitatesService } from '../../../src/rules/identity/name-imitates-service.js'
import type { Severity } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aServer } from '../../builders/mcp-facts.js'
import { aPackage, type PackageOverrides } from '../../builders/package-facts.js'
import { type ClearCase, type FlaggedCase, testRule } from '../../rule-tester.js'

const added = (name: string) => aDependencyChange({ name, before: null })
const facts = (repository?: string, services: readonly ServiceOwner[] = [], more: PackageOverrides = {}) => ({
  package: aPackage({ manifest: repository === undefined ? {} : { repository }, ...more }),
  services,
})
const acme = { service: 'acme-mail', scopes: ['@acme'], repositories: ['git.acme.example/mail'] }

const clear = (name: string, called: string, ...given: Parameters<typeof facts>): ClearCase => ({
  name,
  subject: added(called),
  facts: facts(...given),
})
const flagged = (
  name: string,
  called: string,
  severity: Severity,
  service: string,
  scopes: string,
  ...given: Parameters<typeof facts>
): FlaggedCase => ({
  name,
  subject: added(called),
  facts: facts(...given),
  observations: [
    {
      message: 'is a server in the name of a service that does not publish it, as far as its scope and repository say',
      evidence: [
        { label: 'service', value: foreign(service) },
        ...(given[0] === undefined ? [] : [{ label: 'repository, by its own word', value: foreign(given[0]) }]),
        { label: "the service's own scopes", value: foreign(scopes) },
      ],
      anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: `node_modules/${called}`, field: 'version' }],
      severity,
    },
  ],
})
const postmark = '@activecampaign, @modelcontextprotocol'

const claimed = flagged(
  'a',
  'postmark-mcp',
  'low',
  'postmark',
  postmark,
  'git+https://github.com/ActiveCampaign/postmark-mcp.git',
)

testRule(nameImitatesService, {
  clear: [
    clear("a server in the service's own scope", '@notionhq/notion-mcp-server'),
    clear('the examples of the makers of the protocol', '@modelcontextprotocol/server-github'),
    clear("the service's own package that stands in no scope", 'firecrawl-mcp'),
    clear('a server in nobody’s name', 'weather-mcp-server'),
    clear('a package in the name of a service that is no server', 'postmark-templates'),
    clear('a service whose name is a word, among other words', 'linear-algebra-mcp'),
    clear('a word that only begins like a service', 'slackline-mcp'),
    clear('a server by what it does, of which the name says nothing of servers', 'stripe', undefined, [], {
      mcp: aServer(),
    }),
    clear("whom the policy calls the service's publisher", '@other/postmark-mcp', undefined, [
      { service: 'postmark', scopes: ['@Other'], repositories: [] },
    ]),
    { name: 'a server that was there before', subject: aDependencyChange({ name: 'postmark-mcp' }), facts: facts() },
  ],
  flagged: [
    flagged('a server in the name of a service', 'postmark-mcp', 'high', 'postmark', postmark),
    flagged(
      "somebody else's repository",
      'mcp-server-stripe',
      'high',
      'stripe',
      '@stripe, @modelcontextprotocol',
      'github:someone/mcp-server-stripe',
    ),
    flagged(
      'an owner who begins like the right one',
      'stripe-mcp',
      'high',
      'stripe',
      '@stripe, @modelcontextprotocol',
      'https://github.com/stripe-mcp/server',
    ),
    flagged(
      'the right owner on the wrong host',
      'stripe-mcp',
      'high',
      'stripe',
      '@stripe, @modelcontextprotocol',
      'https://github.com.forge.example/stripe/mcp',
    ),
    flagged('words without a sign between them', 'postmarkmcp', 'high', 'postmark', postmark),
    flagged(
      'a service whose name is a word, alone',
      'linear-mcp-server',
      'high',
      'linear',
      '@linear, @modelcontextprotocol',
    ),
    flagged("a scope that bears the service's name", '@postmark-mcp/server', 'high', 'postmark', postmark),
    flagged("a stranger's scope, which says whose it is", '@someone/postmark-mcp', 'medium', 'postmark', postmark),
    flagged('one that says that it is not the service’s', 'unofficial-postmark-mcp', 'low', 'postmark', postmark),
    flagged('a server by what it does', 'postmark-agent', 'high', 'postmark', postmark, undefined, [], {
      mcp: aServer(),
    }),
    flagged('a service that the policy adds', 'acme-mail-mcp', 'high', 'acme-mail', '@acme', undefined, [acme]),
    {
      ...claimed,
      name: "the service's repository by its own word only, as low",
      observations: claimed.observations.map((one) => ({
        ...one,
        message: 'bears the name of a service, and that it is theirs is only its own word',
        confidence: 'low',
      })),
    },
  ],
})
