import { posix } from 'node:path'
import type { PythonPolicy } from '../../facts/facts.js'
import { foreign } from '../../foreign.js'
import { type InstallCommand, installCommand } from '../../repository/commands/install-command.js'
import { allOf, isSet } from '../../repository/commands/switches.js'
import type {
  PostureState,
  PythonManifest,
  PythonRequirement,
  RepositoryCommand,
} from '../../repository/posture/posture-state.js'
import { memberOf, scalarText } from '../../repository/settings/placed-value.js'
import { defineRule, type Severity } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { mergeByFile } from '../shared/merge-observations.js'

export const hashesMissing = defineRule({
  id: 'hashes-missing',
  title: 'missing hashes of Python packages',
  severity: 'high',
  confidence: 'high',
  fix: 'Write the hashes into the requirements file (`pip-compile --generate-hashes`, `uv export`) and install it with `pip install --require-hashes -r`.',
  on: ['repository'],
  needs: ['pythonPolicy'],

  inspect: (change, { pythonPolicy }) => [
    ...mergeByFile(
      broughtIn(change, (state) => [
        ...openInstalls(state),
        ...bareManifests(state, pythonPolicy),
        ...incompleteLocks(state, pythonPolicy),
      ]),
    ),
  ],
})

function openInstalls(state: PostureState): readonly Keyed[] {
  if (isConfigured(state)) return []
  const isHashed = hashedFiles(state)
  return state.commands.flatMap((command): Keyed[] => {
    const install = installCommand(command)
    const severity = install && severityOf(install, command, isHashed)
    if (install === undefined || severity === undefined) return []
    const { file, line, host, invocation } = command
    return [
      {
        key: keyOf(host.kind, severity, ...whatOf(install)),
        observation: {
          message: 'installs Python packages without holding them against hashes',
          evidence: [{ label: 'command', value: foreign(invocation.excerpt) }],
          anchors: [{ kind: 'line', file, line }],
          severity,
        },
      },
    ]
  })
}

/** Which files and packages, whatever the switches beside them. */
const whatOf = ({ switches, packages }: InstallCommand): readonly string[] => [
  ...allOf(switches, 'requirement'),
  ...allOf(switches, 'requirements'),
  ...packages.map(({ text }) => text),
]

/** `require-hashes` of a pip.conf counts for every command. */
const isConfigured = ({ settings }: PostureState): boolean =>
  settings.some(
    ({ format, values }) =>
      format === 'pip-conf' &&
      [...values.members.values()].some(({ value }) => isYes(scalarText(memberOf(value, 'require-hashes')?.value))),
  )

const isYes = (text: string | undefined): boolean => /^(?:1|true|yes|on)$/i.test(text ?? '')

/** Tools that install, build and test, which nobody has a file of hashes for, and which pip itself tells people to raise. */
const bootstrap: ReadonlySet<string> = new Set(
  'pip setuptools wheel uv pipx poetry pdm pipenv virtualenv build twine tox nox hatch pre-commit'.split(' '),
)

function severityOf(
  install: InstallCommand,
  command: RepositoryCommand,
  isHashed: ReturnType<typeof hashedFiles>,
): Severity | undefined {
  const { manager, action, frozen, simulated, packages } = install
  if ((manager !== 'pip' && manager !== 'uv') || simulated || frozen === true) return undefined
  if (action !== 'install' && action !== 'add') return undefined
  // `uv sync` and `uv add` keep to uv.lock, which has hashes.
  if (manager === 'uv' && command.invocation.words.includes('pip') === false) return undefined
  if (isSet(command.environment, 'PIP_REQUIRE_HASHES', 'UV_REQUIRE_HASHES') === true) return undefined
  const files = [...allOf(install.switches, 'requirement'), ...allOf(install.switches, 'requirements')]
  // One hash makes pip ask for all of them: what has none then fails.
  const areHashed = files.length > 0 && files.every((file) => isHashed(file, install.folder))
  const named = packages.filter(({ source }) => source === 'registry' || source === 'unknown')
  if (named.length === 0) return files.length === 0 || areHashed ? undefined : 'high'
  if (files.length === 0 && named.every(({ name }) => bootstrap.has(name.toLowerCase()))) return 'low'
  return files.length === 0 && named.every(({ exact }) => exact) ? 'medium' : 'high'
}

/** Whether everything in a file has a hash, by its path, or by its name where only a running shell knows the folder. */
function hashedFiles({ python }: PostureState): (path: string, folder: string | undefined) => boolean {
  const hashed = python.filter(
    ({ requirements, options }) =>
      options.some(({ name }) => name === '--require-hashes') ||
      (requirements.length > 0 && requirements.every(({ hashes }) => hashes > 0)),
  )
  const paths = new Set(hashed.map(({ file }) => file))
  const names = new Set(hashed.map(({ file }) => posix.basename(file)))
  return (path, folder) =>
    folder === undefined ? names.has(posix.basename(path)) : paths.has(posix.join(folder, path))
}

/** Only where the policy asks: a file of ranges may be what a file of hashes is made from. */
function bareManifests({ python }: PostureState, { requireHashes }: PythonPolicy): readonly Keyed[] {
  if (!requireHashes) return []
  return python.flatMap((manifest) => {
    const [first, ...others] = isInstalled(manifest) ? manifest.requirements.filter(lacksHash) : []
    if (first === undefined) return []
    return [
      {
        key: keyOf('manifest', manifest.file),
        observation: {
          message: 'asks for Python packages without hashes, which the policy wants them to have',
          evidence: [first, ...others].slice(0, 10).map(({ name, specifier }) => ({
            label: 'requirement',
            value: foreign(`${name}${specifier}`),
          })),
          anchors: [{ kind: 'line', file: first.file, line: first.line }],
        },
      },
    ]
  })
}

/** What pip-tools compiles from, and what only limits versions, is not what is installed. */
const isInstalled = ({ file, format }: PythonManifest): boolean =>
  format === 'requirements' && !file.endsWith('.in') && !/constraints?[^/]*$/i.test(file)

const lacksHash = ({ hashes, specifier }: PythonRequirement): boolean =>
  hashes === 0 && !/^(?:\.{0,2}\/|\.$)/.test(specifier)

/** A lockfile that has hashes for the others lost them, or never had them for what somebody wrote in by hand. */
function incompleteLocks({ pythonLocks }: PostureState, { requireHashes }: PythonPolicy): readonly Keyed[] {
  return pythonLocks.flatMap(({ withHashes, withoutHashes }) =>
    withHashes === 0 && !requireHashes
      ? []
      : withoutHashes.map(({ file, line, name }) => ({
          key: keyOf('lock', file, name),
          observation: {
            message: 'locks a Python package without a hash, so that nothing says what its files must be',
            evidence: [{ label: 'package', value: foreign(name) }],
            anchors: [{ kind: 'line', file, line }],
            fix: 'Have the tool write the lockfile anew, and find out how the entry came without its hashes.',
          },
        })),
  )
}
