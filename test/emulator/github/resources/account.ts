import type { Account, App, Installation, Permissions, World } from '../state.js'

const words = [
  'followers',
  'following{/other_user}',
  'gists{/gist_id}',
  'starred{/owner}{/repo}',
  'subscriptions',
  'orgs',
  'repos',
  'events{/privacy}',
  'received_events',
]
const keys = [
  'followers',
  'following',
  'gists',
  'starred',
  'subscriptions',
  'organizations',
  'repos',
  'events',
  'received_events',
]

export function accountResource(world: World, account: Account) {
  const url = `${world.url}/users/${encodeURIComponent(account.login)}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === 'Bot' ? 'BOT' : 'U', account.id),
    avatar_url: `${world.url}/avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${world.url}/${encodeURIComponent(account.login)}`,
    ...Object.fromEntries(keys.map((key, at) => [`${key}_url`, `${url}/${words[at]}`])),
    type: account.type,
    site_admin: false,
  }
}

export function appResource(world: World, app: App, permissions: Permissions) {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    owner: accountResource(world, app.owner),
    name: app.name,
    description: '',
    external_url: `${world.url}/apps/${app.slug}/about`,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    permissions,
    events: ['check_run', 'check_suite', 'merge_group', 'pull_request', 'push'],
  }
}

export function installationResource(world: World, installation: Installation) {
  return {
    id: installation.id,
    account: accountResource(world, installation.account),
    repository_selection: 'all',
    access_tokens_url: `${world.url}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${world.url}/installation/repositories`,
    html_url: `${world.url}/settings/installations/${installation.id}`,
    app_id: world.app.id,
    app_slug: world.app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: installation.permissions,
    events: [],
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    single_file_name: null,
    suspended_by: null,
    suspended_at: null,
  }
}

/** GraphQL finds a thing again by this. */
export function nodeId(kind: string, id: number): string {
  return `${kind}_${id}`
}
