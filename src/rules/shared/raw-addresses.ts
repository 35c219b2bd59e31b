import type { AnalysedFile } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'

/**
 * Carriers' own networks and test benches (RFC 6598, RFC 2544): nobody is there. Those for documents (RFC 5737) are left in where something
 * leads to them: replays have no others.
 */
const nobodys = /^(?:100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|198\.1[89])\./
const documents = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./

export const isNobodys = (address: string): boolean => nobodys.test(address)
export const isForDocuments = (address: string): boolean => documents.test(address)

/**
 * By file, the IP addresses that an address or a call of it leads to. A quad that stands alone may as well be a version
 * (`v8: '13.6.233.17'`), an example, or a number of some other kind.
 */
function addressesLedTo({ code }: PackageFacts): ReadonlyMap<string, ReadonlySet<string>> {
  const led = new Map<string, ReadonlySet<string>>()
  for (const { path, code: file } of code?.files ?? []) {
    const numbers = file.literals.filter(({ kind, context }) => kind === 'ip-address' && context === 'code')
    if (numbers.length === 0) continue
    const texts = [
      ...file.literals.filter(({ kind }) => kind === 'url' || kind === 'webhook').map(({ value }) => value),
      ...file.sightings.map(({ constant = '' }) => constant),
    ]
    const found = new Set(texts.flatMap((text) => text.match(/\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]{2,45}\]/gi) ?? []))
    led.set(
      path,
      new Set(numbers.map(({ value }) => value).filter((value) => found.has(value) || found.has(`[${value}]`))),
    )
  }
  return led
}

/** Files with so many addresses hold a table. */
const addressesOfTable = 5

export interface RawAddresses {
  readonly led: ReadonlyMap<string, ReadonlySet<string>>
  readonly tables: ReadonlySet<string>
}

export function rawAddresses(now: PackageFacts): RawAddresses {
  const isIn = ({ code }: AnalysedFile): boolean =>
    code.literals.filter(({ kind, context }) => kind === 'ip-address' && context === 'code').length >= addressesOfTable
  return {
    led: addressesLedTo(now),
    tables: new Set((now.code?.files ?? []).filter(isIn).map(({ path }) => path)),
  }
}
