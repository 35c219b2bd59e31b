import type { KeptResponses } from '../registry/kept-responses.js'

/** Answers that last as long as their owner, for tests. */
export function openMemoryResponses(): KeptResponses & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return {
    texts,
    get: async (key) => texts.get(key),
    async put(key, text) {
      texts.set(key, text)
    },
  }
}
