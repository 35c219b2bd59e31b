import { createPrivateKey, sign } from 'node:crypto'
import type { GitHub } from './github.js'

export interface ClientAnswer {
  readonly status: number
  readonly headers: Headers
  // Tests look into answers that the emulator has already held against GitHub's description.
  readonly body: Readonly<Record<string, unknown>>
  readonly text: string
}

export type Client = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<ClientAnswer>

/** The App's JWT, as the App itself would make it; `claims` to make a bad one. */
export function appJwt(github: GitHub, claims: Readonly<Record<string, unknown>> = {}): string {
  const now = Math.floor(github.world.now().getTime() / 1000)
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 30, exp: now + 540, iss: github.app.id, ...claims })}`
  return `${text}.${sign('sha256', Buffer.from(text), createPrivateKey(github.app.privateKey)).toString('base64url')}`
}

export function clientWith(github: GitHub, authorization: string): Client {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${github.url}${path}`, {
      method,
      headers: { authorization, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : {}
    return { status: response.status, headers: response.headers, body: json, text }
  }
}

export const appClient = (github: GitHub): Client => clientWith(github, `bearer ${appJwt(github)}`)

export async function installationClient(github: GitHub, owner: string, request: object = {}): Promise<Client> {
  const { id } = github.install(owner)
  const { body } = await appClient(github)('POST', `/app/installations/${id}/access_tokens`, request)
  return clientWith(github, `token ${String(body.token)}`)
}
