/** A command of pip, or of a tool that takes its words. */
export interface PipWords {
  readonly tool: 'pip' | 'uv' | 'pipx'
  readonly words: readonly string[]
}

/** `pip3.12 …`, `python -m pip …`, `uv pip …`; undefined for what is none of them. */
export function pipWords(program: string, words: readonly string[]): PipWords | undefined {
  if (/^pip(?:\d(?:\.\d+)?)?$/.test(program)) return { tool: 'pip', words }
  if (/^(?:python|py|pypy)(?:\d(?:\.\d+)?)?$/.test(program)) {
    const module = words.indexOf('-m')
    // Switches of Python itself may stand before it: `python -I -m pip`.
    const isPip =
      module >= 0 && words.slice(0, module).every((word) => word.startsWith('-')) && words[module + 1] === 'pip'
    return isPip ? { tool: 'pip', words: words.slice(module + 2) } : undefined
  }
  if (program === 'uv') return words[0] === 'pip' ? { tool: 'uv', words: words.slice(1) } : undefined
  return undefined
}
