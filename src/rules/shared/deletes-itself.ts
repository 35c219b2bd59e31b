import type { Sighting } from '../../package/code/file-code.js'

/** As people write it where the path is not followed. */
const written =
  /(?:unlink|rm)(?:Sync)?\s?\(\s?(?:__filename|process\.argv\[1\]|import\.meta\.filename|(?:\w{1,20}\.)?fileURLToPath\s?\(\s?import\.meta\.url)/

/** Whether a deletion takes the running file with it; on install its manifest too, which would tell of the script. */
export function deletesItself(
  { excerpt, constant }: Pick<Sighting, 'excerpt' | 'constant'>,
  path: string,
  isOnInstall: boolean,
): boolean {
  if (constant === './__filename' || written.test(excerpt)) return true
  return isOnInstall && (constant === './package.json' || constant === `./${path.split('/').at(-1)}`)
}
