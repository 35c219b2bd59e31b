import { maxResolutions } from '../../limits.js'
import { isRecord } from '../npm/raw-entry.js'
import { splitPattern } from './pattern.js'

/** One line of `resolutions` in the manifest beside the lockfile: what Yarn takes instead of what was asked for. */
export interface Resolution {
  readonly name: string
  /** Only where exactly this is asked for; absent: whatever is asked for. */
  readonly range?: string
  /** Only what this package asks for; absent: whoever asks. */
  readonly parent?: string
  readonly instead: string
}

/** Of a parsed package.json. What does not map a pattern to a text is no resolution to Yarn either. */
export function resolutionsIn(manifest: unknown): Resolution[] {
  const map = isRecord(manifest) && isRecord(manifest.resolutions) ? manifest.resolutions : {}
  // What is cut off is not followed, so that what only it leads to counts as reached by nothing.
  return Object.entries(map)
    .slice(0, maxResolutions)
    .flatMap(([key, instead]) => (typeof instead === 'string' ? [parseResolution(key, instead)] : []))
}

/** `a`, `@s/a@^1`, `parent/a`, and classic Yarn's globs before a name, of which the nearest step is kept. */
function parseResolution(key: string, instead: string): Resolution {
  const steps: string[] = []
  for (const step of key.split('/')) {
    const last = steps.at(-1)
    if (last !== undefined && /^@[^@/]*$/.test(last)) steps[steps.length - 1] = `${last}/${step}`
    else steps.push(step)
  }
  const { name, range } = splitPattern(steps.at(-1) ?? '')
  const above = steps.length > 1 ? splitPattern(steps.at(-2) ?? '').name : '**'
  return {
    name,
    ...(range === '' ? {} : { range }),
    ...(above.includes('*') ? {} : { parent: above }),
    instead,
  }
}

/** What `parent` gets where it asks for `name` at `range`, most particular first; empty where nothing says otherwise. */
export function insteadOf(
  resolutions: readonly Resolution[],
  parent: string,
  name: string,
  range: string,
): readonly string[] {
  if (resolutions.length === 0) return []
  const plain = range.replace(/^npm:/, '')
  return resolutions
    .filter((one) => one.name === name)
    .filter((one) => one.parent === undefined || one.parent === parent)
    .filter((one) => one.range === undefined || one.range.replace(/^npm:/, '') === plain)
    .sort((a, b) => Number(b.parent !== undefined) - Number(a.parent !== undefined))
    .map(({ instead }) => instead)
}
