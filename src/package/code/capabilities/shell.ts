import type { Value } from '../fold/value.js'
import { type AbilityTable, moduleAbility } from './ability-table.js'
import { type Call, type Found, knownText, optionOf } from './found.js'

const childProcess = [
  'exec',
  'execSync',
  'execFile',
  'execFileSync',
  'spawn',
  'spawnSync',
  'fork',
  '_forkChild',
  'ChildProcess().spawn',
]

/** Commands that are run. */
export const shellAbilities: AbilityTable = {
  capability: 'shell',
  keys: [
    ...childProcess.map((name) => `child_process:${name}`),
    'child_process:[…]',
    // What `child_process` itself is made of.
    ':process.binding().spawn',
    ':process._linkedBinding().spawn',
    ':process.binding().Process().spawn',
    'shelljs:exec',
    'shelljs/global:exec',
    ':Bun.spawn',
    ':Bun.spawnSync',
    ':Bun.$',
    'bun:$',
    'bun:spawn',
    'bun:spawnSync',
    ':Deno.Command',
    ':Deno.run',
    'open:',
    'opn:',
    'sudo-prompt:exec',
    'node-pty:spawn',
    'electron:shell.openExternal',
    'electron:shell.openPath',
  ],
  modules: [
    ...['execa', 'cross-spawn', 'zx', 'tinyexec', 'nano-spawn', 'spawn-sync', 'foreground-child', 'npm-run-all'],
    ...[
      'cross-spawn-async',
      'execa/index.js',
      'spawn-command',
      'child-process-promise',
      '@npmcli/promise-spawn',
      'exec-sh',
    ],
    ...['node-cmd', 'promisify-child-process', 'teen_process', '@npmcli/run-script', 'dax-sh'],
  ].map(moduleAbility),
  constant: commandOf,
}

/** The command with its arguments, as somebody would type it. */
export function commandOf({ given: [command, list] }: Pick<Call, 'given'>): string | undefined {
  const first = knownText(command?.kind === 'list' ? joined(command.items) : command)
  if (list?.kind !== 'list') return first
  const rest = list.items.map((item) => knownText(item) ?? '…')
  return first === undefined && rest.every((part) => part === '…') ? undefined : [first ?? '…', ...rest].join(' ')
}

const joined = (items: readonly (Value | undefined)[]): Value => ({
  kind: 'constant',
  value: items.map((item) => knownText(item) ?? '…').join(' '),
  whole: true,
})

/** How a child is started so that nobody sees it or can end it with its parent. */
export function readChildOptions(call: Call): readonly Found[] {
  const options = call.given.filter((value) => value?.kind === 'object')
  return options.flatMap((value): Found[] => {
    const found: Found[] = []
    const isTrue = (name: string): boolean => {
      const option = optionOf(call, value, name)
      return option?.kind === 'constant' && option.value === true
    }
    const stdio = optionOf(call, value, 'stdio')
    if (isTrue('detached')) found.push({ capability: 'process-control', detail: 'detached' })
    if (isTrue('windowsHide')) found.push({ capability: 'process-control', detail: 'windowsHide' })
    if (knownText(stdio) === 'ignore') found.push({ capability: 'process-control', detail: 'stdio ignore' })
    return found
  })
}
