export type Edit =
  | 'letter-added'
  | 'letter-doubled'
  | 'letter-missing'
  | 'letter-changed'
  | 'digit-changed'
  | 'letters-swapped'

/** The one slip of the hand that makes `written` of `meant`; undefined where it takes none, or more than one. */
export function editBetween(written: string, meant: string): Edit | undefined {
  const longer = written.length - meant.length
  if (Math.abs(longer) > 1 || written === meant) return undefined
  const shorter = Math.min(written.length, meant.length)
  let start = 0
  while (start < shorter && written[start] === meant[start]) start += 1
  let end = 0
  while (end < shorter - start && written.at(-1 - end) === meant.at(-1 - end)) end += 1

  const between = shorter - start - end
  if (longer !== 0) {
    if (between > 0) return undefined
    if (longer < 0) return 'letter-missing'
    return written[start] === written[start - 1] || written[start] === written[start + 1]
      ? 'letter-doubled'
      : 'letter-added'
  }
  const [a = '', b = '', c = '', d = ''] = [written[start], written[start + 1], meant[start], meant[start + 1]]
  if (between === 1) return /\d/.test(a) && /\d/.test(c) ? 'digit-changed' : 'letter-changed'
  return between === 2 && a === d && b === c ? 'letters-swapped' : undefined
}

/** Whether two slips, of which each takes one letter or two beside each other, make `written` of `meant`. */
export function areTwoEditsApart(written: string, meant: string): boolean {
  if (Math.abs(written.length - meant.length) > 2 || written === meant) return false
  let start = 0
  while (start < written.length && written[start] === meant[start]) start += 1
  const [was, is] = [meant.slice(start), written.slice(start)]
  // The first slip is where the names part; what is left must be one slip, or none.
  const mended: readonly (readonly [string, string])[] = [
    [is.slice(1), was],
    [is, was.slice(1)],
    [is.slice(1), was.slice(1)],
    ...(is[0] === was[1] && is[1] === was[0] ? [[is.slice(2), was.slice(2)] as const] : []),
  ]
  return mended.some(([rest, wanted]) => rest === wanted || editBetween(rest, wanted) !== undefined)
}
