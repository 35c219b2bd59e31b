import type { ReferenceKey } from '../fold/reference.js'
import { type Call, type Found, knownText } from './found.js'

const attribute = /^:document\.createElement\((script|img|iframe|link)\)\.setAttribute$/

const writers: ReadonlySet<ReferenceKey> = new Set([':document.write', ':document.writeln'])

export const isPageCall = (key: ReferenceKey): boolean => writers.has(key) || attribute.test(key)

const script = /<script\b[^>]{0,300}?\ssrc\s{0,9}=\s{0,9}["']?([^"'\s>]{1,500})/i

/** What a page fetches because an element was given an address, or markup was written that has one; `x.src = …` is read as an assignment. */
export function readPageCall({ key, given }: Call): readonly Found[] {
  const [first, second] = given
  const element = attribute.exec(key)?.[1]
  const text = element === undefined && !writers.has(key) ? undefined : knownText(first)
  if (text === undefined) return []
  if (element !== undefined) {
    const name = text.toLowerCase()
    return name === 'src' || name === 'href'
      ? [{ capability: 'network', detail: `${element}.${name}`, constant: knownText(second) }]
      : []
  }
  const address = script.exec(text)?.[1]
  return address === undefined ? [] : [{ capability: 'network', detail: 'script.src', constant: address }]
}
