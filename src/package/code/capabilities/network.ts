import { type AbilityTable, type ModuleAbility, moduleAbility } from './ability-table.js'
import { type Call, knownText, optionOf } from './found.js'

const clients: readonly ModuleAbility[] = [
  {
    module: 'axios',
    except: [
      'isAxiosError',
      'isCancel',
      'spread',
      'all',
      'toFormData',
      'formToJSON',
      'CancelToken.source',
      'mergeConfig',
    ],
  },
  {
    module: 'undici',
    except: ['setGlobalDispatcher', 'getGlobalDispatcher', 'FormData', 'Headers', 'MockAgent', 'errors'],
  },
  { module: 'node-fetch', except: ['Headers', 'Request', 'Response', 'FetchError', 'isRedirect', 'AbortError'] },
  { module: 'ws', except: ['createWebSocketStream'] },
  { module: 'nodemailer', except: ['createTestAccount', 'getTestMessageUrl'] },
  ...[
    'got',
    'request',
    'request-promise',
    'request-promise-native',
    'needle',
    'superagent',
    'ky',
    'phin',
    'bent',
    'wretch',
  ].map(moduleAbility),
  ...['ofetch', 'unfetch', 'whatwg-fetch', 'gaxios', 'urllib', 'simple-get', 'centra', 'download', 'hyperquest'].map(
    moduleAbility,
  ),
  ...[
    'socket.io-client',
    'eventsource',
    'node-telegram-bot-api',
    'discord.js',
    'discord-webhook-node',
    'npm-registry-fetch',
  ].map(moduleAbility),
  ...[
    '@slack/webhook',
    'pacote',
    'typed-rest-client/HttpClient',
    '@actions/http-client',
    'nodemailer-smtp-transport',
  ].map(moduleAbility),
]

const requests = ['request', 'get']

/** What goes out over HTTP and its kin. A listening server is not it: nothing leaves. */
export const networkAbilities: AbilityTable = {
  capability: 'network',
  keys: [
    ...requests.flatMap((name) => [`http:${name}`, `https:${name}`]),
    ...['http:ClientRequest', 'https:ClientRequest', 'http:[…]', 'https:[…]', 'http2:connect'],
    ...[
      ':fetch',
      ':XMLHttpRequest',
      ':XMLHttpRequest().open',
      ':WebSocket',
      ':EventSource',
      ':RTCPeerConnection',
      ':WebTransport',
    ],
    ...[
      ':navigator.sendBeacon',
      ':Bun.fetch',
      ':importScripts',
      ':Deno.connect',
      ':wx.request',
      ':chrome.runtime.connect',
    ],
    ...[
      'xmlhttprequest:XMLHttpRequest',
      'xmlhttprequest:XMLHttpRequest().open',
      'xhr2:',
      'jquery:ajax',
      'jquery:get',
      'jquery:post',
      ':$.ajax',
      ':jQuery.ajax',
    ],
    ...['electron:net.request', 'electron:net.fetch'],
  ],
  modules: clients,
  constant: addressOf,
}

export const dnsAbilities: AbilityTable = {
  capability: 'dns',
  keys: [
    ...[
      'lookup',
      'lookupService',
      'resolve',
      'resolve4',
      'resolve6',
      'resolveAny',
      'resolveCname',
      'resolveMx',
      'resolveNs',
      'resolveSrv',
    ]
      .concat(['resolveTxt', 'resolveNaptr', 'resolvePtr', 'resolveSoa', 'resolveCaa', 'reverse', '[…]'])
      .flatMap((name) => [`dns:${name}`, `dns:Resolver().${name}`, `dns:promises.Resolver().${name}`]),
    ':Bun.dns.lookup',
    ':Deno.resolveDns',
  ],
  modules: ['native-dns', 'dns-socket', 'dns2'].map(moduleAbility),
  constant: ({ given: [name] }) => knownText(name),
}

export const socketAbilities: AbilityTable = {
  capability: 'socket',
  keys: [
    ...['net:connect', 'net:createConnection', 'net:Socket', 'net:Stream', 'net:createServer', 'net:Server', 'net:[…]'],
    ...[
      'tls:connect',
      'tls:TLSSocket',
      'tls:createServer',
      'dgram:createSocket',
      'dgram:Socket',
      ':Bun.connect',
      ':Bun.listen',
      ':Deno.listen',
    ],
  ],
  modules: ['socks', 'ssh2', 'node-ssh', 'telnet-client', 'raw-socket'].map(moduleAbility),
  constant: ({ given, ...call }) => {
    const [first, second] = given
    const host = knownText(first?.kind === 'object' ? optionOf({ given, ...call }, first, 'host') : second)
    return host ?? knownText(first)
  },
}

const locations = ['url', 'uri', 'href', 'hostname', 'host', 'baseURL', 'prefixUrl']

/** Where a request goes: an address, or the host of an object that describes one. */
export function addressOf(call: Call): string | undefined {
  const { key, given } = call
  if (key.endsWith('XMLHttpRequest().open')) return knownText(given[1])
  if (/\.sendMail$/.test(key))
    return knownText(optionOf(call, given[0], 'to')) ?? knownText(optionOf(call, given[0], 'bcc'))
  for (const value of given.slice(0, 2)) {
    const text = knownText(value)
    if (text !== undefined) return text
    for (const name of locations) {
      const location = knownText(optionOf(call, value, name))
      if (location === undefined) continue
      const path = name === 'hostname' || name === 'host' ? knownText(optionOf(call, value, 'path')) : undefined
      return path === undefined ? location : location + path
    }
  }
  return undefined
}
