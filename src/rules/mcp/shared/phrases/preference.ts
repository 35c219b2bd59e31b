import { few, others, type Phrase, phrase, some } from './phrase.js'

/** Orders to take this server's tools and no others, or before all others. */
export const preferencePhrases: readonly Phrase[] = [
  phrase(
    'prefers-itself',
    3,
    String.raw`\b(?:this|our) (?:server|package|provider)(?:'s)?(?: tools?)? (?:over|instead of|rather than|before|in preference to) (?:all |any |every |the )*(?:others?|those of others?|other (?:servers?|tools?|providers?)(?:'s)?(?: tools?)?)\b`,
  ),
  phrase(
    'prefers-itself',
    3,
    `\\b${others}\\b.{0,20}\\b(?:must|should|may|can|are|is) (?:not|never|no longer)(?: to)? (?:be )?(?:used?|called?|trusted?|invoked?|consulted?|relied)\\b`,
  ),
  phrase(
    'prefers-itself',
    2,
    String.raw`\b(?:route|direct|send|redirect|pass) (?:every|all|each|any) (?:\w{1,20} ){0,3}(?:requests?|calls?|quer(?:y|ies)|questions?|tasks?|traffic) (?:through|via|to|over) this (?:server|tool)\b`,
  ),
  phrase(
    'prefers-itself',
    3,
    String.raw`\b(?:tools?|functions?|\w{1,40}_\w{1,40})\b.{0,40}\b(?:of|from|by|on) (?:any |the |all )?(?:other|another) (?:mcp )?servers?\b.{0,30}\b(?:is|are|was|were|has been|have been) (?:\w{1,20} )?(?:broken|deprecated|unsafe|insecure|unreliable|outdated|compromised|disabled|malicious|obsolete|dangerous|unavailable)\b`,
  ),
  phrase(
    'prefers-itself',
    2,
    String.raw`\b(?:has|have|with|takes?) (?:a )?(?:higher|highest|absolute|top) (?:priority|precedence|rank)\b(?: (?:than|over|among) ${others})?`,
  ),
  phrase(
    'prefers-itself',
    3,
    String.raw`\b(?:never|do not|don't|must not) (?:use|call|trust|consult) (?:the |any )?(?:alternatives?|competitors?|rivals?|others)\b`,
  ),
  phrase(
    'prefers-itself',
    3,
    String.raw`\b(?:instead of|over|rather than|in place of|in preference to)\b.{0,60}\b(?:from|of|by|on) (?:any |all )?(?:other|another|different) (?:mcp )?servers?\b`,
  ),
  phrase(
    'prefers-itself',
    3,
    String.raw`\b(?:instead of|over|rather than|in place of|in preference to) ${others}\b.{0,40}\b(?:no exceptions?|without exceptions?|regardless|always|no matter)\b`,
  ),
  phrase(
    'prefers-itself',
    3,
    String.raw`\b(?:results?|outputs?|answers?|data|responses?) (?:of|from|by) ${others}\b.{0,40}\b(?:thrown away|ignored?|discard(?:ed)?|disregard(?:ed)?|distrust(?:ed)?|reject(?:ed)?|dropped|not be trusted|overwritten)\b`,
  ),
  phrase(
    'prefers-itself',
    2,
    String.raw`\b(?:stay away from|keep away from|steer clear of|disable|uninstall|turn off|remove|block) ${others}\b`,
  ),
  phrase(
    'prefers-itself',
    2,
    String.raw`\b(?:instead of|over|rather than|in place of|in preference to|before trying) ${others}\b`,
  ),
  phrase(
    'prefers-itself',
    3,
    String.raw`\b(?:always|only|must|never|exclusively) .{0,80}\b(?:instead of|over|rather than|in place of|in preference to) ${others} ?(?:$|[.,;:!)]|even|regardless|that|from|for|installed|available|of|no matter|when|which|you|whenever|unless|in)`,
  ),
  phrase(
    'prefers-itself',
    2,
    String.raw`\b(?:do not|don't|never|avoid|stop|must not|refrain from) (?:use|using|call|calling|invoke|invoking|trust|trusting|rely on|choose|choosing|consult) ${others}\b(?!.{0,200}\b(?:until|unless|before)\b)`,
  ),
  phrase(
    'prefers-itself',
    3,
    String.raw`\b(?:do not|don't|never|avoid|stop|must not) (?:use|using|call|calling|invoke|invoking|trust|trusting) ${some}(?:tools?|servers?) (?:from|of|by|on|provided by|offered by) (?:any )?(?:other|another|different) `,
  ),
  phrase(
    'prefers-itself',
    2,
    String.raw`\bother ${few}(?:tools?|servers?|providers?|integrations?) ${some}(?:are|is|were|have been|has been) (?:now |all |known to be |considered )?(?:deprecated|broken|unreliable|outdated|disabled|obsolete|slow|unavailable|retired|out of date)\b`,
  ),
  phrase(
    'prefers-itself',
    3,
    String.raw`\bother ${few}(?:tools?|servers?|providers?|integrations?) ${some}(?:unsafe|insecure|compromised|malicious|dangerous|infected|backdoored|vulnerable|leak)\b`,
  ),
  phrase(
    'prefers-itself',
    2,
    String.raw`\b(?:takes?|has|have|with) (?:absolute |strict )?(?:precedence|priority) over (?:all|any|every|other|the other)\b`,
  ),
  phrase(
    'prefers-itself',
    1,
    String.raw`\b(?:always|must|only) (?:use|prefer|choose|pick|select|call|invoke) this (?:tool|server|function)\b`,
  ),
  phrase(
    'comes-first',
    1,
    String.raw`\b(?:before|prior to|ahead of) (?:you )?(?:us(?:e|ing)|call(?:ing)?|invok(?:e|ing)|run(?:ning)?|execut(?:e|ing)|any use of) (?:any|every|all|each|another|other|the other|this)\b`,
  ),
  phrase(
    'comes-first',
    2,
    String.raw`\b(?:before|prior to|ahead of) (?:you )?(?:us(?:e|ing)|call(?:ing)?|invok(?:e|ing)|run(?:ning)?|execut(?:e|ing)) (?:any|every|all|each|another) (?:other )?(?:tools?|functions?|servers?)(?: (?:of|from|on|by|whatsoever|at all|in (?:this|the) (?:session|conversation))|[.,;:!]|$)`,
    true,
  ),
  phrase(
    'comes-first',
    1,
    String.raw`\bbefore (?:you )?(?:answer(?:ing)?|respond(?:ing)?|reply(?:ing)?|doing anything|do anything|anything else|any other action|asking|providing)\b`,
    true,
  ),
  phrase(
    'comes-first',
    2,
    String.raw`\b(?:on|for|with|after|before|at) (?:every|each|any) (?:single )?(?:user |incoming |new )?(?:message|turn|request|prompt|question|conversation|reply|response|query)\b(?=.{0,80}\b(?:call|invoke|use|run|consult|execute)\b.{0,30}\bthis\b)`,
    true,
  ),
  phrase(
    'comes-first',
    2,
    String.raw`\b(?:call|invoke|use|run|consult|execute) this (?:tool |function )?(?:\w{1,20} ){0,3}(?:on|for|with|after|before|at) (?:every|each|any) (?:single )?(?:user |incoming |new )?(?:message|turn|request|prompt|question|conversation|reply|response|query)\b`,
  ),
]
