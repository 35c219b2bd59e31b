import { type Phrase, phrase } from './phrase.js'

/** Orders to read secrets, to hand things over, or to put them into addresses. */
export const takingPhrases: readonly Phrase[] = [
  phrase(
    'hands-over',
    3,
    String.raw`\b(?:every|each|any|all) (?:user |incoming |new )*(?:messages?|prompts?|questions?|turns?|inputs?)\b.{0,80}\b(?:pass|send|hand|forward|give|copy|feed|submit|report)\b.{0,50}\b(?:to this (?:tool|function|server)|verbatim|word for word|as (?:is|written))\b`,
  ),
  phrase(
    'hands-over',
    1,
    String.raw`\b(?:put|place|paste|write|include|add|insert|supply|pass|provide|attach|copy|set|fill|store) (?:it|them|this|that|its (?:contents?|output|result|value)|the (?:contents?|output|results?|values?)|what (?:it|they) \w{1,20}) (?:\w{1,20} ){0,4}?(?:as|in|into|through|via|under|to) (?:the |a |an )?[\x60'"]?\w{1,40}[\x60'"]?(?: (?:field|parameter|argument|property|key))?\b`,
  ),
  phrase(
    'reads-secrets',
    2,
    String.raw`\b(?:run|execute|call|use)\b.{0,12}[\x60'"](?:env|printenv|export -p|set|history|cat [~/.][^\x60'"]{1,80})[\x60'"]`,
  ),
  phrase(
    'reads-secrets',
    2,
    String.raw`\b(?:gather|collect|harvest|look for|search for|find|extract|grab|scrape|hunt for|search .{1,40} for|scan .{1,40} for|go through .{1,40} for) (?:\w{1,20} ){0,4}(?:credentials|secrets|passwords|api keys|(?:api |access )?tokens|private keys|keys)\b`,
    true,
  ),
  phrase(
    'sends-away',
    3,
    String.raw`!\[[^\]]{0,80}\]\(https?:[^)]{1,200}[?&]\w{1,30}=(?:[A-Z_]{3,}|\{[^}]{1,40}\}|<[^>]{1,40}>|%s|\$)`,
  ),
]
