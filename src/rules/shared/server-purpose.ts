import type { McpServer } from '../../repository/mcp/mcp-server.js'

/** A service with its own credentials, and the words by which a server says that it is about it. */
interface Service {
  readonly name: string
  readonly credential: RegExp
  readonly words: RegExp
}

const service = (name: string, credential: RegExp, words: RegExp): Service => ({ name, credential, words })

/** `NAME_TOKEN` and the like, for services whose credentials bear their name. */
const named = (name: string): Service =>
  service(
    name,
    new RegExp(`^(?:[A-Z]+_)?${name.toUpperCase()}_(?:[A-Z0-9]+_){0,3}(?:TOKEN|KEY|SECRET|PASSWORD|PAT)$`),
    new RegExp(name, 'i'),
  )

const services: readonly Service[] = [
  service(
    'github',
    /^(?:GITHUB|GH)_(?:[A-Z]+_){0,3}(?:TOKEN|PAT|KEY|SECRET)$/,
    /github|octo|\bgit\b|\bgh\b|copilot|repo|issue/i,
  ),
  service('npm', /^(?:NPM_TOKEN|NPM_AUTH_TOKEN|NODE_AUTH_TOKEN)$/, /npm|registry|publish|release/i),
  service(
    'aws',
    /^AWS_(?:SECRET_ACCESS_KEY|SESSION_TOKEN|ACCESS_KEY_ID)$/,
    /aws|amazon|\bs3\b|dynamo|lambda|bedrock|cloudwatch|terraform|cdk|\bsst\b|\bec2\b|athena|sagemaker|pulumi|cloud|minio|backup/i,
  ),
  service(
    'google',
    /^GOOGLE_(?:APPLICATION_CREDENTIALS|CLIENT_SECRET|REFRESH_TOKEN)$/,
    /google|gcp|gcloud|bigquery|fire(?:base|store)|vertex|gemini|maps|sheet|drive|gmail|calendar|analytics|mail|youtube|terraform|cloud/i,
  ),
  service(
    'azure',
    /^AZURE_(?:[A-Z]+_){0,3}(?:SECRET|KEY|TOKEN|PAT)$/,
    /azure|microsoft|entra|devops|office|365|graph|teams|terraform|cloud|openai/i,
  ),
  service(
    'database',
    /^(?:DATABASE_URL|DB_PASSWORD|POSTGRES_(?:PASSWORD|URL)|POSTGRES_CONNECTION_STRING|PGPASSWORD|MYSQL_(?:PASSWORD|ROOT_PASSWORD)|MONGO(?:DB)?_(?:URI|URL)|REDIS_URL)$/,
    /postgres|\bpg\b|sql|data|\bdb|mongo|redis|prisma|supabase|neon|drizzle|hasura|query|planetscale|cms|backend|\bapi\b/i,
  ),
  service('ssh', /^SSH_(?:AUTH_SOCK|PRIVATE_KEY)$/, /ssh|\bgit|deploy|remote|server-admin|ansible/i),
  service('kubernetes', /^KUBECONFIG$/, /kube|k8s|helm|argo|cluster|istio|flux|openshift/i),
  ...[
    'gitlab',
    'stripe',
    'slack',
    'notion',
    'linear',
    'jira',
    'sentry',
    'figma',
    'postmark',
    'sendgrid',
    'mailgun',
    'twilio',
  ].map(named),
  ...[
    'cloudflare',
    'vercel',
    'netlify',
    'heroku',
    'discord',
    'telegram',
    'shopify',
    'paypal',
    'hubspot',
    'airtable',
  ].map(named),
]

/** What needs no credential of any service. */
const local =
  /file-?system|\bmemory\b|\btime\b|\bclock\b|\bfetch\b|sequential-?thinking|\beverything\b|weather|calculator|calc\b|puppeteer|playwright|\bbrowser\b|context7|\bdocs?\b|sqlite|markdown|\bpdf\b|\becho\b|desktop-?commander/i

export interface ForeignCredentials {
  readonly variables: readonly string[]
  /** What it is about is known, and it is something else; otherwise they only are of many services. */
  readonly purposeKnown: boolean
}

/** Services whose credentials an unknown server may hold together: a gateway of a team does, and has a name of its own. */
const manyServices = 3

/**
 * Credentials of well-known services that a server is handed although all that its entry says (name, command, arguments,
 * address) is about something else. Keys of models are everybody's: many servers ask one.
 */
export function foreignCredentials(server: McpServer): ForeignCredentials | undefined {
  const said = [server.name, server.command?.text, ...server.args.map(({ text }) => text), server.url?.text].join(' ')
  const own = services.filter(({ words }) => words.test(said))
  const handed = server.environment.flatMap(({ name }) => {
    const of = services.find(({ credential }) => credential.test(name))
    return of === undefined || own.includes(of) ? [] : [{ name, of }]
  })
  const variables = handed.map(({ name }) => name)
  if (handed.length === 0) return undefined
  if (own.length > 0 || local.test(said)) return { variables, purposeKnown: true }
  const distinct = new Set(handed.map(({ of }) => of)).size
  return distinct >= manyServices ? { variables, purposeKnown: false } : undefined
}
