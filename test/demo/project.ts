import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../emulator/github/fixtures.js'
import { type AcmeRegistry, acmeName } from './acme-package.js'

type Json = Record<string, unknown>

/**
 * One state of the demo's repository: real packages of the public registry with their true integrity, from `project/`, and the
 * private package, whose address is only known once its registry runs.
 */
export function projectFiles(state: 'base' | 'head', acmeVersion: string, acme: AcmeRegistry): Record<string, string> {
  const manifest = readJson(state, 'package.json')
  const lockfile = readJson(state, 'package-lock.json')
  const packages = lockfile.packages as Record<string, Json>
  const { '': root = {}, ...entries } = packages
  const dependencies = sortKeys({ ...(manifest.dependencies as Json), [acmeName]: acmeVersion })
  const all = sortKeys({ ...entries, [`node_modules/${acmeName}`]: acme.lockfileEntry(acmeVersion) })
  return {
    'package.json': toText({ ...manifest, dependencies }),
    'package-lock.json': toText({ ...lockfile, packages: { '': { ...root, dependencies }, ...all } }),
  }
}

export function policyFile(acme: AcmeRegistry): Record<string, string> {
  const scope = `    '@acme': ${acme.registry.url}`
  return { '.github/lockwarden.yml': `version: 1\nregistries:\n  scopes:\n${scope}\n` }
}

function readJson(state: string, file: string): Json {
  return JSON.parse(readFileSync(join(repositoryRoot(), 'test/demo/project', state, file), 'utf8')) as Json
}

function sortKeys(object: Json): Json {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const toText = (value: Json) => `${JSON.stringify(value, null, 2)}\n`
