/** Shapes of tokens: who writes one down looks for them or has one. */
const tokenShape =
  /\bgh[opsur]_(?:[[\\A-Za-z0-9]|$)|\bgh\[[opsur]{1,5}\]_|\bgithub_pat_|\bnpm_(?:\[|\\w|[A-Za-z0-9]{36}$|$)|\bA[KS]IA(?:\[|[A-Z0-9]{16})|\bxox[baprs]?-|\bxox\[|\bglpat-|\bsk-ant-|\bsk_live_|-----BEGIN[ A-Z\\s+]{0,40}PRIVATE KEY|_authToken/

export function tokenLike(text: string): string | undefined {
  if (text.length < 4 || text.length > 2_000) return undefined
  return tokenShape.exec(text)?.[0]
}

const secretName =
  /(?:^|_)(?:(?:AUTH|ACCESS|API|NPM|NODE_AUTH|GITHUB|GH|GITLAB|ID|BEARER|SESSION|VAULT|BOT|SLACK|REFRESH|HF|OAUTH)_?(?:TOKEN|KEY)|TOKEN|SECRET|SECRETS|PASSWORD|PASSWD|PRIVATE_KEY|SECRET_KEY|SECRET_ACCESS_KEY|MNEMONIC|CREDENTIALS?|PAT)(?:_|$)/i

/** Whether a variable of the environment holds a secret, by its name. */
export const isSecretName = (name: string): boolean => secretName.test(name)

const publishing: readonly (readonly [RegExp, string])[] = [
  [/\b(?:npm|pnpm|yarn|bun|lerna|yarn npm)\s{1,4}(?:[^;&|\n]{0,80}\s)?publish\b/, 'npm publish'],
  [/\bnpm\s{1,4}(?:token|owner|access|adduser|login|dist-tag)\b/, 'npm account command'],
  [/\bgh\s{1,4}(?:api|workflow|secret|auth|repo|release)\b/, 'gh command'],
  [
    /\/-\/(?:npm\/v1\/(?:tokens|user)|user\/org|whoami|package\/.{1,200}\/(?:dist-tags|access|collaborators))/,
    "the registry's account interface",
  ],
  [/\.github\/workflows(?:$|\/)/, '.github/workflows'],
  [/\/actions\/(?:secrets|runners|workflows)|\/user\/repos|\/git\/refs/, 'GitHub interface'],
]

/** What a command, path or address does to packages, accounts or workflows. */
export function publishes(text: string): string | undefined {
  if (text.length > 10_000) return publishes(text.slice(0, 10_000))
  return publishing.find(([pattern]) => pattern.test(text))?.[1]
}

const octokitWrites =
  /\.(?:createOrUpdateFileContents|createOrUpdateRepoSecret|createOrUpdateOrgSecret|createWorkflowDispatch|createRegistrationTokenForRepo|createForAuthenticatedUser|createDeployKey|git\.(?:createCommit|updateRef|createRef|createTree))$/

export const isRepositoryWrite = (key: string): boolean => octokitWrites.test(key)

export const publishModules: ReadonlySet<string> = new Set([
  'libnpmpublish:publish',
  'libnpmpublish:',
  '@jsdevtools/npm-publish:',
  '@jsdevtools/npm-publish:npmPublish',
])
