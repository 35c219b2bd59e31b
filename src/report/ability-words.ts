import { isHarmlessEnumeration } from '../package/code/capabilities/environment.js'
import type { InspectedCapability } from './inspected-code.js'

/** An ability in words for people: `start` and `programs`. */
export interface AbilityWords {
  readonly verb: string
  readonly object: string
}

/** What is read of an ability before its words are chosen. */
type Seen = Pick<InspectedCapability, 'capability' | 'detail'>

/** Most dangerous first. Named variables of the environment are listed by their names instead. */
const words = {
  'sensitive-read': { verb: 'read', object: 'credential files' },
  'token-use': { verb: 'use', object: 'tokens' },
  evasion: { verb: 'speak', object: 'to reviewers' },
  publish: { verb: 'act', object: 'on repos or registry' },
  'crypto-wallet': { verb: 'use', object: 'crypto wallets' },
  'environment-enumeration': { verb: 'list', object: 'the environment' },
  shell: { verb: 'start', object: 'programs' },
  eval: { verb: 'run', object: 'text as code' },
  vm: { verb: 'run', object: 'code in a vm' },
  network: { verb: 'use', object: 'the network' },
  dns: { verb: 'ask', object: 'name servers' },
  socket: { verb: 'open', object: 'sockets' },
  'timer-send': { verb: 'send', object: 'on a timer' },
  'dynamic-require': { verb: 'load', object: 'computed modules' },
  'module-hook': { verb: 'change', object: 'module loading' },
  'global-hook': { verb: 'replace', object: 'built-ins' },
  'native-addon': { verb: 'load', object: 'native code' },
  'file-delete': { verb: 'delete', object: 'files' },
  'file-write': { verb: 'write', object: 'files' },
  'process-control': { verb: 'control', object: 'processes' },
  worker: { verb: 'start', object: 'workers' },
  wasm: { verb: 'run', object: 'WebAssembly' },
  'sensitive-name': { verb: 'name', object: 'credential files' },
  'place-check': { verb: 'ask', object: 'where it runs' },
  'environment-handed-on': { verb: 'hand', object: 'the environment on' },
  'own-variables': { verb: 'list', object: 'its own variables' },
  polyfill: { verb: 'add', object: 'missing built-ins' },
} as const satisfies Record<string, AbilityWords>

export type AbilityKey = keyof typeof words

export const abilityKeys: readonly AbilityKey[] = Object.keys(words).filter((key): key is AbilityKey =>
  Object.hasOwn(words, key),
)

export const wordsOf = (key: AbilityKey): AbilityWords => words[key]

/** `starts programs` */
export const toThirdPerson = ({ verb, object }: AbilityWords): string => `${verb}s ${object}`

/** `start programs` */
export const toInfinitive = ({ verb, object }: AbilityWords): string => `${verb} ${object}`

/** Under which words a place is told; none for a variable, which is told by its name. */
export function abilityOf({ capability, detail }: Seen): AbilityKey | undefined {
  switch (capability) {
    case 'environment':
      return undefined
    case 'environment-enumeration':
      if (!isHarmlessEnumeration(detail)) return capability
      return detail.endsWith(', for a child process') ? 'environment-handed-on' : 'own-variables'
    case 'sensitive-read':
      // The path is there, and nothing that reads it.
      return detail.endsWith(' named') ? 'sensitive-name' : capability
    case 'evasion':
      return detail.startsWith('check ') ? 'place-check' : capability
    case 'global-hook':
    case 'module-hook':
      return detail.endsWith(' where missing') ? 'polyfill' : capability
    default:
      return capability
  }
}

/** What alone makes a reader look twice, whenever it runs. */
const alarming: ReadonlySet<AbilityKey> = new Set<AbilityKey>([
  'sensitive-read',
  'token-use',
  'evasion',
  'publish',
  'crypto-wallet',
  'environment-enumeration',
])

export const isAlarming = (key: AbilityKey): boolean => alarming.has(key)

/** What is no reason to be afraid of. */
const trivial: ReadonlySet<AbilityKey> = new Set<AbilityKey>(['environment-handed-on', 'own-variables', 'polyfill'])

export const isTrivial = (key: AbilityKey): boolean => trivial.has(key)

/** What hardly tells one package from another. */
const ordinary: ReadonlySet<AbilityKey> = new Set<AbilityKey>([
  ...(['file-write', 'process-control', 'worker', 'wasm', 'sensitive-name', 'place-check'] as const),
  ...trivial,
])

export const isOrdinary = (key: AbilityKey): boolean => ordinary.has(key)
