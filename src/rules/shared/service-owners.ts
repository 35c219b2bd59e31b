import type { ServiceOwner } from '../../facts/facts.js'

interface KnownService extends ServiceOwner {
  /** The service's own packages that stand in no scope. */
  readonly packages: readonly string[]
  /** The name is a word of the language too: it only counts where nothing but words about servers stands beside it. */
  readonly isWord: boolean
}

interface Owner {
  /** Separated by blanks, each as names of packages spell it. */
  readonly services: string
  readonly scopes: string
  /** Owners on the forge that nearly all of them use. */
  readonly github: string
  /** `host/owner` on other forges. */
  readonly elsewhere?: string
  readonly packages?: string
  readonly isWord?: true
}

/**
 * Services that people connect models to, and who publishes for them: the scopes and repositories that the services' own documents name.
 * Kept by hand; only services that publish packages of their own are here, since of the others nobody could say who is the right one. A
 * policy adds to it (`mcp.services`).
 */
const owners: readonly Owner[] = [
  { services: '1password onepassword', scopes: '@1password', github: '1Password' },
  { services: 'airtable', scopes: '@airtable', github: 'Airtable' },
  { services: 'algolia', scopes: '@algolia', github: 'algolia' },
  { services: 'alchemy', scopes: '@alchemy @account-kit', github: 'alchemyplatform', isWord: true },
  { services: 'amplitude', scopes: '@amplitude', github: 'amplitude', isWord: true },
  { services: 'anthropic claude', scopes: '@anthropic-ai', github: 'anthropics anthropic-experimental' },
  { services: 'apify', scopes: '@apify', github: 'apify' },
  { services: 'asana', scopes: '@asana', github: 'Asana' },
  {
    services: 'atlassian bitbucket confluence jira trello',
    scopes: '@atlassian @atlaskit @forge',
    github: 'atlassian atlassian-labs',
  },
  { services: 'auth0', scopes: '@auth0', github: 'auth0 auth0-samples' },
  {
    services: 'aws amazon',
    scopes: '@aws @aws-sdk @aws-cdk @aws-amplify @awslabs',
    github: 'aws awslabs aws-samples aws-amplify',
  },
  { services: 'azure', scopes: '@azure @azure-devops @microsoft', github: 'Azure Azure-Samples microsoft' },
  { services: 'binance', scopes: '@binance', github: 'binance' },
  { services: 'bitwarden', scopes: '@bitwarden', github: 'bitwarden' },
  { services: 'box', scopes: '@box', github: 'box box-community', isWord: true },
  { services: 'brave brave-search', scopes: '@brave', github: 'brave' },
  { services: 'brevo sendinblue', scopes: '@getbrevo', github: 'getbrevo' },
  { services: 'browserbase stagehand', scopes: '@browserbasehq', github: 'browserbase' },
  { services: 'buildkite', scopes: '@buildkite', github: 'buildkite' },
  { services: 'canva', scopes: '@canva', github: 'canva canva-sdks' },
  { services: 'circleci', scopes: '@circleci', github: 'circleci CircleCI-Public' },
  { services: 'clickup', scopes: '@clickup', github: 'clickup time-loop' },
  { services: 'cloudflare', scopes: '@cloudflare', github: 'cloudflare' },
  { services: 'cloudinary', scopes: '@cloudinary', github: 'cloudinary' },
  { services: 'coinbase', scopes: '@coinbase', github: 'coinbase' },
  { services: 'contentful', scopes: '@contentful', github: 'contentful' },
  { services: 'context7 upstash', scopes: '@upstash', github: 'upstash' },
  { services: 'databricks', scopes: '@databricks', github: 'databricks databrickslabs' },
  { services: 'datadog', scopes: '@datadog', github: 'DataDog' },
  { services: 'digitalocean', scopes: '@digitalocean', github: 'digitalocean digitalocean-labs' },
  { services: 'discord', scopes: '@discord', github: 'discord' },
  { services: 'docker', scopes: '@docker', github: 'docker' },
  { services: 'docusign', scopes: '@docusign', github: 'docusign' },
  { services: 'dropbox', scopes: '@dropbox', github: 'dropbox' },
  { services: 'elastic elasticsearch kibana', scopes: '@elastic', github: 'elastic' },
  { services: 'exa', scopes: '@exa-labs', github: 'exa-labs', packages: 'exa-mcp-server', isWord: true },
  { services: 'figma', scopes: '@figma', github: 'figma' },
  { services: 'firebase', scopes: '@firebase', github: 'firebase FirebaseExtended', packages: 'firebase-tools' },
  { services: 'firecrawl', scopes: '@firecrawl @mendable', github: 'firecrawl mendableai', packages: 'firecrawl-mcp' },
  { services: 'github', scopes: '@github @octokit @actions', github: 'github octokit actions' },
  { services: 'gitlab', scopes: '@gitlab', github: 'gitlabhq', elsewhere: 'gitlab.com/gitlab-org' },
  {
    services: 'google gcp gmail gemini youtube bigquery',
    scopes: '@google @google-cloud @googleapis @googlemaps @google-ai @google-labs',
    github: 'google googleapis GoogleCloudPlatform googlemaps google-gemini google-labs-code gemini-cli-extensions',
  },
  { services: 'grafana', scopes: '@grafana', github: 'grafana' },
  { services: 'hashicorp terraform', scopes: '@hashicorp', github: 'hashicorp' },
  { services: 'heroku', scopes: '@heroku', github: 'heroku' },
  { services: 'hubspot', scopes: '@hubspot', github: 'HubSpot' },
  { services: 'huggingface hugging-face', scopes: '@huggingface', github: 'huggingface' },
  { services: 'intercom', scopes: '@intercom', github: 'intercom' },
  { services: 'intuit quickbooks', scopes: '@intuit', github: 'intuit' },
  { services: 'jfrog artifactory', scopes: '@jfrog', github: 'jfrog' },
  { services: 'launchdarkly', scopes: '@launchdarkly', github: 'launchdarkly' },
  { services: 'linear', scopes: '@linear', github: 'linear', isWord: true },
  { services: 'linkedin', scopes: '@linkedin', github: 'linkedin linkedin-developers' },
  { services: 'mailchimp mandrill', scopes: '@mailchimp', github: 'mailchimp' },
  { services: 'mailgun', scopes: '@mailgun', github: 'mailgun' },
  { services: 'metamask infura', scopes: '@metamask @infura', github: 'MetaMask INFURA' },
  {
    services: 'microsoft office365 onedrive outlook powerbi sharepoint',
    scopes: '@microsoft @azure @pnp',
    github: 'microsoft microsoftgraph pnp',
  },
  { services: 'mixpanel', scopes: '@mixpanel', github: 'mixpanel' },
  { services: 'monday', scopes: '@mondaycom @mondaydotcomorg', github: 'mondaycom', isWord: true },
  { services: 'mongodb', scopes: '@mongodb-js', github: 'mongodb mongodb-js', packages: 'mongodb-mcp-server' },
  { services: 'n8n', scopes: '@n8n @n8n_io', github: 'n8n-io' },
  { services: 'neon', scopes: '@neondatabase', github: 'neondatabase', isWord: true },
  { services: 'netlify', scopes: '@netlify', github: 'netlify' },
  { services: 'newrelic new-relic', scopes: '@newrelic', github: 'newrelic' },
  { services: 'notion', scopes: '@notionhq', github: 'makenotion', isWord: true },
  { services: 'okta', scopes: '@okta', github: 'okta' },
  { services: 'openai chatgpt', scopes: '@openai', github: 'openai' },
  { services: 'pagerduty', scopes: '@pagerduty', github: 'PagerDuty' },
  { services: 'paypal braintree', scopes: '@paypal', github: 'paypal braintree' },
  { services: 'perplexity', scopes: '@perplexity-ai', github: 'perplexityai ppl-ai' },
  { services: 'pinecone', scopes: '@pinecone-database', github: 'pinecone-io' },
  { services: 'plaid', scopes: '@plaid', github: 'plaid', isWord: true },
  { services: 'planetscale', scopes: '@planetscale', github: 'planetscale' },
  { services: 'playwright', scopes: '@playwright', github: 'microsoft' },
  { services: 'posthog', scopes: '@posthog', github: 'PostHog' },
  { services: 'postmark', scopes: '@activecampaign', github: 'ActiveCampaign' },
  { services: 'prisma', scopes: '@prisma', github: 'prisma' },
  { services: 'qdrant', scopes: '@qdrant', github: 'qdrant' },
  { services: 'railway', scopes: '@railway', github: 'railwayapp', isWord: true },
  { services: 'redis', scopes: '@redis', github: 'redis redis-developer' },
  { services: 'render', scopes: '@renderinc', github: 'render-oss renderinc', isWord: true },
  { services: 'resend', scopes: '@resend', github: 'resend', isWord: true },
  {
    services: 'salesforce tableau',
    scopes: '@salesforce @tableau',
    github: 'salesforce salesforcecli forcedotcom tableau',
  },
  { services: 'sanity', scopes: '@sanity', github: 'sanity-io', isWord: true },
  { services: 'segment', scopes: '@segment', github: 'segmentio', isWord: true },
  {
    services: 'sendgrid twilio',
    scopes: '@sendgrid @twilio @twilio-alpha @twilio-labs',
    github: 'sendgrid twilio twilio-labs',
  },
  { services: 'sentry', scopes: '@sentry', github: 'getsentry' },
  { services: 'servicenow', scopes: '@servicenow', github: 'ServiceNow' },
  { services: 'shopify', scopes: '@shopify', github: 'Shopify' },
  { services: 'slack', scopes: '@slack', github: 'slackapi' },
  { services: 'snowflake', scopes: '@snowflake', github: 'snowflakedb Snowflake-Labs', isWord: true },
  { services: 'snyk', scopes: '@snyk', github: 'snyk snyk-labs', packages: 'snyk' },
  { services: 'sonarqube sonarcloud', scopes: '@sonar @sonarsource', github: 'SonarSource' },
  { services: 'spotify', scopes: '@spotify', github: 'spotify' },
  { services: 'square', scopes: '@square', github: 'square', isWord: true },
  { services: 'stripe', scopes: '@stripe', github: 'stripe' },
  { services: 'supabase', scopes: '@supabase', github: 'supabase supabase-community' },
  { services: 'tavily', scopes: '@tavily', github: 'tavily-ai', packages: 'tavily-mcp' },
  { services: 'vercel', scopes: '@vercel', github: 'vercel vercel-labs' },
  { services: 'webflow', scopes: '@webflow', github: 'webflow', packages: 'webflow-mcp-server' },
  { services: 'weaviate', scopes: '@weaviate', github: 'weaviate' },
  {
    services: 'wordpress woocommerce',
    scopes: '@wordpress @automattic @woocommerce',
    github: 'WordPress Automattic woocommerce',
  },
  { services: 'xero', scopes: '@xeroapi', github: 'XeroAPI' },
  { services: 'zapier', scopes: '@zapier', github: 'zapier' },
  { services: 'zendesk', scopes: '@zendesk', github: 'zendesk' },
]

