/** The `code` that Node gives a system error (`ENOENT`), else the error as text. Holds for errors of another realm too. */
export function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return String(code ?? error)
}
