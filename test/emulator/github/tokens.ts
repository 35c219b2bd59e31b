import { type KeyObject, randomBytes, verify } from 'node:crypto'
import { Refusal } from './route.js'
import type { App, Installation, Permissions, Token, World } from './state.js'

const tokenLifeMs = 60 * 60 * 1000
/** GitHub refuses an App's JWT that lives longer. */
const jwtMostSeconds = 10 * 60
/** GitHub allows for clocks that differ by a little. */
const driftSeconds = 60

/** The long stateless format, with dots: a redaction that expects 36 letters does not find it. */
export function mintToken(
  world: World,
  installation: Installation,
  permissions: Permissions,
  repositories: ReadonlySet<number> | undefined,
): Token {
  const part = (bytes: number) => randomBytes(bytes).toString('base64url')
  const value = `ghs_${world.app.id}_${part(36)}.${part(210)}.${part(130)}`
  const expires = new Date(world.now().getTime() + tokenLifeMs)
  const token = { value, installation, permissions, expires, ...(repositories && { repositories }) }
  world.tokens.set(value, token)
  return token
}

export function findToken(world: World, authorization: string): Token {
  const value = /^(?:token|bearer) (\S+)$/i.exec(authorization)?.[1] ?? ''
  const token = world.tokens.get(value)
  if (!token || token.expires <= world.now()) throw new Refusal(401, 'Bad credentials')
  return token
}

/** The checks that GitHub's documentation lists for an App's JWT. */
export function verifyAppToken(world: World, authorization: string): void {
  const [header = '', payload = '', signature = ''] = (/^bearer (\S+)$/i.exec(authorization)?.[1] ?? '').split('.')
  const refuse = (message: string) => new Refusal(401, message)
  if (!isSigned(world.app, header, payload, signature)) throw refuse('A JSON web token could not be decoded')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>
  const now = world.now().getTime() / 1000
  const [issued, expires] = [Number(claims.iat), Number(claims.exp)]
  if (String(claims.iss) !== String(world.app.id)) throw refuse("'Issuer' claim ('iss') must be an Integer")
  if (!(issued <= now + driftSeconds))
    throw refuse("'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued")
  if (!(expires > now))
    throw refuse(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    )
  if (expires - now > jwtMostSeconds + driftSeconds)
    throw refuse("'Expiration time' claim ('exp') is too far in the future")
}

function isSigned(app: App, header: string, payload: string, signature: string): boolean {
  const key: KeyObject | undefined = app.publicKey
  if (!key || !signature) return false
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as { alg?: string }
  return (
    alg === 'RS256' && verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))
  )
}
