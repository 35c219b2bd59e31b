import { foreign } from '../../foreign.js'
import type { BindingGyp, PackageFacts } from '../../package/package-facts.js'
import { defineRule, type Evidence, type Observation } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { isBuiltImplicitly } from '../shared/install-hooks.js'

export const implicitBuildAdded = defineRule({
  id: 'implicit-build-added',
  title: 'implicit build added',
  severity: 'high',
  confidence: 'high',
  fix: 'Open binding.gyp: npm hands it to node-gyp on install although no script names it. Ask the maintainers what it builds and why.',
  on: ['added', 'upgraded', 'downgraded'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: previous }) {
    if (now.bindingGyp === undefined) return []
    const before = previous?.bindingGyp
    const seen = before
      ? observeChange(now.bindingGyp, before)
      : observeNew(now, now.bindingGyp, change.kind === 'added')
    return seen === null ? [] : [{ ...seen, anchors: [entryField(change, 'version')] }]
  },
})

type Seen = Omit<Observation, 'anchors'>

const unreadable = 'has a binding.gyp that runs on install and could not be read'
const nothingToBuild = 'has a binding.gyp that runs on install and no native sources to build'
const ownCommands = 'has a binding.gyp that runs commands of its own on install'

function observeNew(now: PackageFacts, gyp: BindingGyp, isNewName: boolean): Seen | null {
  const evidence = evidenceOf(gyp, gyp.commands)
  if (!gyp.parsed) return { message: unreadable, evidence }
  if (!gyp.hasNativeSources) return { message: nothingToBuild, evidence }
  if (!isNewName) return { message: 'has a binding.gyp that the version before did not have', evidence }
  // A native package that is new here is told as such. Where its own script decides what is built, or a prebuilt binary
  // spares the build, the commands in it are no more than every such package has.
  const runs = gyp.commands.some((command) => !isLookup(command)) && isBuiltImplicitly(now)
  return runs ? { message: ownCommands, evidence } : { message: 'is compiled on install', evidence, ...expected }
}

const expected = { severity: 'medium', confidence: 'medium' } as const satisfies Partial<Observation>

/** Only what is new. The files that binding.gyp includes can change while it does not, so no hash ends this. */
function observeChange(now: BindingGyp, before: BindingGyp): Seen | null {
  const known = new Set(before.commands)
  const commands = now.commands.filter((command) => !known.has(command))
  const evidence = evidenceOf(now, commands)
  if (!now.parsed && before.parsed) return { message: unreadable, evidence }
  if (!now.hasNativeSources && before.hasNativeSources) return { message: nothingToBuild, evidence }
  if (commands.some((command) => !isLookup(command))) return { message: ownCommands, evidence }
  // Another header library, most often (bcrypt 6, node-pty 1.1): every native package does that once.
  const message = 'has a binding.gyp that looks up other headers than before'
  return commands.length > 0 ? { message, evidence, severity: 'low', confidence: 'low' } : null
}

const evidenceOf = ({ sources }: BindingGyp, commands: readonly string[]): Evidence[] => [
  ...commands.map((command) => ({ label: 'command', value: foreign(command), file: 'binding.gyp' })),
  ...sources.slice(0, 5).map((source) => ({ label: 'source', value: foreign(source), file: 'binding.gyp' })),
]

/**
 * The shape in which native packages ask Node where headers are: the include path, targets or gyp file that one package
 * of that purpose exports, and nothing else. Any other command is told apart.
 */
const lookup =
  /^node (?:-p|-e) \\*(["'])(?:require\(\\*["'](?:nan|node-addon-api|napi-macros)\\*["']\)(?:\.(?:include|include_dir|gyp|targets))?|process\.versions\.node\.split\(\\*["']\.\\*["']\)\[0\])\\*\1$/

const isLookup = (command: string): boolean =>
  lookup.test(
    command
      .replace(/^<!@?\(/, '')
      .replace(/\)$/, '')
      .trim()
      .replace(/\s+/g, ' '),
  )
