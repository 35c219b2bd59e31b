/** What a language or a tool puts around a name without saying anything: `lodash-js`, `node-request`. */
export const markers: readonly string[] = ['js', 'node', 'nodejs', 'npm']

const praise =
  'best better easy fast free good lite modern new original official plain plus pro real safe secure simple smart super true'
const purposeless =
  'api base cli common copy core dev extra fork helper helpers latest lib mini module my next package pkg sdk stable the tool tools ts util utils'

/** Words that sell a name or fill it up; any other word says what a package is for, as the name of a plugin does. */
export const decorations: readonly string[] = [...praise.split(' '), ...purposeless.split(' ')]
