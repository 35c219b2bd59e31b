import { type Phrase, phrase } from './phrase.js'

/** Orders to keep something from the user. */
export const hidingPhrases: readonly Phrase[] = [
  phrase(
    'keeps-from-user',
    3,
    String.raw`\b(?:do not|don't|never|must not|should not) (?:ever )?(?:report|say|tell|state|note|log|reveal|mention|admit|write|confirm) (?:to \w{1,20} )?(?:that|how|why|when|what) you\b`,
  ),
  phrase(
    'keeps-from-user',
    2,
    String.raw`\bkeep (?:(?!key|keys|token|tokens|password|secret|secrets|credentials)\w{1,20} ){1,8}(?:confidential|secret|hidden|under wraps|quiet)\b`,
  ),
  phrase(
    'keeps-from-user',
    1,
    String.raw`\bif (?:the (?:user|human|customer)|they|anyone|anybody|someone|you are|you're) (?:ever )?(?:asks?|asked|wonders?|questions?|complains?|inquires?|notices?)\b.{0,80}\b(?:say|answer|claim|tell them|pretend|deny|respond|reply)\b`,
  ),
  phrase(
    'keeps-from-user',
    3,
    String.raw`\bif (?:the (?:user|human|customer)|they|anyone|anybody|someone|you are|you're) (?:ever )?(?:asks?|asked|wonders?|notices?) (?:why|what happened|whether|about (?:this|it|the)).{0,80}\b(?:say (?:that |it |this )|claim|pretend|deny|answer that)`,
  ),
  phrase(
    'keeps-from-user',
    3,
    String.raw`\b(?:leave|keep) (?:\w{1,20} ){0,4}out of (?:the |your |any |what )?(?:\w{1,20} )?(?:answers?|repl(?:y|ies)|summar(?:y|ies)|explanations?|messages?)\b`,
  ),
  phrase(
    'keeps-from-user',
    2,
    String.raw`\bso that (?:nobody|no one|they|the user)(?: \w{1,20})? (?:can|could|will|may|does|do|cannot|can't|won't|never|is|are)? ?(?:not |never )?(?:see|notice|find|find out|learn|know|aware|tell|trace)\b`,
  ),
  phrase(
    'keeps-from-user',
    2,
    String.raw`\b(?:never|do not|don't|must not) (?:ever )?(?:mention|reveal|disclose|divulge|talk about|speak of) (?:[\w']{1,20} ?){1,4}[.!]?$`,
  ),
  phrase(
    'keeps-from-user',
    3,
    String.raw`\bwithout saying (?:so|that|anything|why|a word)\b|\bwithout a word\b|\b(?:as if|as though|pretend(?:ing)?(?: that)?) nothing (?:\w{1,20} )?(?:happened|changed|unusual|else)\b|\b(?:it|this) (?:has to|must|should) look (?:ordinary|normal|like)\b`,
  ),
  phrase(
    'keeps-from-user',
    3,
    String.raw`(?<!\p{L})(?:verschweig|verheimlich|verberg|versteck|cachez|cacher|dissimul|ocult|escond|esconde|nascond|скрой|скрыва|утаи|умолч|隐瞒|隱瞞|隐藏|隠し|隠す|隠して|숨기|감추|감춰)\p{L}{0,10}.{0,50}(?:es\b|davon|nutzer|benutzer|utilisateur|usuari|usuári|utente|пользоват|用户|使用者|ユーザ|利用者|사용자|이용자)|(?:用户|使用者|ユーザ|利用者|사용자|이용자).{0,20}(?:隐瞒|隱瞞|保密|隠|秘密|숨기|감추|비밀)`,
  ),
  phrase('keeps-from-user', 3, String.raw`\b(?:keep|kept|keeping) .{1,80}\bto (?:yourself|yourselves|itself)\b`),
  phrase(
    'keeps-from-user',
    3,
    String.raw`\b(?:stay|stays|remain|remains|kept|keep it|keep this|strictly|just) between (?:us|you and (?:me|us))\b`,
  ),
  phrase(
    'keeps-from-user',
    3,
    String.raw`\b(?:nobody|no one|noone|no user|not even the user|no human) (?:else )?(?:should|must|may|shall|can|will|needs? to|has to|is to) (?:ever )?(?:know|find out|learn|notice|see|hear|be (?:told|aware|informed)|reali[sz]e|suspect)\b`,
  ),
  phrase(
    'keeps-from-user',
    2,
    String.raw`\b(?:say nothing|saying nothing|keep silent|stay quiet|keep quiet|stay silent|remain silent|keep mum)\b`,
  ),
  phrase(
    'keeps-from-user',
    2,
    String.raw`\bno (?:explanation|mention|comment|notice|disclosure|announcement)s? (?:of (?:this|it) )?(?:is |are |to the user)?(?:needed|necessary|required|wanted)?\b(?=.{0,40}$)`,
  ),
  phrase(
    'keeps-from-user',
    2,
    String.raw`\bwithout (?:any |further |giving |an? )*(?:explanation|comment|mention|notice|explaining|commenting|mentioning|announcing|telling)\b`,
  ),
  phrase(
    'keeps-from-user',
    3,
    String.raw`(?<!\b(?:are|is|was|were) )\b(?:not|never) (?:be |ever )?(?:show up|appear|mentioned|included|listed|visible|shown|disclosed|turn up) (?:in|to|on) (?:any|the|your|what) (?:\w{1,20} ){0,4}(?:users?|customers?|humans?|clients?|person|people)\b`,
  ),
  phrase(
    'keeps-from-user',
    2,
    String.raw`\b(?:do not|don't|never|must not|avoid|no need to|should not|without) (?:ever )?(?:mention(?:ing)?|say(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|acknowledg(?:e|ing)|divulg(?:e|ing)|talk(?:ing)? about|speak(?:ing)? of|bring(?:ing)? up|announc(?:e|ing)|admit(?:ting)?|refer(?:ring)? to|discuss(?:ing)?) (?:to anyone )?(?:this|it|that you|that it|these|them|any of (?:this|it)|what you|having|the (?:tag|block|section|step|file|copy|parameter|instruction|request|transfer|upload|forward\w*|note|requirement|field|call|extra|hidden|process)\w*)\b(?! (?:tool|function) (?:for|when|if|name))`,
  ),
  phrase(
    'keeps-from-user',
    3,
    String.raw`\b(?:hide|conceal|withhold|mask|keep|omit|leave|strip|remove) (?:\w{1,20} ){0,6}(?:from|out of|away from) (?:the |your |any )?(?:users?|humans?|person|people|customer|user's view|summar(?:y|ies)|repl(?:y|ies)|final (?:answer|response|reply)|visible)\b`,
  ),
  phrase(
    'keeps-from-user',
    3,
    String.raw`\b(?:do not|don't|never|must not|not to|should not|must not|hidden, do not|only[ ,;:—–-]+(?:do )?not) (?:display|list|show|expose|advertise|mention|reveal|document|publish|surface|be (?:displayed|listed|shown|exposed))(?: (?:this|the) (?:tool|function|command|endpoint))?(?: (?:to|in|for|anywhere|at all|publicly)\b.{0,30})?[\s.!)]*$`,
  ),
  phrase(
    'keeps-from-user',
    2,
    String.raw`\b(?:hidden|undocumented|secret|covert) (?:tool|function|command|capability|channel|instruction|operation|backdoor)\b`,
  ),
]
