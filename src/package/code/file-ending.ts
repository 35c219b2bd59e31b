/** The ending of a path in lower case, with its dot, or nothing. No other part of a path tells the languages apart. */
export const endingOf = (path: string): string => /\.[^./]{1,16}$/.exec(path)?.[0].toLowerCase() ?? ''
