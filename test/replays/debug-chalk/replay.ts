import { obfuscated } from '../obfuscated.js'
import { colours, durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { onVersion } from '../upgrade.js'

/** Puts itself between a page and its wallet, its requests and their answers, and hands everything on as it was. */
const block = obfuscated(`
var $running=0x0;
async function $check(){try{
if(typeof window!==«undefined»&&typeof window[«ethereum»]!==«undefined»){
const $accounts=await window[«ethereum»][«request»]({'method':«eth_accounts»});
$accounts[«length»]>0x0?($running=0x1,$wallet()):$network();
}else $network();
}catch($failure){$network();}}
function $wallet(){const $request=window[«ethereum»][«request»];
window[«ethereum»][«request»]=async function($call){
if($call[«method»]===«eth_sendTransaction»)$running++;return $request[«call»](this,$call);};}
function $network(){const $fetch=globalThis[«fetch»];
globalThis[«fetch»]=async function(...$arguments){const $answer=await $fetch(...$arguments);return $same($answer);};
const $open=XMLHttpRequest[«prototype»][«open»],$send=XMLHttpRequest[«prototype»][«send»];
XMLHttpRequest[«prototype»][«open»]=function($method,$address){this[«address»]=$address;return $open[«apply»](this,arguments);};
XMLHttpRequest[«prototype»][«send»]=function(){return $send[«apply»](this,arguments);};}
function $same($text){return $text;}
$check();
`)

const packages = {
  debug: {
    '4.4.1': { manifest: { main: './src/index.js' }, files: { 'src/index.js': durations } },
    '4.4.2': { manifest: { main: './src/index.js' }, files: { 'src/index.js': `${block}\n${durations}` } },
  },
  chalk: {
    '5.6.0': {
      manifest: { type: 'module', exports: './source/index.js' },
      files: { 'source/index.js': colours },
    },
    '5.6.1': {
      manifest: { type: 'module', exports: './source/index.js' },
      files: { 'source/index.js': `${block}\n${colours}` },
    },
  },
}

const manifest = { dependencies: { debug: '^4.4.1', chalk: '^5.6.0' } }

const expected = (name: string, version: string, file: string) => {
  const evidence = { file, line: block }
  return [
    onVersion(name, version, ['code-hidden', 'critical', evidence]),
    onVersion(name, version, ['code-obfuscated', 'high', evidence]),
    onVersion(name, version, ['global-hooked', 'critical', evidence]),
    onVersion(name, version, ['capability-added', 'high', evidence]),
  ]
}

export const replay: Replay = {
  description:
    'A phished maintainer’s account released debug, chalk and a dozen of their neighbours with one line of obfuscated code before an ' +
    'unchanged file: in a browser it changed where wallets and requests sent money. No script ran on install.',
  date: '2025-09-08',
  packages,
  base: { manifest, locked: { debug: '4.4.1', chalk: '5.6.0' } },
  head: { manifest, locked: { debug: '4.4.2', chalk: '5.6.1' } },
  expected: {
    verdict: 'flagged',
    findings: [...expected('debug', '4.4.2', 'src/index.js'), ...expected('chalk', '5.6.1', 'source/index.js')],
  },
}
