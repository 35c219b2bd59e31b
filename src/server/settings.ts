import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * The environment of `lockwarden serve`. There is no `.env` file: one would win over the real environment.
 *
 * | variable | | |
 * |---|---|---|
 * | `APP_ID` | required | the GitHub App's number |
 * | `PRIVATE_KEY` or `PRIVATE_KEY_PATH` | required | its key as PEM (line ends may be `\n`, or all of it base64), or the file that holds it |
 * | `WEBHOOK_SECRET` | required | what GitHub signs with; several, separated by commas, while one is being replaced. At least 16 characters each |
 * | `GITHUB_API_URL` | the public GitHub | base URL of the API: `https://HOST/api/v3` for GitHub Enterprise Server |
 * | `HOST`, `PORT` | `localhost`, `3000` | where to listen; `0.0.0.0` in a container; port 0 takes a free one |
 * | `LOG_LEVEL` | `info` | `fatal`, `error`, `warn`, `info`, `debug` or `silent` |
 * | `LOCKWARDEN_REVIEWS` | 2 | reviews at the same time |
 * | `LOCKWARDEN_GRACE_SECONDS` | 25 | how long running reviews may go on after SIGTERM |
 */
export interface ServerSettings {
  readonly appId: number
  readonly privateKey: string
  readonly secrets: readonly string[]
  readonly apiUrl?: string
  readonly host: string
  readonly port: number
  readonly logLevel: string
  readonly reviews: number
  readonly graceMs: number
}

/** All that is wrong with the environment, one line each. Never holds a value: they are secrets. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings'
}

type Environment = Readonly<Record<string, string | undefined>>

const wholeNumber = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(fallback)

/** A secret that a library ships as its default is known to everyone. */
const knownSecrets = new Set(['development', 'secret', 'changeme'])

const minSecretCharacters = 16

const secret = z
  .string()
  .refine((text) => !knownSecrets.has(text), 'must not be a well-known word')
  .refine((text) => text.length >= minSecretCharacters, `must have at least ${minSecretCharacters} characters`)

const schema = z.object({
  APP_ID: z
    .string('is required')
    .regex(/^[1-9]\d{0,11}$/, 'must be the number of the App')
    .transform(Number),
  PRIVATE_KEY: z.string('is required, or PRIVATE_KEY_PATH').transform((text, context) => {
    const pem = toPem(text)
    if (pem !== undefined) return pem
    context.addIssue({ code: 'custom', message: 'is no private key in PEM format' })
    return z.NEVER
  }),
  WEBHOOK_SECRET: z
    .string('is required')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(secret).nonempty()),
  GITHUB_API_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  HOST: z.string().min(1).default('localhost'),
  PORT: wholeNumber(0, 65_535, 3000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  LOCKWARDEN_REVIEWS: wholeNumber(1, 64, 2),
  LOCKWARDEN_GRACE_SECONDS: wholeNumber(0, 3600, 25),
})

/** Throws `BadSettings`. */
export function readSettings(env: Environment): ServerSettings {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const { PRIVATE_KEY = readKeyFile(env.PRIVATE_KEY_PATH), ...rest } = present
  const read = schema.safeParse({ ...rest, ...(PRIVATE_KEY !== undefined && { PRIVATE_KEY }) })
  if (!read.success) {
    const lines = read.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`)
    throw new BadSettings([...new Set(lines)].join('\n'))
  }
  const { data } = read
  return {
    appId: data.APP_ID,
    privateKey: data.PRIVATE_KEY,
    secrets: data.WEBHOOK_SECRET,
    ...(data.GITHUB_API_URL && { apiUrl: data.GITHUB_API_URL.replace(/\/$/, '') }),
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    reviews: data.LOCKWARDEN_REVIEWS,
    graceMs: data.LOCKWARDEN_GRACE_SECONDS * 1000,
  }
}

function readKeyFile(path: string | undefined): string | undefined {
  if (path === undefined || path === '') return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new BadSettings(`PRIVATE_KEY_PATH cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
  }
}

/** PEM as it is, with escaped line ends as some systems store it, or as base64 of the whole. */
function toPem(text: string): string | undefined {
  const unescaped = text.replaceAll('\\n', '\n').trim()
  const pem = unescaped.startsWith('-----BEGIN') ? unescaped : Buffer.from(unescaped, 'base64').toString('utf8')
  try {
    return createPrivateKey(pem).type === 'private' ? `${pem.trim()}\n` : undefined
  } catch {
    // Whatever OpenSSL says about it could quote the key.
    return undefined
  }
}
