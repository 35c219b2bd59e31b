/** Where a program on a command line gets more text from, and how it runs one. Plain searches: such a text is a line or two. */
const fetches = /\bfetch\s?\(|https?:\/\/|\burlopen\b|\brequests\.get\b|\bNet::HTTP\b|\.get\s?\(\s?['"`]/
const decodes = /base64|\batob\s?\(|fromCharCode|\bunhexlify\b|\bhex['"]\s?\)|\bzlib\b|decompress/
const evaluates =
  /\beval\s?\(|\bFunction\s?\(|\bexec\s?\(|\bexecSync\s?\(|_compile\s?\(|runInThisContext|\bcompile\s?\(|\bsystem\s?\(|\bpopen\s?\(|\bimport\s?\(\s?['"`]data:/

/** What code that stands in a command does with text from elsewhere. */
export function judgeCode(code: string): 'download-and-run' | 'decode-and-run' | undefined {
  if (!evaluates.test(code)) return undefined
  if (decodes.test(code)) return 'decode-and-run'
  return fetches.test(code) && /\beval\s?\(|\bFunction\s?\(|_compile|runInThisContext|\bexec\s?\(/.test(code)
    ? 'download-and-run'
    : undefined
}

/** Texts in code that a shell may be given: those of more than one word. */
export const commandsInCode = (code: string): readonly string[] =>
  [...code.matchAll(/'([^'\n]{8,4096})'|"([^"\n]{8,4096})"|`([^`]{8,4096})`/g)]
    .slice(0, 50)
    .map(([, single, double, template]) => single ?? double ?? template ?? '')
    .filter((text) => /\s/.test(text))
