/**
 * Where everybody can have a name of their own: what stands before these is the owner. From the services' documentation and the private part
 * of the public suffix list; the ones that packages and attacks use. Sorted.
 */
const lent: readonly string[] = [
  'aliyuncs.com',
  'amazonaws.com',
  'appspot.com',
  'azureedge.net',
  'azurefd.net',
  'azurewebsites.net',
  'backblazeb2.com',
  'blogspot.com',
  'cloudapp.net',
  'cloudflarestorage.com',
  'cloudfront.net',
  'cloudfunctions.net',
  'deno.dev',
  'digitaloceanspaces.com',
  'firebaseapp.com',
  'firebaseio.com',
  'fly.dev',
  'github.io',
  'githubusercontent.com',
  'gitlab.io',
  'glitch.me',
  'googleapis.com',
  'herokuapp.com',
  'icp0.io',
  'myqcloud.com',
  'myshopify.com',
  'netlify.app',
  'ondigitalocean.app',
  'onrender.com',
  'pages.dev',
  'r2.dev',
  'railway.app',
  'repl.co',
  'replit.app',
  'run.app',
  'supabase.co',
  'surge.sh',
  'trafficmanager.net',
  'vercel.app',
  'web.app',
  'windows.net',
  'wordpress.com',
  'workers.dev',
]

/** Second labels under which countries register names. */
const registered = /^(?:ac|co|com|edu|go|gob|gov|ne|net|or|org)$/

/** The part of a host that one owner has: `api.pad.example` → `pad.example`, `pad.vercel.app` → itself. Lower case in and out. */
export function ownerDomain(host: string): string {
  const name = host.replace(/^(?:\*\.?|www\.)+/, '')
  if (lent.some((suffix) => name.endsWith(`.${suffix}`))) return name
  const labels = name.split('.')
  const [second = '', first = ''] = labels.slice(-2)
  return labels.slice(first.length === 2 && registered.test(second) ? -3 : -2).join('.')
}

/** The host of what a manifest gives as its homepage or repository, whatever scheme stands before it; nothing for `owner/name`. */
export function hostOf(address: string): string | undefined {
  const [, host] =
    /^(?:git\+)?(?:[a-z]{2,8}:)?\/\/(?:[^@/\s]{0,64}@)?([\w.-]{1,253})(?:[:/?#]|$)/i.exec(address.slice(0, 2_000)) ?? []
  return host?.toLowerCase()
}
