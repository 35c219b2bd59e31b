/**
 * The first line of each of our comments: which findings it shows, so that it is found again. `outdated`: none of them is
 * there any more. Invisible on GitHub; foreign text in a body cannot hold one, and only our own comments are read for it.
 */
export interface Marker {
  readonly outdated: boolean
  readonly fingerprints: readonly string[]
}

const pattern = /^<!-- lockwarden:(outdated )?([0-9A-Za-z,_-]+) -->\n?/

export const writeMarker = ({ outdated, fingerprints }: Marker): string =>
  `<!-- lockwarden:${outdated ? 'outdated ' : ''}${fingerprints.join(',')} -->`

export function readMarker(body: string): Marker | undefined {
  const found = pattern.exec(body.replaceAll('\r\n', '\n'))
  if (!found) return undefined
  return { outdated: found[1] !== undefined, fingerprints: (found[2] ?? '').split(',').filter((part) => part !== '') }
}

export const withoutMarker = (body: string): string => body.replaceAll('\r\n', '\n').replace(pattern, '')
