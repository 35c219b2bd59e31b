import type { AllowList, Control, SettingsFormat, Spelling } from './control.js'

/** `minimumReleaseAge` as pnpm has it in its workspace file, in a manifest, and in kebab case in an .npmrc. */
const pnpm = (path: string, minutes?: number): readonly Spelling[] => {
  const unit = minutes === undefined ? {} : { minutes }
  const kebab = path.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return [
    { format: 'pnpm-workspace', path, ...unit },
    { format: 'manifest', path: `pnpm.${path}`, ...unit },
    { format: 'npmrc', path: kebab, ...unit },
  ]
}

const at = (format: SettingsFormat, ...paths: readonly string[]): readonly Spelling[] =>
  paths.map((path) => ({ format, path }))

const releaseAge = 'the age that a release must have'
const releaseTrust = 'the trust that a release must keep'

const anyRelease = 'whoever publishes a bad version gains the days that it usually takes to be found'
const anyScript = 'whoever publishes such a package runs code on every machine that installs it'
const anyBytes =
  'whoever stands between the registry and the machine can put other bytes in the place of the locked ones'
const anySource = 'packages can come from places where no registry has recorded or scanned them'

/** From the documentation of npm 12, pnpm 11, Yarn 4 and Bun 1.3; where their defaults moved, `unset` is between both. */
export const controls: readonly Control[] = [
  {
    kind: 'switch',
    name: 'the switch that keeps install scripts from running',
    gain: anyScript,
    safe: true,
    unset: 'unsafe',
    spellings: [
      ...pnpm('ignoreScripts'),
      ...at('yarnrc', 'ignore-scripts', '--install.ignore-scripts', '--ignore-scripts'),
      ...at('bunfig', 'install.ignoreScripts'),
    ],
  },
  {
    kind: 'switch',
    name: 'the switch that keeps install scripts from running',
    gain: anyScript,
    safe: false,
    // False since Yarn 4.14.
    unset: 'between',
    spellings: at('yarnrc-yml', 'enableScripts'),
  },
  {
    kind: 'switch',
    name: 'the allow-list of install scripts',
    gain: anyScript,
    safe: false,
    unset: 'safe',
    spellings: [...pnpm('dangerouslyAllowAllBuilds'), ...at('npmrc', 'dangerously-allow-all-scripts')],
  },
  {
    kind: 'switch',
    name: 'the demand that an install fails where a script has not been approved',
    gain: 'scripts that nobody looked at are passed over in silence',
    severity: 'medium',
    safe: true,
    unset: 'between',
    spellings: [...pnpm('strictDepBuilds'), ...at('npmrc', 'strict-allow-scripts')],
  },
  {
    kind: 'age',
    name: releaseAge,
    gain: anyRelease,
    // pnpm 11 and Yarn since 4.15 have one day, others nothing.
    unset: 0.5,
    spellings: [
      ...pnpm('minimumReleaseAge', 1),
      { format: 'npmrc', path: 'min-release-age', minutes: 24 * 60 },
      { format: 'yarnrc-yml', path: 'npmMinimalAgeGate', minutes: 1 },
      { format: 'bunfig', path: 'install.minimumReleaseAge', minutes: 1 / 60 },
    ],
  },
  {
    kind: 'switch',
    name: 'the demand that the age of releases is insisted on',
    gain: anyRelease,
    severity: 'medium',
    safe: true,
    unset: 'unsafe',
    spellings: pnpm('minimumReleaseAgeStrict'),
  },
  {
    kind: 'list',
    name: 'which packages are taken however fresh they are',
    excepts: releaseAge,
    gain: 'whoever publishes them gains the days that a bad version usually takes to be found',
    spellings: [
      ...pnpm('minimumReleaseAgeExclude'),
      ...at('npmrc', 'min-release-age-exclude'),
      ...at('yarnrc-yml', 'npmPreapprovedPackages'),
      ...at('bunfig', 'install.minimumReleaseAgeExcludes'),
    ],
  },
  {
    kind: 'scale',
    name: releaseTrust,
    gain: 'whoever steals a publishing token can publish without the provenance that earlier versions had',
    order: ['off', 'no-downgrade'],
    unset: 0,
    spellings: pnpm('trustPolicy'),
  },
  {
    kind: 'list',
    name: 'which packages may lose the trust of earlier releases',
    excepts: releaseTrust,
    gain: 'whoever steals a token of theirs can publish without the provenance that earlier versions had',
    spellings: pnpm('trustPolicyExclude'),
  },
  {
    kind: 'list',
    name: 'which packages may run install scripts',
    gain: 'whoever publishes them runs code on every machine that installs them',
    spellings: [
      ...pnpm('onlyBuiltDependencies'),
      ...pnpm('allowBuilds'),
      ...at('manifest', 'allowScripts', 'trustedDependencies', 'dependenciesMeta', 'lavamoat.allowScripts'),
      ...at('npmrc', 'allow-scripts'),
    ],
  },
  {
    kind: 'switch',
    name: 'the demand that dependencies of dependencies come from the registry',
    gain: anySource,
    safe: true,
    unset: 'between',
    spellings: pnpm('blockExoticSubdeps'),
  },
  ...['git', 'remote', 'file', 'directory'].map(
    (source): Control => ({
      kind: 'scale',
      name: 'where packages may come from besides the registry',
      gain: anySource,
      order: ['all', 'root', 'none'],
      // npm 12 has none for git and remote, npm 11 all.
      unset: source === 'git' || source === 'remote' ? 1.5 : 0,
      spellings: at('npmrc', `allow-${source}`),
    }),
  ),
  {
    kind: 'list',
    name: 'which git repositories packages may come from',
    gain: anySource,
    spellings: at('yarnrc-yml', 'approvedGitRepositories'),
  },
  {
    kind: 'switch',
    name: 'the demand that the registry proves who it is',
    gain: anyBytes,
    safe: true,
    unset: 'safe',
    spellings: [...pnpm('strictSsl'), ...at('yarnrc', 'strict-ssl'), ...at('yarnrc-yml', 'enableStrictSsl')],
  },
  {
    kind: 'list',
    name: 'which hosts are asked without encryption, or without proof of who they are',
    gain: anyBytes,
    harmless: /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/,
    spellings: [
      ...at('yarnrc-yml', 'unsafeHttpWhitelist'),
      ...at('pip-conf', 'global.trusted-host', 'install.trusted-host'),
    ],
  },
  {
    kind: 'switch',
    name: 'the lockfile',
    gain: 'every install takes whatever the registry has by then',
    notInAudit: true,
    safe: true,
    unset: 'safe',
    spellings: [
      ...at('npmrc', 'package-lock', 'shrinkwrap'),
      ...pnpm('lockfile'),
      ...at('bunfig', 'install.lockfile.save'),
    ],
  },
  {
    kind: 'switch',
    name: 'the demand that installs keep to the lockfile',
    gain: 'an install can take other versions than the ones that were reviewed',
    safe: true,
    unset: 'safe',
    spellings: [
      ...pnpm('frozenLockfile'),
      ...at('yarnrc', '--install.frozen-lockfile', '--frozen-lockfile'),
      ...at('yarnrc-yml', 'enableImmutableInstalls'),
    ],
  },
  {
    kind: 'switch',
    name: 'the demand that installs keep to the lockfile',
    gain: 'an install can take other versions than the ones that were reviewed',
    safe: true,
    unset: 'unsafe',
    spellings: at('bunfig', 'install.frozenLockfile'),
  },
  {
    kind: 'switch',
    name: 'the demand that the lockfile is a text that people can review',
    gain: 'whoever changes it changes bytes that nobody reads',
    severity: 'medium',
    safe: true,
    unset: 'safe',
    spellings: at('bunfig', 'install.saveTextLockfile'),
  },
  {
    kind: 'switch',
    name: 'the demand that stored packages are compared with their hashes',
    gain: 'whoever can write to the store or the cache decides what is installed from it',
    safe: true,
    unset: 'safe',
    spellings: [...pnpm('verifyStoreIntegrity'), ...pnpm('strictStorePkgContentCheck')],
  },
  {
    kind: 'scale',
    name: 'the demand that archives are compared with their checksums',
    gain: anyBytes,
    order: ['ignore', 'update', 'reset', 'throw'],
    unset: 3,
    spellings: at('yarnrc-yml', 'checksumBehavior'),
  },
  {
    kind: 'switch',
    name: 'the mode that compares the lockfile with the registry',
    gain: 'whoever edits the lockfile in a pull request is not contradicted by the registry',
    severity: 'medium',
    safe: true,
    // On by itself in pull requests of public repositories.
    unset: 'between',
    spellings: at('yarnrc-yml', 'enableHardenedMode'),
  },
  {
    kind: 'switch',
    name: 'the audit of what is installed',
    gain: 'known bad versions are installed without a word',
    severity: 'low',
    safe: true,
    unset: 'safe',
    spellings: at('npmrc', 'audit'),
  },
  {
    kind: 'list',
    name: 'what the audit leaves out',
    gain: 'what is known of these packages is not told any more',
    spellings: at('yarnrc-yml', 'npmAuditExcludePackages', 'npmAuditIgnoreAdvisories'),
  },
  {
    kind: 'program',
    name: 'which programs and plugins the package manager runs by itself',
    gain: 'whoever can change that code decides what every install does',
    harmless: /^(?:\.\/)?\.yarn\/releases\/yarn-[\w.-]+\.c?js$/,
    spellings: [
      ...at('npmrc', 'git', 'script-shell', 'node-options', 'init-module'),
      ...at('yarnrc', 'yarn-path'),
      ...at('yarnrc-yml', 'plugins', 'yarnPath'),
      ...at('pnpm-workspace', 'pnpmfile', 'globalPnpmfile', 'configDependencies', 'scriptShell', 'nodeOptions'),
      ...at('manifest', 'pnpm.configDependencies'),
    ],
  },
  {
    kind: 'guard',
    name: 'the scanner that looks at packages before they are installed',
    gain: 'what it would have stopped is installed',
    spellings: at('bunfig', 'install.security.scanner'),
  },
  {
    kind: 'guard',
    name: 'the demand that Python packages are compared with hashes',
    gain: anyBytes,
    spellings: at('pip-conf', 'global.require-hashes', 'install.require-hashes'),
  },
]

/** Lists in which a name without a version lets every version through. */
export const namesVersions = ({ spellings }: AllowList): boolean =>
  spellings.some(({ path }) => /(?:onlyBuilt|allowBuilds|allowScripts|Exclude)/.test(path))
