import type { ESTree } from '../read/syntax-node.js'

/** One of these is in each text that is a secret's path, a token's shape, an interface of registries or a wallet's word. */
const parts =
  /\.(?:npmrc|yarnrc|pypirc|ssh|aws|azure|kube|docker|git-cred|config|gnupg|vault|terraform|cargo|env|github|claude|gemini|codex)|id_(?:rsa|dsa|ecdsa|ed)|gcloud|credentials|netrc|_history|^\/(?:etc|proc)\/|ogin data|logins\.json|key[34]\.db|cookies|local state|keychain|wallet|exodus|electrum|atomic[/\\]|ledger live|ethereum[/\\]|bitcoin[/\\]|solana|nkbihfbeog|bfnaelmom|\/-\/|\/actions\/|eth_|personal_|gh[opsur]_|github_pat|npm_|A[KS]IA|xox|glpat|sk-ant|sk_live|PRIVATE KEY|_authToken|user\/repos|git\/refs/i

/** Whether a literal needs a look: most do not. Escapes are read by now. */
export function isLiteralSite(literal: ESTree.Literal): boolean {
  if ('regex' in literal && literal.regex) return true
  const { value } = literal
  return typeof value === 'string' && value.length >= 4 && value.length <= 2_000 && parts.test(value)
}
