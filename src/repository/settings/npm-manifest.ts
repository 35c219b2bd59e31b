import { posix } from 'node:path'
import { maxSettingsBytes } from '../../limits.js'
import { dependencySections } from '../../lockfile/manifest.js'
import type { PostureReader } from '../posture/posture-reader.js'
import { parseSettings } from './parse-settings.js'
import { memberOf, membersOf, scalarText } from './placed-value.js'

/** What a package.json asks for by name. One that is no JSON is told of by who reads its settings. */
export const npmManifestReader: PostureReader = {
  explains: true,
  maxBytes: maxSettingsBytes,
  matches: (path) => posix.basename(path) === 'package.json',
  read(file, text) {
    const { value } = parseSettings(file, text)
    const requirements = dependencySections.flatMap((section) =>
      membersOf(memberOf(value, section)?.value).flatMap(([name, member]) => {
        const range = scalarText(member.value)
        return range === undefined ? [] : [{ file, line: member.line, name, range }]
      }),
    )
    return requirements.length === 0 ? {} : { manifests: [{ file, requirements }] }
  },
}
