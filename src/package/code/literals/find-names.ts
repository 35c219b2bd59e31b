import { maxDecodedCharacters, maxLiteralCharacters, maxNamesInText } from '../../../limits.js'
import type { LiteralKind, LiteralService } from '../file-code.js'
import { canBeHost, isFileEnding, looksLikeHost } from './domains.js'
import { foreignIpv6, isBareIpv4, isForeignIpv4 } from './ip-address.js'
import { isReserved, isVocabulary, serviceOf } from './services.js'
import { anyToken, tokenPatterns } from './token-patterns.js'
import { isContentId, isEthereumAddress, isSolanaAddress, isWalletAddress } from './wallets.js'

/** One name in a text. */
export interface FoundName {
  readonly kind: LiteralKind
  readonly value: string
  readonly service?: LiteralService
  /** Offset in the text. */
  readonly at: number
  /** Written so that people do not know it: an address as one number. */
  readonly disguised?: true
}

export interface FindOptions {
  /** The text is a whole string of the code, so that a bare host or address may be all of it. */
  readonly isWhole: boolean
  /** Only what has a form of its own: for comments, where `@` and dots are everywhere. */
  readonly isProse: boolean
  /** The file speaks of Solana, so that 32 bytes in base58 are one of its addresses. */
  readonly isSolana: () => boolean
}

/** All that a text names, in no order. Linear in its length. */
export function findNames(text: string, options: FindOptions): readonly FoundName[] {
  const found: FoundName[] = []
  addUrls(text, found)
  addEmailAddresses(text, found)
  if (options.isProse) return found
  if (text.length >= 4) addTokenPatterns(text, found)
  if (text.length >= 25) addLongWords(text, options, found)
  if (options.isWhole && found.length === 0) addBare(text, found)
  addCommandHosts(text, found)
  return found
}

/** Whether there is anything in a text that `findNames` could find. Most strings of most code are done with here. */
export function mayName(text: string): boolean {
  if (text.length < 4) return false
  return (
    text.length >= 25 ||
    text.includes('.') ||
    text.includes(':') ||
    text.includes('_') ||
    text.includes('@') ||
    text.startsWith('AKIA')
  )
}

const schemes: ReadonlySet<string> = new Set([
  'http',
  'https',
  'ws',
  'wss',
  'ftp',
  'ftps',
  'tcp',
  'udp',
  'ssh',
  'smtp',
  'smtps',
  'mqtt',
  'mqtts',
  'socks4',
  'socks5',
  'stratum+tcp',
  'git',
  'ipfs',
  'ipns',
])

/** A document carried as text: TypeScript's declarations have some ten thousand links. Each host once, and no whole URLs. */
const isDocument = (text: string): boolean => text.length > maxDecodedCharacters

/** `://` is rare in text, so that it is looked for first. */
function addUrls(text: string, found: FoundName[]): void {
  const seen = isDocument(text) ? new Set<string>() : undefined
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const scheme = /[a-z][a-z0-9+]{1,12}$/i.exec(text.slice(Math.max(0, at - 14), at))?.[0].toLowerCase() ?? ''
    if (found.length >= maxNamesInText) return
    if (schemes.has(scheme)) addUrl(text, at - scheme.length, scheme, at + 3, found, seen)
  }
  // The scheme of the page it stands in.
  if (text.startsWith('//') && /^\/\/[a-z0-9-]{1,63}\.[^\s]/i.test(text)) addUrl(text, 0, '', 2, found)
}

