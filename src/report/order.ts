/** By code unit, never by locale: the same report has the same bytes on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const compareNumbers = (a: number, b: number): number => a - b

const depth = (path: string): number => path.split('/').length

/** The repository's own files before those of its parts. */
export const comparePaths = (a: string, b: string): number => depth(a) - depth(b) || compareText(a, b)

/** The first comparison that decides. */
export const byFirst = (...comparisons: readonly number[]): number => comparisons.find((order) => order !== 0) ?? 0
