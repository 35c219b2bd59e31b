/** Libraries' functions by the last word of their name: they tell something of a value, but give no way back to it. */
const tellsLittle =
  /(?:^|[a-z\d_.])(?:hash|hmac|sign|signature|verify|digest|sha\d+|md5|derive|fingerprint|checksum|valid|compare|equals?|assert|check|exists|length|debug|warn|log|info|error|trace|mask|redact|estimate)[A-Za-z\d]*$/i

const questions =
  /^(?:is|has|can|should|to(?:Public|Address)|public|includes|indexOf|lastIndexOf|test|search|startsWith|endsWith|some|every|forEach|localeCompare|charCodeAt|codePointAt|hasOwnProperty|getPublic|getAddress)(?:[A-Z]|$)/

export const keepsNothing = (name: string): boolean => questions.test(name) || tellsLittle.test(name)

/** Methods that give a list of the same things, or the list itself. */
export const sameList: ReadonlySet<string> = new Set([
  ...['filter', 'sort', 'slice', 'reverse', 'concat', 'flat', 'splice', 'values', 'finally', 'catch', 'toSorted'],
  ...['pipe', 'on', 'once', 'addListener', 'setEncoding', 'resume', 'clone', 'toArray', 'bind'],
])

/** Methods whose first argument is called with each thing of a list, or with what a promise, stream or emitter gives. */
export const givesItems: ReadonlySet<string> = new Set([
  ...['forEach', 'map', 'flatMap', 'filter', 'find', 'some', 'every', 'findLast'],
])
export const givesAll: ReadonlySet<string> = new Set(['then', 'finally', 'tap', 'subscribe', 'pipe'])
export const givesEvents: ReadonlySet<string> = new Set([
  'on',
  'once',
  'addListener',
  'addEventListener',
  'prependListener',
])

/** Methods whose result is what their callback returns. */
export const givesResult: ReadonlySet<string> = new Set([
  'then',
  'map',
  'flatMap',
  'reduce',
  'reduceRight',
  'catch',
  'replace',
])

/** Methods that put their arguments into what they are called on, under no name. */
export const takesIn: ReadonlySet<string> = new Set([
  'push',
  'unshift',
  'add',
  'enqueue',
  'fill',
  'splice',
  'append',
  'set',
])
/** The same for streams and hashes: what is put in has no structure. */
export const takesText: ReadonlySet<string> = new Set([
  'write',
  'end',
  'update',
  'appendChild',
  'send',
  'pipe',
  'final',
])

/** Of the platform: they give their argument in other clothes, or as a part of something. All else that is the platform's own keeps nothing. */
export const platformPasses =
  /^(?::(?:String|Buffer|btoa|atob|encodeURIComponent|encodeURI|escape|unescape|decodeURIComponent|decodeURI|structuredClone|URLSearchParams|URL|FormData|Blob|File|Uint8Array|ArrayBuffer|TextEncoder|TextDecoder|Headers|Request|Response|Set|Map|Array|Promise|JSON|Reflect|Symbol\.iterator|Error|Proxy|WeakMap|Number\(\)\.)|zlib:|querystring:|util:(?:inspect|format|promisify)|url:(?:format|parse|resolve|URL)|buffer:|string_decoder:|v8:serialize|crypto:(?:publicEncrypt|createCipher|createDecipher|Cipher|privateDecrypt)|stream:(?:Readable|PassThrough|Transform))/

export const listsNames: ReadonlySet<string> = new Set([
  ...[':Object.keys', ':Object.getOwnPropertyNames', ':Reflect.ownKeys', 'lodash:keys'],
])
export const listsValues: ReadonlySet<string> = new Set([
  ...[
    ':Object.values',
    ':Object.entries',
    ':Object.fromEntries',
    ':Object.getOwnPropertyDescriptors',
    'lodash:toPairs',
  ],
  ...['lodash:values', 'lodash:entries', 'lodash:pickBy', 'lodash:omitBy', 'lodash:cloneDeep', 'lodash:map'],
])

/** Values that are keys to something, by their names. */
const signingName =
  /^(?:(?:my|the|user|wallet|account|signer|owner|payer|from|new|raw|decrypted|plain)?_?(?:private_?key|priv_?key|secret_?key|mnemonic|mnemonic_?phrase|seed_?phrase|recovery_?phrase|seed_?words|key_?pair|pk_hex|wif|seed)(?:_?(?:hex|base58|bytes|str|string|buffer|phrase|words))?)$/i
const credentialName =
  /^(?:(?:my|the|user|db|auth|access|api|refresh|bot|session|bearer|id|npm|github|gh|client|app|admin|account|master|jwt|login)_?)?(?:password|passwd|passphrase|token|secret|api_?key|apikey|access_?key|credentials?|auth_?token)$/i

/** `signing`: who has it has the money; `credential`: what services are asked with, their own clients among them. */
export function keyKindOf(name: string): 'signing' | 'credential' | undefined {
  if (name.length > 60) return undefined
  if (signingName.test(name)) return 'signing'
  return credentialName.test(name) ? 'credential' : undefined
}

const environmentPrefix = 'process.env.'

/** How a variable of the environment is told as a source. */
export const variableDetail = (name: string): string => environmentPrefix + name

/** The variable of the environment that a source's words tell, if they do. */
export const variableIn = (detail: string): string | undefined =>
  detail.startsWith(environmentPrefix) ? detail.slice(environmentPrefix.length) : undefined
