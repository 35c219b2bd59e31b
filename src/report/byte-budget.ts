import type { Markdown } from './escape.js'

export const byteLength = ({ markdown }: Markdown): number => Buffer.byteLength(markdown, 'utf8')

/** As many of `items`, rendered one by one, as fit into `bytes` with `separatorBytes` after each. */
export function renderWithin<T>(
  items: readonly T[],
  render: (item: T) => Markdown,
  bytes: number,
  separatorBytes: number,
): readonly Markdown[] {
  const shown: Markdown[] = []
  let left = bytes
  for (const item of items) {
    const part = render(item)
    left -= byteLength(part) + separatorBytes
    if (left < 0) break
    shown.push(part)
  }
  return shown
}
