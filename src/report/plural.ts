export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

export function listFew(names: readonly string[], few = 3): string {
  const rest = names.length - few
  return rest > 0 ? `${names.slice(0, few).join(', ')} and ${rest.toLocaleString('en-US')} more` : names.join(', ')
}