/** The makers of the protocol publish servers for services as examples. */
const everyServices = ['@modelcontextprotocol'] as const

const split = (text: string | undefined): readonly string[] => text?.split(' ') ?? []

/** One for each service, with those whom the policy adds: what it says of a known service is added to what is known. */
export function serviceOwners(added: readonly ServiceOwner[]): readonly KnownService[] {
  const known = owners.flatMap(({ services, scopes, github, elsewhere, packages, isWord = false }) =>
    split(services).map((service) => ({
      service,
      scopes: [...split(scopes), ...everyServices],
      repositories: [
        ...[...split(github), 'modelcontextprotocol'].map((owner) => `github.com/${owner}`),
        ...split(elsewhere),
      ],
      packages: split(packages),
      isWord,
    })),
  )
  const names = new Set(known.map(({ service }) => service))
  return [
    ...known.map((one) => {
      const more = added.filter(({ service }) => service === one.service)
      return {
        ...one,
        scopes: [...one.scopes, ...more.flatMap(({ scopes }) => scopes)],
        repositories: [...one.repositories, ...more.flatMap(({ repositories }) => repositories)],
      }
    }),
    ...added.filter(({ service }) => !names.has(service)).map((one) => ({ ...one, packages: [], isWord: false })),
  ]
}

/** `host/owner/name` in lower case, of any spelling that npm takes; undefined where none can be read. */
export function repositoryPath(stated: string): string | undefined {
  const text = stated.trim().slice(0, 500).toLowerCase()
  const short = /^(?:(github|gitlab|bitbucket):)?([\w.-]+\/[\w.-]+?)(?:\.git)?(?:#.*)?$/.exec(text)
  if (short !== null) {
    const hosts: Readonly<Record<string, string>> = { gitlab: 'gitlab.com', bitbucket: 'bitbucket.org' }
    return `${hosts[short[1] ?? ''] ?? 'github.com'}/${short[2]}`
  }
  const long =
    /^(?:[a-z+]{2,10}:\/\/)?(?:[^@/\s]{0,64}@)?(?:www\.)?([a-z0-9.-]+\.[a-z]+)(?::\d+)?[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?(?:[/#?].*)?$/.exec(
      text,
    )
  return long === null ? undefined : `${long[1]}/${long[2]}`
}
