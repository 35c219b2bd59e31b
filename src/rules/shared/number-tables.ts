import type { PackageFacts } from '../../package/package-facts.js'

/** Carriers' own networks and test benches: RFC 6598 and RFC 2544. Those for documents are left in: replays have no others. */
const nobodys = /^(?:100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|198\.1[89])\./

export const isNobodys = (address: string): boolean => nobodys.test(address)

/** By file that holds a table of numbers like IP addresses (versions: `v8: '13.6.233.17'`), those that something there leads to. */
export type NumberTables = ReadonlyMap<string, ReadonlySet<string>>
const addressesOfTable = 5

export function numberTables({ code }: PackageFacts): NumberTables {
  const tables = new Map<string, ReadonlySet<string>>()
  for (const { path, code: file } of code?.files ?? []) {
    const numbers = file.literals.filter(({ kind, context }) => kind === 'ip-address' && context === 'code')
    if (numbers.length < addressesOfTable) continue
    const texts = [
      ...file.literals.filter(({ kind }) => kind === 'url' || kind === 'webhook').map(({ value }) => value),
      ...file.sightings.map(({ constant = '' }) => constant),
    ]
    const led = new Set(texts.flatMap((text) => text.match(/\d{1,3}(?:\.\d{1,3}){3}/g) ?? []))
    tables.set(path, new Set(numbers.map(({ value }) => value).filter((value) => led.has(value))))
  }
  return tables
}
