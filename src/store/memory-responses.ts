import type { KeptResponses } from '../registry/kept-responses.js'

/** Answers that last as long as their owner, for tests; `now` says when all of them came. */
export function openMemoryResponses(now = () => new Date(0)): KeptResponses & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return {
    texts,
    async get(key) {
      const text = texts.get(key)
      return text === undefined ? undefined : { text, storedAt: now() }
    },
    async put(key, text) {
      texts.set(key, text)
    },
  }
}
