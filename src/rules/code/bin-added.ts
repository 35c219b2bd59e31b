import { foreign } from '../../foreign.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { asPublished } from '../shared/published-manifest.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { shadowsCommand } from '../shared/well-known-commands.js'

export const binAdded = defineRule({
  id: 'bin-added',
  title: 'new command',
  severity: 'low',
  confidence: 'high',
  fix: 'Look at the file behind the command; scripts of the project that call a command of this name now run this one.',
  on: ['added', 'upgraded', 'downgraded'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: previous }) {
    const known = previous === undefined ? undefined : asPublished(previous.manifest).bin
    const commands = [...asPublished(now.manifest).bin].filter(([command]) => known?.has(command) !== true)
    const shadows = commands.filter(([command]) => shadowsCommand(command, change.name))
    const others = commands.filter((command) => !shadows.includes(command))
    const anchors = [entryField(change, 'version')] as const
    if (shadows.length > 0) {
      const evidence = shadows.map(toEvidence(now, 'command that shadows another'))
      return [{ message: 'brings a command that people know as another program', severity: 'high', evidence, anchors }]
    }
    // An added package is asked for with its commands; without the version before nothing tells which are new.
    if (known === undefined || others.length === 0) return []
    const evidence = shownEvidence(others.map(toEvidence(now, 'command')))
    return [{ message: 'brings a command that the version before did not have', evidence, anchors }]
  },
})

const toEvidence =
  ({ files }: PackageFacts, label: string) =>
  ([command, path]: readonly [string, string]): Evidence => ({
    label,
    value: foreign(`${command} → ${path}`),
    ...(files.some((file) => file.path === path) ? { file: path } : { file: 'package.json' }),
  })