function addUrl(
  text: string,
  start: number,
  scheme: string,
  from: number,
  found: FoundName[],
  seen?: Set<string>,
): void {
  // `https://{bucket}.example.com`: what is in braces is put in later.
  const rest = (
    /^(?:[^\s"'`<>\\{}|^,;]|\{[^{}\s]{0,80}\})*/.exec(text.slice(from, from + maxLiteralCharacters))?.[0] ?? ''
  ).replace(/\{[^}]*\}/g, '…')
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
  const path = /^[^?#)\]]*/.exec(rest.slice(authority.length))?.[0] ?? ''
  if (scheme === 'ipfs' || scheme === 'ipns') {
    if (isContentId(authority)) found.push({ kind: 'ipfs', value: authority, at: start })
    return
  }
  const host = hostOf(authority.slice(authority.lastIndexOf('@') + 1), scheme !== '')
  if (host === undefined) return
  const { name, kind, disguised } = host
  // `https://api.<region>.example.com`, `'https://api.%s…'`: the host goes on with what is not known.
  if (path === '' && authority === rest && /[<{\\|%$]/.test(text[from + rest.length] ?? '')) return
  if (isVocabulary(name) || isReserved(name)) return
  const service = serviceOf(name, path)
  const common = { at: start, ...(service && { service }), ...(disguised && { disguised }) }
  if (seen?.has(name)) return
  seen?.add(name)
  found.push({ ...common, kind, value: name })
  if (seen !== undefined && service !== 'webhook') return
  const value = `${scheme === '' ? '' : `${scheme}:`}//${kind === 'host' ? name : authority}${path}`
  found.push({ ...common, kind: service === 'webhook' ? 'webhook' : 'url', value })
}

interface FoundHost {
  readonly kind: 'host' | 'ip-address'
  readonly name: string
  readonly disguised?: true
}

/** Who a URL leads to. Nothing for what is put together at run time, and for the machine itself. */
function hostOf(written: string, hasScheme: boolean): FoundHost | undefined {
  if (written.startsWith('[')) {
    const address = foreignIpv6(written.slice(1, written.indexOf(']')))
    return address === undefined ? undefined : { kind: 'ip-address', name: address }
  }
  const port = written.indexOf(':')
  // A full stop or a bracket of the sentence around it.
  const host = (port === -1 ? written : written.slice(0, port)).replace(/[).\]]{1,9}$/, '').toLowerCase()
  if (isForeignIpv4(host)) return { kind: 'ip-address', name: host }
  // `https://…/`, `https://a.…/`, `https://….example.com`, `https://*.example.com`: what is known is the end.
  const unknown = Math.max(host.lastIndexOf('…'), host.lastIndexOf('*'))
  if (unknown !== -1) {
    const rest = host.slice(unknown + 1)
    return rest.startsWith('.') && canBeHost(rest.slice(1)) ? { kind: 'host', name: `*${rest}` } : undefined
  }
  if (canBeHost(host)) return { kind: 'host', name: host }
  return hasScheme && host !== '' ? disguisedHost(host) : undefined
}

/** What browsers and Node read as a host: numbers in any base, letters of other scripts. */
function disguisedHost(host: string): FoundHost | undefined {
  if (!/^[0-9][0-9a-fx.]{0,40}$/.test(host) && !/[^\0-\x7f]/.test(host)) return undefined
  if (!URL.canParse(`http://${host}`)) return undefined
  const name = new URL(`http://${host}`).hostname
  if (isForeignIpv4(name)) return { kind: 'ip-address', name, disguised: true }
  return canBeHost(name) ? { kind: 'host', name } : undefined
}

/** From each `@` as far as an address goes on both sides. */
function addEmailAddresses(text: string, found: FoundName[]): void {
  for (let at = text.indexOf('@', 1); at !== -1; at = text.indexOf('@', at + 1)) {
    const start = startOfLocal(text, at)
    if (start === at || found.length >= maxNamesInText) continue
    const local = text.slice(start, at)
    const domain = domainAt(text, at + 1)
    if (domain === undefined || !/^$|[\s"'`<(=:,;[/>]/.test(text[start - 1] ?? '')) continue
    const before = text.slice(Math.max(0, start - 3), start)
    // `git@host:path`, `https://user@host/`.
    if (local === 'git' || before.endsWith('/') || (before.endsWith(':') && text.lastIndexOf('://', start) !== -1))
      continue
    found.push({ kind: 'email-address', value: `${local}@${domain}`, at: start })
  }
}

/** Word lists and ciphers have `@` in all places: an address ends like one, and something else begins behind it. */
function domainAt(text: string, from: number): string | undefined {
  const domain = /^(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,18}(?![a-z0-9-])/i.exec(text.slice(from, from + 254))?.[0]
  if (domain === undefined || isReserved(domain.toLowerCase())) return undefined
  if (!/^$|[\s"'`>)\].,;:?&!/]/.test(text[from + domain.length] ?? '')) return undefined
  const ending = domain.slice(domain.lastIndexOf('.') + 1)
  if (ending !== ending.toLowerCase() && ending !== ending.toUpperCase()) return undefined
  return isFileEnding(ending.toLowerCase()) ? undefined : domain.toLowerCase()
}

function startOfLocal(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < 64 && /[\w.%+-]/.test(text[start - 1] ?? '')) start -= 1
  return start
}

function addTokenPatterns(text: string, found: FoundName[]): void {
  // To look for all of them costs more than to see that there is none, as in nearly every text.
  if (text.search(anyToken) === -1) return
  for (const { index } of text.matchAll(anyToken)) {
    // In the middle of a long word it is there by chance.
    if (/[A-Za-z0-9+]/.test(text[index - 1] ?? '')) continue
    const rest = text.slice(index, index + 60)
    const pattern = tokenPatterns.find(({ shape }) => shape.test(rest))
    if (pattern !== undefined) found.push({ kind: 'token-pattern', value: pattern.name, at: index })
    if (found.length >= maxNamesInText) return
  }
}

/** Words of letters and digits: addresses of chains have no blank, dot or dash in them. */
function addLongWords(text: string, { isSolana }: FindOptions, found: FoundName[]): void {
  if (!/[A-Za-z0-9]{25}/.test(text)) return
  for (const { 0: word, index } of text.matchAll(/[A-Za-z0-9]{25,4000}/g)) {
    if (found.length >= maxNamesInText) return
    if (word.length > 110) continue
    const isAlone = !/[+/=]/.test((text[index - 1] ?? '') + (text[index + word.length] ?? ''))
    const kind = isContentId(word)
      ? 'ipfs'
      : isAddress(word, () => isAlone && isSolana())
        ? 'wallet-address'
        : undefined
    if (kind !== undefined) found.push({ kind, value: word, at: index })
  }
}

const isAddress = (word: string, isSolana: () => boolean): boolean =>
  isEthereumAddress(word) || isWalletAddress(word) || (isSolanaAddress(word) && isSolana())

/** A string that is nothing but a host or an address, with or without port and path. */
function addBare(text: string, found: FoundName[]): void {
  if (text.length > maxLiteralCharacters || !(text.includes('.') || text.includes(':'))) return
  const at = text.length - text.trimStart().length
  const [, host = '', path = ''] = /^…?([a-z0-9_.-]{4,253})(?::\d{1,5})?(\/[^\s]*)?$/i.exec(text.trim()) ?? []
  const name = host.toLowerCase()
  if (isBareIpv4(name) || (isForeignIpv4(name) && text.includes(':')))
    found.push({ kind: 'ip-address', value: name, at })
  else if (looksLikeHost(name)) found.push(bareHost(name, path, at))
  else if (name.startsWith('.') && looksLikeHost(name.slice(1)) && name.indexOf('.', 1) !== -1) {
    found.push(bareHost(`*${name}`, path, at))
  } else if (text.includes(':')) {
    const address = foreignIpv6(text.trim())
    if (address !== undefined) found.push({ kind: 'ip-address', value: address, at })
  }
}

function bareHost(name: string, path: string, at: number): FoundName {
  const service = serviceOf(name, path)
  return { kind: 'host', value: name, at, ...(service && { service }) }
}

const command = /\b(?:curl|wget|nc|ncat|nslookup|dig|ping|ssh|scp|telnet|host|iwr|irm|Invoke-WebRequest)\s/

/** What a shell would reach, where it needs no scheme. */
function addCommandHosts(text: string, found: FoundName[]): void {
  const from = text.length < 8 ? -1 : text.search(command)
  if (from === -1) return
  for (const { 0: word, index } of text.slice(from, from + 4000).matchAll(/[a-z0-9.-]{4,253}/gi)) {
    const at = from + index
    const name = word.toLowerCase()
    if (text.slice(at - 3, at) === '://' || text[at - 1] === '@' || text[at - 1] === '/') continue
    if (isForeignIpv4(name)) found.push({ kind: 'ip-address', value: name, at })
    else if (looksLikeHost(name)) found.push(bareHost(name, '', at))
  }
}
