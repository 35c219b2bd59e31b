import { type AbilityTable, moduleAbility } from './ability-table.js'
import { knownText } from './found.js'

/** Machine code that Node loads. */
export const addonAbilities: AbilityTable = {
  capability: 'native-addon',
  keys: [
    ':process.dlopen',
    ':process.binding',
    ':process._linkedBinding',
    ':Deno.dlopen',
    'bun:ffi:dlopen',
    'node-pre-gyp:find',
    '@mapbox/node-pre-gyp:find',
  ],
  modules: [
    'bindings',
    'node-gyp-build',
    'ffi-napi',
    'node-ffi',
    'koffi',
    'ref-napi',
    'ffi',
    'pkg-prebuilds',
    'node-gyp-build-optional-packages',
  ].map(moduleAbility),
  constant: ({ given: [first, second], key }) => knownText(key === ':process.dlopen' ? second : first),
}

export const wasmAbilities: AbilityTable = {
  capability: 'wasm',
  keys: ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming', 'Module', 'Instance', '[…]'].map(
    (name) => `:WebAssembly.${name}`,
  ),
}

export const workerAbilities: AbilityTable = {
  capability: 'worker',
  keys: [
    'worker_threads:Worker',
    ':Worker',
    ':SharedWorker',
    'cluster:fork',
    ':navigator.serviceWorker.register',
    'web-worker:',
  ],
  modules: ['tinypool', 'piscina', 'jest-worker', 'workerpool', 'threads', 'worker-farm'].map(moduleAbility),
  constant: ({ given: [path] }) => knownText(path),
}

export const processAbilities: AbilityTable = {
  capability: 'process-control',
  keys: ['kill', 'setuid', 'setgid', 'seteuid', 'daemon', 'abort', 'chroot', 'reallyExit'].map(
    (name) => `:process.${name}`,
  ),
  modules: ['tree-kill', 'ps-kill', 'fkill', 'daemonize2'].map(moduleAbility),
}

/** `child_process.spawn(…).unref()`: the child goes on when its parent is gone. */
export const isUnref = (key: string): boolean => /^(?:child_process|cross-spawn|execa):[\w.]*\(\)\.unref$/.test(key)
