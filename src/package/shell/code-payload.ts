/** Where a program on a command line gets more text from, how it runs one, and what it sends. Plain searches: such a text is a line or two. */
const fetches = /\bfetch\s?\(|https?:\/\/|\burlopen\b|\brequests\.get\b|\bNet::HTTP\b|\.get\s?\(\s?['"`]/
const decodes = /base64|\batob\s?\(|fromCharCode|\bunhexlify\b|\bhex['"]\s?\)|\bzlib\b|decompress/
const evaluates =
  /\beval\s?[(),]|\bFunction\s?[(),]|\bexec\s?\(|\bexecSync\s?\(|_compile\s?\(|runInThisContext|\bcompile\s?\(|\bsystem\s?\(|\bpopen\s?\(|\bimport\s?\(\s?['"`]data:/
const evaluatesText = /\beval\s?[(),]|\bFunction\s?[(),]|_compile|runInThisContext|\bexec\s?\(/

const sends =
  /\bfetch\s?\(|\burlopen\b|\brequests\.(?:post|put|get)\b|\bNet::HTTP\b|\bhttps?['"`]?\)?\.(?:request|get)\s?\(|\.post\s?\(|\baxios\b|\b(?:lookup|resolve\w{0,4})\s?\(|\bsendBeacon\b|\bconnect\s?\(/
/** Not one of its variables by name. */
const wholeEnvironment =
  /\bprocess\.env\b(?!\s?(?:\?\.|\.|\[)\s?['"`\w])|\bos\.environ\b(?!\s?(?:\.get\b|\[))|\bENV\.(?:to_h|to_a|inspect|each)\b/
const credentials =
  /\.npmrc\b|\.ssh\b|\bid_(?:rsa|ed25519)\b|\.aws\b|\.git-credentials\b|\.netrc\b|\.docker\/config\.json|\.kube\/config/

/** What code that stands in a command does with text from elsewhere, and with secrets. */
export function judgeCode(code: string): 'download-and-run' | 'decode-and-run' | 'secret-sent' | undefined {
  if (evaluates.test(code)) {
    if (decodes.test(code)) return 'decode-and-run'
    if (fetches.test(code) && evaluatesText.test(code)) return 'download-and-run'
  }
  return sends.test(code) && (wholeEnvironment.test(code) || credentials.test(code)) ? 'secret-sent' : undefined
}

/** Texts in code that a shell may be given: those of more than one word. */
export const commandsInCode = (code: string): readonly string[] =>
  [...code.matchAll(/'([^'\n]{8,4096})'|"([^"\n]{8,4096})"|`([^`]{8,4096})`/g)]
    .slice(0, 50)
    .map(([, single, double, template]) => single ?? double ?? template ?? '')
    .filter((text) => /\s/.test(text))
