import { accountResource, appResource, installationResource } from '../resources/account.js'
import { fullRepository, repositoryResource } from '../resources/repository.js'
import { bodyOf, type Call, notFound, page, Refusal, type Routes } from '../route.js'
import { findRepository, type Installation, type Permissions, timestamp } from '../state.js'
import { mintToken } from '../tokens.js'

const ranks: Readonly<Record<string, number>> = { read: 1, write: 2, admin: 3 }

export const appRoutes: Routes = {
  'GET /app': {
    needs: 'app',
    answer: ({ world }) => ({
      status: 200,
      body: appResource(world, world.app, world.installations[0]?.permissions ?? {}),
    }),
  },
  'GET /app/installations': {
    needs: 'app',
    answer: (call) =>
      page(
        call,
        call.world.installations.map((one) => installationResource(call.world, one)),
      ),
  },
  'GET /app/installations/{installation_id}': {
    needs: 'app',
    answer: (call) => ({ status: 200, body: installationResource(call.world, findInstallation(call)) }),
  },
  'GET /repos/{owner}/{repo}/installation': {
    needs: 'app',
    answer: ({ world, params }) => {
      const repository = findRepository(world, params.owner ?? '', params.repo ?? '')
      const found = world.installations.find(({ account }) => account === repository?.owner)
      if (!found) throw notFound()
      return { status: 200, body: installationResource(world, found) }
    },
  },
  'POST /app/installations/{installation_id}/access_tokens': { needs: 'app', answer: createToken },
  'GET /installation/repositories': {
    needs: 'none',
    answer: (call) => {
      const visible = call.world.repositories.filter(
        ({ id, owner }) => owner === call.token?.installation.account && (call.token.repositories?.has(id) ?? true),
      )
      const shown = visible.map((one) => repositoryResource(call.world, one))
      return page(call, shown, (repositories) => ({ total_count: visible.length, repositories }))
    },
  },
  'GET /repos/{owner}/{repo}': {
    needs: [['metadata', 'read']],
    answer: ({ world, repository }) => ({ status: 200, body: fullRepository(world, repository) }),
  },
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': {
    needs: [['metadata', 'read']],
    answer: readPermission,
  },
  'GET /rate_limit': {
    needs: 'none',
    answer: ({ world }) => {
      const reset = Math.floor(world.now().getTime() / 1000) + 3600
      const rate = { limit: 5000, remaining: 4999, reset, used: 1 }
      return { status: 200, body: { resources: { core: rate, search: rate, graphql: rate }, rate } }
    },
  },
}

function findInstallation({ world, params }: Call): Installation {
  const found = world.installations.find(({ id }) => id === Number(params.installation_id))
  if (!found) throw notFound()
  return found
}

interface TokenRequest {
  readonly permissions?: Permissions
  readonly repositories?: readonly string[]
  readonly repository_ids?: readonly number[]
}

function createToken(call: Call) {
  const { world } = call
  const installation = findInstallation(call)
  const asked = bodyOf<TokenRequest>(call)
  for (const [name, level] of Object.entries(asked.permissions ?? {})) {
    if ((ranks[level] ?? 0) > (ranks[installation.permissions[name] ?? ''] ?? 0)) {
      throw new Refusal(422, 'The permissions requested are not granted to this installation.')
    }
  }
  const own = world.repositories.filter(({ owner }) => owner === installation.account)
  const narrowed = asked.repositories !== undefined || asked.repository_ids !== undefined
  const chosen = own.filter(({ id, name }) => asked.repository_ids?.includes(id) || asked.repositories?.includes(name))
  const wanted = (asked.repository_ids?.length ?? 0) + (asked.repositories?.length ?? 0)
  if (narrowed && chosen.length < wanted) {
    throw new Refusal(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    )
  }
  const permissions = { metadata: 'read' as const, ...(asked.permissions ?? installation.permissions) }
  const token = mintToken(world, installation, permissions, narrowed ? new Set(chosen.map(({ id }) => id)) : undefined)
  return {
    status: 201,
    body: {
      token: token.value,
      expires_at: timestamp(token.expires),
      permissions,
      repository_selection: narrowed ? 'selected' : 'all',
      ...(narrowed && { repositories: chosen.map((one) => repositoryResource(world, one)) }),
    },
  }
}

/** `maintain` and `triage` have no word in `permission`: only `role_name` tells them. */
const shownAs: Readonly<Record<string, string>> = { maintain: 'write', triage: 'read' }

function readPermission({ world, repository, params }: Call) {
  const account = world.accounts.get((params.username ?? '').toLowerCase())
  if (!account) throw notFound()
  const owns = account === repository.owner ? 'admin' : undefined
  const role = owns ?? repository.collaborators.get(account.login) ?? (repository.private ? 'none' : 'read')
  const user = { ...accountResource(world, account), role_name: role }
  return { status: 200, body: { permission: shownAs[role] ?? role, role_name: role, user } }
}
