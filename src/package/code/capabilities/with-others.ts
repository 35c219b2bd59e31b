import type { Capability } from '../file-code.js'
import type { FunctionSite } from '../fold/scope.js'
import type { SyntaxNode } from '../read/syntax-node.js'
import type { Findings } from './findings.js'
import type { RawSighting } from './raw-sightings.js'
import { isSecretName } from './secrets.js'

const sending: ReadonlySet<Capability> = new Set(['network', 'dns', 'socket'])

/** Functions looked through from one timer; a callback leads to a handful. */
const maxReached = 200

/** Timers whose callback, or a function that it calls, sends something. */
export function sendingTimers(
  { found, timers, localCalls }: Findings,
  functions: ReadonlyMap<SyntaxNode, FunctionSite>,
): readonly RawSighting[] {
  if (timers.length === 0) return []
  const senders = new Set<FunctionSite>()
  for (const { capability, within } of found) {
    if (!sending.has(capability)) continue
    // What an inner function does, the outer ones started.
    for (let site = within; site !== undefined && !senders.has(site); site = site.parent) senders.add(site)
  }
  if (senders.size === 0) return []
  const callsFrom = new Map<FunctionSite, FunctionSite[]>()
  for (const { from, to } of localCalls) {
    const called = functions.get(to)
    if (from !== undefined && called !== undefined)
      callsFrom.set(from, [...(callsFrom.get(from) ?? []).slice(0, 50), called])
  }
  return timers.flatMap(({ callback, ...timer }) => {
    const start = functions.get(callback)
    return start !== undefined && reaches(start, senders, callsFrom) ? [timer] : []
  })
}

function reaches(
  start: FunctionSite,
  senders: ReadonlySet<FunctionSite>,
  callsFrom: ReadonlyMap<FunctionSite, readonly FunctionSite[]>,
): boolean {
  const seen = new Set([start])
  for (const site of seen) {
    if (senders.has(site)) return true
    if (seen.size > maxReached) return false
    for (const called of callsFrom.get(site) ?? []) seen.add(called)
  }
  return false
}

/** A token's variable is read in a function that sends. */
export function tokensSent({ found }: Findings): readonly RawSighting[] {
  const senders = new Set(found.filter(({ capability }) => sending.has(capability)).map(({ within }) => within))
  return found
    .filter(
      ({ capability, detail, within }) =>
        capability === 'environment' && senders.has(within) && isSecretName(detail.slice(detail.lastIndexOf('.') + 1)),
    )
    .map((sighting): RawSighting => ({ ...sighting, capability: 'token-use' }))
}
