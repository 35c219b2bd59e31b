import { posix } from 'node:path'
import { maxSettingsBytes } from '../../limits.js'
import type { PostureReader } from '../posture/posture-reader.js'
import type { InstallSettings } from '../posture/posture-state.js'
import { parseNpmrc, parsePipConf, parseYarnrc } from './parse-ini.js'
import { type ParsedSettings, parseSettings } from './parse-settings.js'
import { membersOf, type PlacedObject, type PlacedValue } from './placed-value.js'

type Format = InstallSettings['format']

const formats: ReadonlyMap<string, Format> = new Map([
  ['.npmrc', 'npmrc'],
  ['.yarnrc', 'yarnrc'],
  ['.yarnrc.yml', 'yarnrc-yml'],
  ['pnpm-workspace.yaml', 'pnpm-workspace'],
  ['bunfig.toml', 'bunfig'],
  ['.bunfig.toml', 'bunfig'],
  ['package.json', 'manifest'],
  ['pip.conf', 'pip-conf'],
  ['pip.ini', 'pip-conf'],
])

/** The keys of a package.json that decide how npm, pnpm, Yarn and Bun install, rather than what. */
const manifestSettings: ReadonlySet<string> = new Set([
  'allowScripts',
  'config',
  'dependenciesMeta',
  'lavamoat',
  'overrides',
  'packageExtensions',
  'packageManager',
  'patchedDependencies',
  'pnpm',
  'resolutions',
  'trustedDependencies',
])

/** Files of settings of package managers. */
export const installSettingsReader: PostureReader = {
  explains: true,
  maxBytes: maxSettingsBytes,
  matches: (path) => formats.has(posix.basename(path)),
  read(file, text) {
    const format = formats.get(posix.basename(file))
    if (format === undefined || (format === 'manifest' && !mentionsSettings(text))) return {}
    const { value, broken } = parseFormat(format, file, text)
    const own = format === 'manifest' ? settingsOf(value) : value
    return {
      ...(own?.kind === 'object' && { settings: [{ file, format, values: own }] }),
      ...(broken !== undefined && { broken }),
    }
  },
}

/** Most manifests have none of these keys, and a repository can have thousands; a key may be spelled with escapes. */
const mentionsSettings = (text: string): boolean =>
  text.includes('\\u') || [...manifestSettings].some((key) => text.includes(`"${key}"`))

function parseFormat(format: Format, file: string, text: string): ParsedSettings {
  switch (format) {
    case 'npmrc':
      return { value: parseNpmrc(text) }
    case 'yarnrc':
      return { value: parseYarnrc(text) }
    case 'pip-conf':
      return parsePipConf(text)
    default:
      return parseSettings(file, text)
  }
}

/** Undefined where a manifest says nothing of how to install, as most do. */
function settingsOf(value: PlacedValue | undefined): PlacedObject | undefined {
  const members = new Map(membersOf(value).filter(([key]) => manifestSettings.has(key)))
  return members.size === 0 ? undefined : { kind: 'object', line: value?.line ?? 1, members }
}
