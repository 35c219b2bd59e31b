import { maxRememberedFiles } from '../../limits.js'
import type { CodeAnalyser, CodeFile, CodeLane } from './code-analyser.js'
import type { FileCode } from './file-code.js'
import { endingOf } from './file-ending.js'
import { isRepeatable } from './repeatable.js'

/**
 * Remembers what equal bytes said, so that the files which two versions of a package share are read once. For one review: later ones have the facts of
 * whole packages in the store.
 */
export function memoAnalyser(analyser: CodeAnalyser, most = maxRememberedFiles): CodeAnalyser {
  const remembered = new Map<string, Promise<FileCode>>()
  const remember = (key: string, reading: Promise<FileCode>): void => {
    remembered.set(key, reading)
    const [oldest] = remembered.keys()
    if (remembered.size > most && oldest !== undefined) remembered.delete(oldest)
    // What another time may be read is not held against the next file.
    const forget = (): boolean => remembered.get(key) === reading && remembered.delete(key)
    reading.then((code) => isRepeatable(code) || forget(), forget)
  }
  const lane = (): CodeLane => {
    const own = analyser.lane()
    return {
      ready: () => own.ready(),
      // No two versions declare from the same texts.
      readServer: (input) => own.readServer(input),
      analyse(file: CodeFile) {
        const key = `${file.sha256}${endingOf(file.path)}`
        const known = remembered.get(key)
        if (known !== undefined) return known
        const reading = own.analyse(file)
        remember(key, reading)
        return reading
      },
    }
  }
  return { lane }
}
