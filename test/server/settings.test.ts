import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { BadSettings, readSettings } from '../../src/server/settings.js'

const pem = String(
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }),
)
const secret = 'correct horse battery'
const env = { APP_ID: '7', PRIVATE_KEY: pem, WEBHOOK_SECRET: secret }

const errorOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    if (error instanceof BadSettings) return error.message
    throw error
  }
  return 'no error'
}

describe('readSettings', () => {
  it('needs three variables and has a default for each other one', () => {
    expect(readSettings({ ...env, HOST: '', PORT: undefined })).toEqual({
      appId: 7,
      privateKey: pem,
      secrets: [secret],
      host: 'localhost',
      port: 3000,
      logLevel: 'info',
      reviews: 2,
      graceMs: 25_000,
    })
  })

  it('takes everything that can be set', () => {
    const all = {
      ...env,
      WEBHOOK_SECRET: `${secret}, another horse battery`,
      GITHUB_API_URL: 'https://github.example/api/v3/',
      HOST: '0.0.0.0',
      PORT: '0',
      LOG_LEVEL: 'warn',
      LOCKWARDEN_REVIEWS: '4',
      LOCKWARDEN_GRACE_SECONDS: '0',
    }
    expect(readSettings(all)).toEqual({
      appId: 7,
      privateKey: pem,
      secrets: [secret, 'another horse battery'],
      apiUrl: 'https://github.example/api/v3',
      host: '0.0.0.0',
      port: 0,
      logLevel: 'warn',
      reviews: 4,
      graceMs: 0,
    })
  })

  it.each([
    ['with escaped line ends', pem.replaceAll('\n', '\\n')],
    ['as base64', Buffer.from(pem).toString('base64')],
  ])('takes a private key %s', (_, key) => {
    expect(readSettings({ ...env, PRIVATE_KEY: key }).privateKey.trim()).toBe(pem.trim())
  })

  it('takes a private key from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lockwarden-key-'))
    const path = join(folder, 'key.pem')
    writeFileSync(path, pem)
    const { privateKey } = readSettings({ ...env, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: path })
    rmSync(folder, { recursive: true })
    expect(privateKey).toBe(pem)
  })

  it('says all that is missing at once', () => {
    expect(errorOf(() => readSettings({})).split('\n')).toEqual([
      'APP_ID is required',
      'PRIVATE_KEY is required, or PRIVATE_KEY_PATH',
      'WEBHOOK_SECRET is required',
    ])
  })

  it.each([
    ['APP_ID', 'seven', 'APP_ID must be the number of the App'],
    ['PRIVATE_KEY', 'x', 'PRIVATE_KEY is no private key in PEM format'],
    ['WEBHOOK_SECRET', 'development', 'WEBHOOK_SECRET must not be a well-known word'],
    ['WEBHOOK_SECRET', `${secret},`, 'WEBHOOK_SECRET must have at least 16 characters'],
    ['WEBHOOK_SECRET', `${secret},short`, 'WEBHOOK_SECRET must have at least 16 characters'],
    ['GITHUB_API_URL', 'github.example', 'GITHUB_API_URL must be an http or https URL'],
    ['GITHUB_API_URL', 'file:///etc', 'GITHUB_API_URL must be an http or https URL'],
    ['PORT', '3000x', 'PORT must be a whole number'],
  ])('refuses %s=%s', (name, value, message) => {
    expect(errorOf(() => readSettings({ ...env, [name]: value }))).toContain(message)
  })

  it('never quotes a value', () => {
    const message = errorOf(() =>
      readSettings({ APP_ID: 'value-1', PRIVATE_KEY: 'value-2', WEBHOOK_SECRET: 'value-3', PORT: 'value-4' }),
    )
    expect(message).not.toContain('value-')
  })

  it('says that a key file cannot be read, and not what is in it', () => {
    const path = '/nowhere/key.pem'
    expect(errorOf(() => readSettings({ ...env, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: path }))).toBe(
      'PRIVATE_KEY_PATH cannot be read: ENOENT',
    )
  })
})
