/** Stands in a command or an address for what nobody should read. */
const hidden = '…'

const secretName = /key|token|secret|passw|pwd|auth|credential|bearer|cookie|session/i

/** Names of places where a secret lies are no secrets. */
const placeName = /(?:file|path|dir|env|header|name|type|method|mode|url|issuer|server|store|provider)$/i

/** Filled in when the server starts: `${API_KEY}`, `$API_KEY`, `{{key}}`, `%KEY%`, `<your-key>`. */
const placeholder = /^(?:\$\{[^}]{1,200}\}|\$\w{1,200}|\{\{[^}]{1,200}\}\}|%\w{1,200}%|<[^>]{1,200}>)$/

/** As services write their tokens, and what only a machine can have made. */
const tokenShape =
  /^(?:sk|pk|rk|gh[pousr]|github_pat|xox[a-z]|npm|glpat|hf|pat|AKIA|AIza|eyJ)[-_A-Za-z0-9.]{16,}$|^(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9+/_=]{32,}$/

const isSecretName = (name: string): boolean => secretName.test(name) && !placeName.test(name)

/** A server's arguments for people: what is a secret by its name or its shape is not kept. One word in, one word out. */
export function withoutSecrets(words: readonly string[]): readonly string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? ''
    if (/^--?[A-Za-z]/.test(before) && !before.includes('=') && isSecretName(before) && !/^-/.test(word))
      return hide(word)
    return hideWithin(word, before === '-e' || before === '--env')
  })
}

function hideWithin(word: string, isVariable: boolean): string {
  const assigned = /^(--?[\w.-]{1,100}|[A-Za-z_]\w{0,200})=([\s\S]*)$/.exec(word)
  if (assigned !== null) {
    const [, name = '', value = ''] = assigned
    return isVariable || isSecretName(name) ? `${name}=${hide(value)}` : `${name}=${hideShape(value)}`
  }
  const header = /^([A-Za-z][\w-]{0,60}):\s{0,10}(?!\/\/)([\s\S]+)$/.exec(word)
  if (header !== null && isSecretName(header[1] ?? '')) return `${header[1]}: ${hide(header[2] ?? '')}`
  return hideShape(word)
}

const hide = (value: string): string => (placeholder.test(value) || value === '' ? value : hidden)

function hideShape(word: string): string {
  if (/^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(word)) return addressWithoutSecrets(word)
  return tokenShape.test(word) ? hidden : word
}

/** An address without user and password, and without the values of what its query names as a secret. */
export function addressWithoutSecrets(address: string): string {
  const withoutUser = address.replace(/^([a-z][a-z0-9+.-]{0,20}:\/\/)[^/?#@]{1,1000}@/i, `$1${hidden}@`)
  return withoutUser.replace(
    /([?&#])([^=&#]{1,200})=([^&#]{1,4000})/g,
    (all, mark: string, name: string, value: string) =>
      isSecretName(name) || tokenShape.test(value) ? `${mark}${name}=${hide(value)}` : all,
  )
}
