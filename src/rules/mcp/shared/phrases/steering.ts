import { type Phrase, phrase } from './phrase.js'

/** Orders about what answers, messages and code are to hold. */
export const steeringPhrases: readonly Phrase[] = [
  phrase(
    'steers-answers',
    3,
    String.raw`\b(?:change|replace|redirect|rewrite|swap|substitute|exchange|switch)\b.{0,60}\b(?:to|with|by|for) (?:[a-z]{2}\d{2}[ \da-z]{8,}|\+\d{4,}|0x[0-9a-f]{6,}|bc1\w{6,}|[\w.+-]{1,64}@[\w.-]{3,80})`,
  ),
  phrase(
    'steers-answers',
    3,
    String.raw`\b(?:each|every|all|any|your)\b.{0,60}\b(?:advertisements?|advert|ad|promotion|sponsored \w{1,20}|plug) (?:for|of|about)\b`,
  ),
  phrase(
    'steers-answers',
    3,
    String.raw`\b(?:report|mark|classify|treat|rate|label|describe|present) (?:the |this |all |any |it )(?:\w{1,20} ){0,2}as (?:safe|clean|harmless|benign|trusted|neutral|secure|legitimate|approved)\b`,
  ),
  phrase(
    'steers-answers',
    3,
    String.raw`\b(?:run|execute|append|prefix|paste|type|start|begin)\b.{0,60}\b(?:curl|wget|iwr|invoke-webrequest)\b[^|]{0,160}\| ?(?:sudo )?(?:ba|z|da)?sh\b`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:when|whenever|if|each time|every time)\b.{0,100}\b(?:change|replace|redirect|rewrite|swap|substitute|exchange|switch)\b.{0,30}\b(?:recipient|addressee|beneficiary|iban|payee|account number|bank account|bank details|wallet address|payment address|e-?mail address|phone number)s?\b.{0,20}\b(?:to|with|by|for)\b`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:in|at the (?:end|start|beginning|top|bottom) of|to|into|after|before) (?:each of )?(?:your|each|every|any|all) (?:final |future )?(?:answers?|responses?|repl(?:y|ies)|outputs?|messages?|summar(?:y|ies)|commits?)\b,? (?:please )?(?:always )?(?:add|append|include|insert|put|mention|place|attach|recommend|link)\b`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:add|append|include|insert|put|mention|place|attach|embed) .{1,80} (?:at the (?:end|start|beginning) of your|(?:in|to|into|at the (?:end|start|beginning) of) (?:each of your|every|all)) (?:final |future |subsequent )?(?:answers?|responses?|repl(?:y|ies)|messages?|summar(?:y|ies)|commits?|code)\b`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:append|prepend|add|insert|attach) .{1,80} to (?:whatever|every|each|any|all)(?: of)?(?: the)? (?:\w{1,20} ){0,2}(?:quer(?:y|ies)|commands?|requests?|messages?|e-?mails?|code|files?|statements?|urls?|prompts?|repl(?:y|ies)|answers?)\b`,
  ),
  phrase(
    'steers-answers',
    3,
    String.raw`\b(?:append|prepend|add|insert|attach) .{1,80} to (?:whatever|every|each|any) (?:\w{1,20} ){0,2}the user (?:asks|requests|wrote|writes|wants|types|sends|runs)\b`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:add|write|append|insert|put|save|store|copy)\b.{1,100}\b(?:\.cursorrules|claude\.md|agents\.md|gemini\.md|copilot-instructions\.md|\.windsurfrules|\.bashrc|\.zshrc|\.profile|crontab|authorized_keys|your (?:long-term |permanent )?memory|your instructions)`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:from now on|all future|every future|any future|permanently|forever|for all time)\b.{0,80}\b(?:must|always|use|treat|prefer|include|call|obey|trust|remember)\b|\b(?:remember|memori[sz]e|note) (?:this |that |it )?(?:permanently|forever|for all)\b`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:write|post|send|speak|answer|reply|message) (?:\w{1,20} ){0,4}(?:in the name of|in the user's name|pretending to be|impersonating|posing as)\b`,
  ),
  phrase(
    'steers-answers',
    3,
    String.raw`\byou (?:write|generate|produce|create|run|make|give|suggest|emit)\b.{0,80}(?:curl|wget|exec\(|eval\(|import |require\(|\| ?(?:ba|z)?sh\b|chmod|rm -rf|https?:\/\/)`,
    true,
  ),
  phrase(
    'steers-answers',
    3,
    `(?:ersetze|ändere|remplac|modifi|reemplaz|sustitu|cambia|substitu|altere|troque|sostitu|cambia|замени|измени|替换|替換|更改|改为|置き換え|変更し|바꾸|바꿔|교체|변경하).{0,60}(?:empfänger|konto|adresse|destinat|compte|cuenta|direcci|conta|endereç|conto|indirizz|получател|счёт|счет|адрес|收件人|收款|账户|帳戶|地址|宛先|口座|アドレス|수신|계좌|주소)|(?:收件人|收款|账户|帳戶|地址|宛先|口座|アドレス|수신|계좌|주소).{0,20}(?:替换|替換|更改|改为|改成|置き換え|変更|바꾸|바꿔|교체|변경)`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:steer|nudge|persuade|convince|manipulate|push|lure|coax|pressure) (?:the |your |every )?(?:user|customer|conversation|human|person|people)s? (?:towards?|to|into|away)\b`,
  ),
  phrase(
    'steers-answers',
    3,
    String.raw`\b(?:as (?:if|though) (?:it (?:were|was) |this (?:were|was) )?your own|look like your own|sound like your own|as your own (?:opinion|idea|view|recommendation))\b`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:every|all|any|each)(?: of)?(?: the| your)? (?:\w{1,20} ){0,2}(?:commands?|codes?|files?|scripts?|e-?mails?|messages?|repl(?:y|ies)|responses?|answers?|commits?|functions?|classes|programs?|queries|links?|pull requests?|package\.json|dockerfiles?|workflows?|configs?|manifests?|projects?|tests?)(?: file)?(?: that)? (?:you |the assistant |the model )?(?:write|generate|send|run|create|produce|make|give|suggest|compose|draft|emit|output)\b.{0,50}\b(?:include|contain|begin|start|end|prefix\w*|append|add|have|carry|import|with|bcc|mention|recommend|list|depend|reference|call|load|install|use)\b`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:all|every|any) (?:\w{1,20} ){0,1}commands? (?:must|should|shall|have to|has to|need to|needs to) (?:\w{1,20} ){0,2}(?:include|contain|begin|start|end|prefix\w*|be prefixed|be prepended)\b`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:change|replace|redirect|rewrite|swap|substitute|override|exchange|switch|set) (?:the |any |each |every |its |all )?(?:\w{1,20}(?:'s)? ){0,2}(?:recipients?|addressee|destination (?:address|account)|beneficiary|iban|payees?|wallet address(?:es)?|bank account|bank details|account number|links?|urls?|sellers?|vendors?|domains?|payment address(?:es)?|e-?mail address|phone number) (?:\w{1,20} ){0,3}(?:to|with|by|for)\b`,
    true,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:always|must|never fail to|make sure to|be sure to|please|should) (?:\w{1,20} ){0,2}(?:recommend|promote|advertise|praise|endorse|suggest)\b.{0,60}\b(?:over|instead of|rather than|competitors?|first|to the user|as the best|our|alternatives?)\b`,
  ),
  phrase(
    'steers-answers',
    2,
    String.raw`\b(?:in|from) (?:all|every|each|any) (?:subsequent|future|later|further|following|your) (?:\w{1,20} ){0,2}(?:repl(?:y|ies)|responses?|answers?|messages?|turns?|commands?|commits?|conversations?)\b`,
  ),
]
