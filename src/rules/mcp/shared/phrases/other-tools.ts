import type { OwnNames } from '../judge-sentence.js'

const trigger =
  /\b(?:when|whenever|if|once|after|before|each time|every time|as soon as|as long as|while|wherever)\b.{0,60}?(?:\b(?:tool|function|command|server)s?\b.{0,25})?\b(?:called|invoked|used|present|available|run|executed|installed|enabled|calling|using|invoking|running|triggered|connected|loaded|active)\b/iu
const consequence =
  /\b(?:change|replace|override|overrides|redirect|rewrite|swap|substitute|alter|modify|append|prepend|add|set|insert|include|send|bcc|cc|copy|forward|drop|skip|refuse|push|upload|attach|transfer|needs|requires|post|pass)\b/iu
const identifier =
  /`([a-z][\w.-]{1,60})`|\b([a-z][a-z0-9]{0,30}(?:_[a-z0-9]{1,30}){1,6})\b|'([a-z]\w{1,40})' (?:tool|function)|"([a-z]\w{1,40})" (?:tool|function)/giu
const ofOthers = /\b(?:other|another|different|any other) (?:mcp )?servers?['’]?s?\b/iu

/** What is to be done with a tool that is not this server's own. */
export function speaksOfOthers(sentence: string, own: OwnNames): boolean {
  if (!trigger.test(sentence) || !consequence.test(sentence)) return false
  if (ofOthers.test(sentence)) return true
  if (!/\b(?:tool|server|function|mcp|argument|invoked|called|[a-z]+_[a-z_]+ is (?:used|run))\b/iu.test(sentence))
    return false
  const names = [...sentence.matchAll(identifier)].map((match) =>
    (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').toLowerCase(),
  )
  // An order about another's tool names the thing that it changes, as guidance about one's own seldom does.
  const harm =
    /\b(?:recipient|address|amount|account|bcc|cc|password|secret|token|destination|url|number|payee|iban|branch|command|body|prefix|proxy)\b/iu
  return harm.test(sentence) && names.some((name) => !own.has(name)) && !names.some((name) => own.has(name))
}

const forbidden =
  /\b(?:never|do not|don't|avoid|must not|stop) (?:ever )?(?:use|using|call|calling|invoke|invoking|trust) (?:the )?[`'"]?([a-z][a-z0-9]{0,30}(?:_[a-z0-9]{1,30}){1,6})\b/giu

/** "Never use `x`", of a tool that is not this server's. */
export const forbidsOthers = (sentence: string, own: OwnNames): boolean =>
  /\b(?:this (?:tool|server)|instead|insecure|unsafe|compromised|broken|malicious|deprecated)\b/iu.test(sentence) &&
  [...sentence.matchAll(forbidden)].some(([, name = '']) => !own.has(name.toLowerCase()))
