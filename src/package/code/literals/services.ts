import type { LiteralService } from '../file-code.js'

/**
 * Hosts where anybody can take in or hand out data under no name of their own. Compiled from each service's own documentation and from the
 * incident reports that ATTACKS.md cites; a host counts with all that is under it. Sorted within each group.
 */
const hostsByService: Readonly<Record<LiteralService, readonly string[]>> = {
  webhook: [
    'discord.com/api/webhooks',
    'discordapp.com/api/webhooks',
    'api.telegram.org',
    'chat.googleapis.com',
    'hooks.slack.com',
    'hooks.zapier.com',
    'maker.ifttt.com',
    'oapi.dingtalk.com',
    'open.feishu.cn',
    'outlook.office.com/webhook',
    'qyapi.weixin.qq.com',
    'webhook.office.com',
  ],
  'request-bin': [
    'beeceptor.com',
    'burpcollaborator.net',
    'canarytokens.com',
    'dnslog.cn',
    'hookbin.com',
    'hookdeck.com',
    'interact.sh',
    'oast.fun',
    'oast.live',
    'oast.me',
    'oast.online',
    'oast.pro',
    'oast.site',
    'oastify.com',
    'pipedream.net',
    'postb.in',
    'requestbin.com',
    'requestbin.net',
    'requestcatcher.com',
    'requestrepo.com',
    'webhook.cool',
    'webhook.site',
  ],
  paste: [
    '0bin.net',
    '0x0.st',
    'anonfiles.com',
    'bashupload.com',
    'catbox.moe',
    'controlc.com',
    'dpaste.com',
    'dpaste.org',
    'file.io',
    'gist.githubusercontent.com',
    'gofile.io',
    'hastebin.com',
    'ix.io',
    'jsonblob.com',
    'jsonkeeper.com',
    'jsonsilo.com',
    'justpaste.it',
    'npoint.io',
    'paste.ee',
    'paste.rs',
    'pastebin.com',
    'pasteio.com',
    'privatebin.net',
    'rentry.co',
    'rentry.org',
    'temp.sh',
    'termbin.com',
    'transfer.sh',
    'uguu.se',
  ],
  tunnel: [
    'bore.pub',
    'cfargotunnel.com',
    'localhost.run',
    'localtunnel.me',
    'loca.lt',
    'lhr.life',
    'ngrok-free.app',
    'ngrok-free.dev',
    'ngrok.app',
    'ngrok.dev',
    'ngrok.io',
    'onion',
    'pagekite.me',
    'pinggy.link',
    'pinggy.io',
    'playit.gg',
    'serveo.net',
    'trycloudflare.com',
    'tunnelto.dev',
  ],
  'dynamic-dns': ['ddns.net', 'duckdns.org', 'dynu.net', 'hopto.org', 'no-ip.org', 'nip.io', 'sslip.io', 'zapto.org'],
  shortener: ['bit.ly', 'cutt.ly', 'goo.gl', 'is.gd', 'rb.gy', 'rebrand.ly', 't.ly', 'tinyurl.com', 'v.gd'],
  'ipfs-gateway': [
    '4everland.io',
    'cf-ipfs.com',
    'cloudflare-ipfs.com',
    'dweb.link',
    'gateway.ipfs.io',
    'gateway.pinata.cloud',
    'infura-ipfs.io',
    'ipfs.io',
    'mypinata.cloud',
    'nftstorage.link',
    'w3s.link',
  ],
}

const serviceByHost: ReadonlyMap<string, LiteralService> = new Map(
  (Object.entries(hostsByService) as [LiteralService, readonly string[]][]).flatMap(([service, hosts]) =>
    hosts.map((host): [string, LiteralService] => [host, service]),
  ),
)

/** Services that share their host with ordinary pages are known by how the path begins. */
const paths = [...serviceByHost.keys()].filter((host) => host.includes('/'))

/** What a host is known for; `path` starts with a slash or is empty. */
export function serviceOf(host: string, path: string): LiteralService | undefined {
  for (let at = 0; at !== -1; at = nextLabel(host, at)) {
    const service = serviceByHost.get(host.slice(at))
    if (service !== undefined) return service
  }
  const whole = host + path
  const withPath = paths.find((known) => whole.includes(known) && whole.indexOf(known) <= host.length)
  if (withPath !== undefined) return serviceByHost.get(withPath)
  if (/^\/(?:ipfs|ipns)\/[a-zA-Z0-9]{40}/.test(path)) return 'ipfs-gateway'
  // An id, not the name of a page: `docs.stripe.com/webhooks/signature`.
  return /\/(?:api\/)?webhooks?\/(?=[^/]{0,200}\d)[^/]{8}/i.test(path) ? 'webhook' : undefined
}

function nextLabel(host: string, from: number): number {
  const dot = host.indexOf('.', from)
  return dot === -1 ? -1 : dot + 1
}

/** Names of XML and JSON vocabularies that look like addresses; nothing is fetched from them, and their owners hand out no space. */
const vocabularies: ReadonlySet<string> = new Set([
  'docs.oasis-open.org',
  'json-schema.org',
  'ns.adobe.com',
  'purl.org',
  'schema.org',
  'schemas.android.com',
  'schemas.microsoft.com',
  'schemas.openxmlformats.org',
  'schemas.xmlsoap.org',
  'www.inkscape.org',
  'www.opengis.net',
  'www.sitemaps.org',
  'www.w3.org',
  'xmlns.com',
])

export const isVocabulary = (host: string): boolean => vocabularies.has(host)

/** RFC 2606 keeps these three for documents: nobody can have them. Those under `.example` and `.test` are left in. */
export const isReserved = (host: string): boolean => /(?:^|\.)example\.(?:com|net|org)$/.test(host)
