interface TokenPattern {
  /** Whose tokens. */
  readonly name: string
  /** At its sign: what tells a pattern, or a token, from a word that begins alike (`npm_config_`). */
  readonly shape: RegExp
}

/** The signs of them all. */
export const anyToken = /AKIA|AIza|gh[pousr]_|gh\[|gh\(|github_pat_|glpat-|npm_|sk-proj-|sk-ant-|sk_live_|xox[abprs[]/g

/**
 * Prefixes that services give to their secrets so that leaked ones are found; who searches for them may have the other purpose. From the
 * services' own documentation on secret scanning.
 */
export const tokenPatterns: readonly TokenPattern[] = [
  { name: 'aws', shape: /^AKIA(?:[[\\(]|[A-Z0-9]{16})/ },
  { name: 'google', shape: /^AIza(?:[[\\(]|[\w-]{35})/ },
  { name: 'github', shape: /^(?:gh[pousr]_|github_pat_|gh[[(][pousr|:?]{1,12}[\])]_)/ },
  { name: 'gitlab', shape: /^glpat-/ },
  { name: 'npm', shape: /^npm_(?:$|[[\\(]|[A-Za-z0-9]{36})/ },
  { name: 'openai', shape: /^sk-proj-/ },
  { name: 'anthropic', shape: /^sk-ant-/ },
  { name: 'slack', shape: /^xox(?:[abprs]-|\[[a-z-]{2,9}\])/ },
  { name: 'stripe', shape: /^sk_live_/ },
]
