import { foreign } from '../../foreign.js'
import type { InstallScript, ScriptFile } from '../../package/package-facts.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { hooksThatRan, hooksThatRun, scriptsInWords } from '../shared/install-hooks.js'
import { shownEvidence } from '../shared/shown-evidence.js'

export const installScriptChanged = defineRule({
  id: 'install-script-changed',
  title: 'install script changed',
  severity: 'medium',
  confidence: 'high',
  fix: 'Compare the named files with those of the version before: what they do now, they do on every machine that installs this.',
  on: ['upgraded', 'downgraded'],
  needs: ['package', 'previousPackage'],

  inspect(change, { package: now, previousPackage: previous }) {
    const { before, after } = change
    if (before === undefined || after === undefined) return []
    const known = new Map(hooksThatRan(previous, before).map((script) => [script.hook, script]))
    const changed = hooksThatRun(now, after).flatMap((script) => {
      const old = known.get(script.hook)
      if (old === undefined) return []
      const [commands, files] = [diffCommands(old, script), diffFiles(old.files, script.files)]
      return commands.length + files.length === 0 ? [] : [{ script, commands, files }]
    })
    if (changed.length === 0) return []
    const evidence = [...changed.flatMap(({ commands }) => commands), ...changed.flatMap(({ files }) => files)]
    return [
      {
        message: messageFor(changed),
        evidence: shownEvidence(evidence),
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})

interface ChangedHook {
  readonly script: InstallScript
  readonly commands: readonly Evidence[]
  readonly files: readonly Evidence[]
}

function messageFor(changed: readonly ChangedHook[]): string {
  const scripts = scriptsInWords(changed.map(({ script }) => script))
  if (changed.length > 1) return `runs ${scripts} on install that changed, or whose files did`
  return changed.some(({ commands }) => commands.length > 0)
    ? `runs ${scripts.replace(/^an? /, 'another ')} on install than the version before`
    : `runs ${scripts} on install whose files changed`
}

const withoutFormatting = (command: string): string => command.trim().replace(/\s+/g, ' ')

function diffCommands(old: InstallScript, now: InstallScript): Evidence[] {
  if (withoutFormatting(old.command) === withoutFormatting(now.command)) return []
  return [
    { label: `${now.hook} before`, value: foreign(old.command), file: 'package.json' },
    { label: `${now.hook} now`, value: foreign(now.command), file: 'package.json' },
  ]
}

/** A script that reads its own package.json finds another version in it with every release. */
const codeOnly = (files: readonly ScriptFile[]): readonly ScriptFile[] =>
  files.filter(({ path }) => path !== 'package.json')

/** A file that a script names may be run or read (@sentry/cli reads its checksums): the text alone does not tell. */
function diffFiles(old: readonly ScriptFile[], now: readonly ScriptFile[]): Evidence[] {
  const before = new Map(codeOnly(old).map((file) => [file.path, file]))
  const after = new Map(codeOnly(now).map((file) => [file.path, file]))
  const started = [...after.values()].flatMap((file) => describeFile(before.get(file.path), file))
  const ended = [...before.values()].filter(({ path }) => !after.has(path))
  return [...started, ...ended.map(({ path }) => ({ label: 'file it no longer uses', value: foreign(path) }))]
}

function describeFile(before: ScriptFile | undefined, now: ScriptFile): Evidence[] {
  const { path } = now
  if (before === undefined) return [{ label: 'further file it uses', value: foreign(path), file: path }]
  return isSameCode(before, now) ? [] : [{ label: 'changed file it uses', value: foreign(path), file: path }]
}

/** Also where only indentation, line ends and blank lines differ; a file that is not there has no hash at all. */
const isSameCode = (before: ScriptFile, now: ScriptFile): boolean =>
  before.sha256 === now.sha256 || (now.linesSha256 !== undefined && before.linesSha256 === now.linesSha256)
