import type { BindOptions } from '../fold/bind-names.js'
import { tokenParts } from './secrets.js'
import { sensitiveParts } from './sensitive-paths.js'

const publishParts: readonly string[] = ['/-/', '.github/workflows', '/actions/']
const walletParts: readonly string[] = ['eth_', 'personal_', 'wallet_', 'solana_']

/** Whether literals need a look at all: in most files no text can be a secret's path or shape, since none of their parts occurs. */
export function isLiteralSite(text: string): Pick<BindOptions, 'isSite'> {
  const parts = [...sensitiveParts, ...tokenParts, ...publishParts, ...walletParts].filter((part) =>
    text.includes(part),
  )
  // Escapes hide parts from this search, so that texts with escapes are looked at wherever they are.
  const hasEscapes = /\\(?:x|u)[\da-fA-F{]/.test(text)
  if (parts.length === 0 && !hasEscapes) return {}
  return {
    isSite: (literal) => {
      if ('regex' in literal && literal.regex) return true
      const { value } = literal
      if (typeof value !== 'string' || value.length < 4 || value.length > 2_000) return false
      return hasEscapes || parts.some((part) => value.includes(part))
    },
  }
}
