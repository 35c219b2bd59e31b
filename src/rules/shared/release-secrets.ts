import type { WorkflowVariable } from '../../repository/posture/posture-state.js'

/** Names under which people keep what publishes for them. */
const publishes =
  /(?:^|_)(?:npm|npmjs|node_auth|yarn_npm|pypi|twine|cargo_registry|crates|vsce|ovsx|open_vsx|docker|dockerhub|docker_hub|rubygems|gem_host|jsr|nuget|chocolatey|homebrew|cocoapods|sonatype|ossrh|chrome_web_store)(?:_|$)/i

/** Names of keys to clouds and hosts. */
const deploys =
  /^(?:aws_secret_access_key|aws_session_token|azure_client_secret|azure_credentials|arm_client_secret|google_(?:application_)?credentials|gcp_\w*(?:key|credentials)|gcloud_\w*key|cloudflare_api_(?:token|key)|cf_api_token|vercel_token|netlify_auth_token|heroku_api_key|firebase_token|digitalocean_access_token|fly_api_token|kubeconfig|kube_config|ssh_private_key|deploy_key|gpg_private_key|cosign_private_key)$/i

const holdsSecret = /(?:token|password|passwd|pat|secret|key|auth|credentials?)(?:_|$)/i

/** Keys that only read, by their name. */
const readsOnly = /(?:^|_)(?:read|readonly|read_only|ro|install|pull)(?:_|$)/i

/** Whether a variable holds, by its name or by the secret's, what publishes packages or opens a cloud. GitHub's own token of the job is neither. */
export function isReleaseSecret({ name, value }: WorkflowVariable): boolean {
  const [, secret] = /\$\{\{\s{0,20}secrets(?:\.|\[['"])([\w-]{1,100})/.exec(value) ?? []
  if (secret === undefined || /^github_token$/i.test(secret)) return false
  const names = [name, secret]
  if (names.some((one) => readsOnly.test(one))) return false
  return names.some((one) => deploys.test(one) || (publishes.test(one) && holdsSecret.test(one)))
}
