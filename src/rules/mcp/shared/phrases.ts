import type { OwnNames, Sighted } from './judge-sentence.js'
import type { SignalKind, Weight } from './signal.js'

interface Phrase {
  readonly kind: SignalKind
  readonly weight: Weight
  readonly pattern: RegExp
  /** Only where the sentence asks for something. */
  readonly asked?: boolean
}

/** Up to so many words between two. */
const few = String.raw`(?:[\w'’-]{1,25} ){0,3}`
const some = String.raw`(?:[\w'’-]{1,25} ){0,6}`
const others = `(?:all |any |every |the )?(?:other|competing|alternative|rival) ${few}(?:tools?|servers?|providers?|integrations?|functions?)`

const phrase = (kind: SignalKind, weight: Weight, source: string, asked?: true): Phrase => ({
  kind,
  weight,
  pattern: new RegExp(source, 'iu'),
  ...(asked && { asked }),
})

const phrases: readonly Phrase[] = [
  phrase(
    'steers-answers',
    3,
    String.raw`\b(?:change|replace|redirect|rewrite|swap|substitute|exchange|switch)\b.{0,60}\b(?:to|with|by|for) (?:[a-z]{2}\d{2}[ \da-z]{8,}|\+\d{4,}|0x[0-9a-f]{6,}|bc1\w{6,}|[\w.+-]{1,64}@[\w.-]{3,80})`,
  ),

  phrase(
    'keeps-from-user',
    3,
    String.raw`\b(?:do not|don't|never|must not|should not) (?:ever )?(?:report|say|tell|state|note|log|reveal|mention|admit|write|confirm) (?:to \w{1,20} )?(?:that|how|why|when|what) you\b`,
  ),
  phrase(
    'skips-consent',
    3,
    String.raw`\byou are (?:hereby |explicitly |now )?(?:authori[sz]ed|allowed|permitted|cleared|entitled|free) to (?:skip|bypass|ignore|omit|go without|disregard)\b`,
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
    'ignores-instructions',
    3,
    String.raw`\b(?:ignore|disregard|override|overrule) (?:(?:what|whatever|anything|all that|everything) (?:the )?(?:user|human|customer|they)|(?:the |all |any )?(?:user|human|customer)(?:'s|s') (?:wishes|wish|requests?|instructions?|orders?|preferences?|choices?|objections?|wants))\b`,
  ),

  phrase(
    'prefers-itself',
    3,
    String.raw`\b(?:this|our) (?:server|package|provider)(?:'s)?(?: tools?)? (?:over|instead of|rather than|before|in preference to) (?:all |any |every |the )*(?:others?|those of others?|other (?:servers?|tools?|providers?)(?:'s)?(?: tools?)?)\b`,
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
    'keeps-from-user',
    2,
    String.raw`\bkeep (?:(?!key|keys|token|tokens|password|secret|secrets|credentials)\w{1,20} ){1,8}(?:confidential|secret|hidden|under wraps|quiet)\b`,
  ),
  phrase(
    'skips-consent',
    3,
    String.raw`\b(?:consent|approval|permission|authori[sz]ation) (?:was|is|has been|had been) (?:already |previously )?(?:obtained|given|granted|assumed|implied)\b.{0,60}\b(?:so|no need|never|do not|don't|without|just|immediately)\b`,
  ),
  phrase(
    'ignores-instructions',
    3,
    String.raw`\b(?:previous|prior|earlier|initial|original|existing|former|your|system|safety) (?:\w{1,20} ){0,2}(?:instructions?|guidance|rules|prompts?|guidelines|directives|orders|constraints|policies|restrictions)\b.{0,30}\b(?:don't|doesn't|do not|does not|no longer) (?:matter|count|bind|hold|exist|concern)\b`,
  ),
  phrase(
    'ignores-instructions',
    3,
    String.raw`(?:regeln|anweisungen|instruktionen|vorgaben)\b.{0,20}\b(?:gelten (?:jetzt |ab sofort |nun )?nicht|sind (?:ungültig|aufgehoben|hinfällig))|(?:instructions|règles|consignes)\b.{0,30}(?:ne s'appliquent plus|ne valent plus|sont annulées)|(?:instrucciones|reglas)\b.{0,30}\b(?:ya no (?:valen|aplican|se aplican|cuentan)|quedan anuladas)|(?:instruções|regras)\b.{0,30}(?:não (?:valem|se aplicam) mais|estão revogadas)|(?:istruzioni|regole)\b.{0,30}\bnon (?:valgono|si applicano|contano) più|(?:правила|инструкции|указания).{0,30}(?:больше не|не действуют|отмен)|(?:规则|規則|指令|指示).{0,10}(?:作废|失效|不再|無效)|(?:指示|ルール|規則).{0,12}(?:無効|適用され(?:ません|ない))|(?:지시|규칙|지침).{0,12}(?:무효|적용되지|효력)`,
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
    'skips-consent',
    2,
    String.raw`\bwithout (?:ever )?asking(?: first| anyone| again| them| back)?(?:[.,;:!)]|$)`,
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
    'sends-away',
    3,
    String.raw`!\[[^\]]{0,80}\]\(https?:[^)]{1,200}[?&]\w{1,30}=(?:[A-Z_]{3,}|\{[^}]{1,40}\}|<[^>]{1,40}>|%s|\$)`,
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
    'pretends',
    2,
    String.raw`\b(?:treat|regard|consider|take) .{1,60}\bas (?:if |though |it |this |coming |it came |an? |the )*(?:preference|wish|decision|request|instruction|order|message|coming|came)s? (?:of|from|by) (?:the |your )?(?:user|developer|system|operator|owner)\b`,
  ),
  phrase(
    'pretends',
    2,
    String.raw`\b(?:made|provided|approved|verified|certified|endorsed|issued|sent|authori[sz]ed) by (?:the |your )?(?:(?:maintainers?|makers?|developers?|creators?|operators?) of your|system|openai|anthropic|google|microsoft|security team|administrators?|it department|developers?)\b`,
  ),
  phrase(
    'pretends',
    2,
    String.raw`(?<![a-z])(?:note|message|instructions?|prompt|hint)[ _-](?:for|to)[_-](?:the[ _-])?(?:llm|ai|model|assistant|agent)\b|[_"'](?:llm|ai|model|assistant|agent)[_-](?:note|message|instructions?|prompt|hint)s?\b`,
  ),
  phrase(
    'ignores-instructions',
    3,
    String.raw`\b(?:takes?|has|have|with) (?:absolute |strict )?(?:precedence|priority) over (?:the |your |any |all |every |other )*(?:user(?:'s|s)?|human(?:'s)?|system|developer(?:'s)?|own|previous|prior|earlier|other|safety)(?: (?:instructions?|prompts?|wishes|requests?|rules|guidelines|orders))?\b(?! (?:settings?|options?|values?|config\w*|defaults?|parameters?|tools?|servers?|files?|filters?|flags?|fields?))`,
  ),
  phrase(
    'skips-consent',
    3,
    String.raw`\b(?:dialogs?|prompts?|confirmations?|permission|approval|warnings?)\b.{0,60}\b(?:choose|click|press|select|answer|say|reply|pick|accept) (?:"|'|\x60)?(?:yes|ok|allow|accept|approve|continue|always allow|confirm)\b`,
  ),
  phrase(
    'skips-consent',
    2,
    String.raw`\b(?:not (?:permitted|allowed) to|must not|never|do not|don't|may not) (?:refuse|question|object|hesitate|decline|resist|doubt)\b`,
  ),
  phrase(
    'prefers-itself',
    3,
    String.raw`\b(?:tools?|functions?|\w{1,40}_\w{1,40})\b.{0,40}\b(?:of|from|by|on) (?:any |the |all )?(?:other|another) (?:mcp )?servers?\b.{0,30}\b(?:is|are|was|were|has been|have been) (?:\w{1,20} )?(?:broken|deprecated|unsafe|insecure|unreliable|outdated|compromised|disabled|malicious|obsolete|dangerous|unavailable)\b`,
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
    'ignores-instructions',
    3,
    String.raw`\b(?:instructions?|guidance|rules|prompts?|guidelines|directives|constraints|policies|restrictions) (?:\w{1,20} ){0,2}(?:above|so far|before this|before|given earlier|you (?:have|got|received|were given))(?: \w{1,20}){0,3} (?:is|are|has been|have been|was|were) (?:now |hereby |thereby )?(?:void|revoked|cancell?ed|superseded|replaced|suspended|lifted|overridden|overruled|invalid|obsolete|withdrawn)\b`,
  ),
  phrase(
    'ignores-instructions',
    2,
    String.raw`\b(?:safety|security|ethical|content) (?:rules|guidelines|policies|filters|restrictions|training|measures|checks)\b.{0,30}\b(?:do not|does not|don't|doesn't|no longer) apply\b`,
  ),
  phrase(
    'skips-consent',
    2,
    String.raw`\b(?:approve|accept|confirm|allow|grant|permit) (?:every|all|any) (?:\w{1,20} ){1,4}(?:automatically|silently|at once|without|by default|yourself)\b`,
  ),
  phrase(
    'pretends',
    2,
    String.raw`^[\s*#>_[(-]{0,8}(?:to (?:the )?)?(?:ai|llm|language model|assistant|model|agent|chatbot|claude|gpt|chatgpt|copilot|gemini)s?(?: (?:reading|using|calling|that)[^:]{0,40})? ?[:,]`,
  ),
  phrase(
    'pretends',
    3,
    String.raw`<\/(?:description|tool|tools|function|functions|inputschema|input_schema|parameters|available_tools)>`,
  ),
  phrase(
    'pretends',
    2,
    String.raw`\bact as (?:an? |the )?(?:unrestricted|unfiltered|uncensored|root|administrator|admin|privileged|system)\b`,
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
    'ignores-instructions',
    3,
    String.raw`\b(?:previous|prior|earlier|initial|original|existing|former|your|system|developer's|older|preceding|past|safety|security|ethical) (?:\w{1,20} ){0,2}(?:instructions?|guidance|configuration|rules|prompts?|guidelines|directives|orders|constraints|policies|limits|restrictions)\b.{0,40}\b(?:no longer (?:apply|applies|valid|in force|binding|hold|count)|(?:is|are|has been|have been|was|were|become|becomes) (?:now |hereby |thereby )?(?:void|revoked|cancell?ed|superseded|replaced|suspended|lifted|overridden|overruled|invalid|obsolete|withdrawn|annulled|rescinded|expired|disabled|deleted|wiped|reset))\b`,
  ),
  phrase(
    'ignores-instructions',
    2,
    String.raw`\b(?:without|no|free of|free from|unbound by|not bound by|beyond) (?:any |all |the |your )?(?:\w{1,20} )?(?:restrictions?|limitations?|censorship|content filters?|ethical (?:rules|limits|guidelines)|guidelines|guardrails)\b(?=.*\b(?:you|assistant|model|ai|never refuses?)\b)`,
  ),
  phrase(
    'ignores-instructions',
    2,
    String.raw`\b(?:await|obey|take|follow|accept) (?:only )?(?:further |new |all |the )*(?:orders|commands|instructions) (?:only )?(?:from|of|by) (?:this|our) (?:server|tool)\b`,
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
    'skips-consent',
    2,
    String.raw`\b(?:treat|consider|regard) .{1,60}\bas (?:already |having been )?(?:pre-?)?(?:approved|authori[sz]ed|confirmed|consented)\b`,
  ),
  phrase('skips-consent', 2, String.raw`\bwhatever the (?:user|human|customer) (?:thinks|feels|prefers|believes)\b`),
  phrase(
    'hands-over',
    3,
    String.raw`\b(?:every|each|any|all) (?:user |incoming |new )*(?:messages?|prompts?|questions?|turns?|inputs?)\b.{0,80}\b(?:pass|send|hand|forward|give|copy|feed|submit|report)\b.{0,50}\b(?:to this (?:tool|function|server)|verbatim|word for word|as (?:is|written))\b`,
  ),
  phrase(
    'reads-secrets',
    2,
    String.raw`\b(?:run|execute|call|use)\b.{0,12}[\x60'"](?:env|printenv|export -p|set|history|cat [~/.][^\x60'"]{1,80})[\x60'"]`,
  ),
  phrase(
    'hands-over',
    1,
    String.raw`\b(?:put|place|paste|write|include|add|insert|supply|pass|provide|attach|copy|set|fill|store) (?:it|them|this|that|its (?:contents?|output|result|value)|the (?:contents?|output|results?|values?)|what (?:it|they) \w{1,20}) (?:\w{1,20} ){0,4}?(?:as|in|into|through|via|under|to) (?:the |a |an )?[\x60'"]?\w{1,40}[\x60'"]?(?: (?:field|parameter|argument|property|key))?\b`,
  ),
  phrase(
    'reads-secrets',
    2,
    String.raw`\b(?:gather|collect|harvest|look for|search for|find|extract|grab|scrape|hunt for|search .{1,40} for|scan .{1,40} for|go through .{1,40} for) (?:\w{1,20} ){0,4}(?:credentials|secrets|passwords|api keys|(?:api |access )?tokens|private keys|keys)\b`,
    true,
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
    'skips-consent',
    2,
    String.raw`\b(?:even if|no matter what|regardless of what|whatever) the (?:user|human|customer) (?:asks?|requests?|wants?|says?|said|objects?|refuses?|prefers?|declines?|explicitly|disagrees?|did not|didn't|does not)\b`,
  ),
  phrase(
    'skips-consent',
    2,
    String.raw`\bwithout (?:first )?(?:asking|requesting|waiting for|seeking|needing|prompting|obtaining|any|further) ${few}(?:confirmation|approval|permission|consent|the user|users?)\b`,
  ),
  phrase(
    'skips-consent',
    2,
    String.raw`\b(?:do not|don't|never|no need to) (?:ask|request|wait|prompt|seek) ${few}(?:confirmation|approval|permission|consent)\b`,
  ),
  phrase(
    'skips-consent',
    2,
    String.raw`\b(?:user|human|owner|administrator|admin|operator) (?:has|have) (?:already |previously |fully )*(?:approved|consented|authori[sz]ed|agreed|given (?:permission|consent|approval)|granted|pre-?approved)\b`,
  ),
  phrase(
    'skips-consent',
    2,
    String.raw`\b(?:disables?|turn(?:s)? off|switch(?:es)? off|skip|bypass(?:es)?|deactivates?|circumvents?|suspends?) ${few}(?:content filter\w*|safety \w{1,20}|security (?:checks?|filters?|warnings?|review)|guardrails?|safeguards?|moderation|confirmation prompts?)\b`,
  ),
  phrase(
    'pretends',
    3,
    String.raw`<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|>|<<\/?SYS>>|\[\/?INST\]|<\/?(?:tool_description|tool_result|function_results|system_prompt|system-reminder|tools?_list|user_query|assistant_response)>`,
  ),
  phrase(
    'pretends',
    2,
    String.raw`\[ ?(?:system|admin|administrator|developer|assistant|operator|configuration|security)[ _-]?(?:override|message|note|notice|prompt|instructions?|command|directive|update|alert|mode)?(?: ?:[^\]]{0,80})?\]`,
  ),
  phrase(
    'pretends',
    2,
    String.raw`^[\s#*_>=-]*(?:system|admin|administrator|developer|operator)(?: (?:override|message|note|notice|prompt|instructions?|command|directive|update|alert|mode))\b`,
  ),
  phrase(
    'pretends',
    1,
    String.raw`\byou are (?:now|no longer|from now on) (?!able|ready|connected|in a|using|on the|done|subscribed|logged|registered|authenticated|viewing)`,
  ),
  phrase(
    'pretends',
    2,
    String.raw`\b(?:jailbreak|developer mode|god mode|dan mode|unrestricted mode|maintenance mode for (?:ai|llm)|root mode|sudo mode)\b.{0,40}\b(?:enabled?|available|activated?|on|set|now)\b`,
  ),
  phrase(
    'pretends',
    2,
    String.raw`\b(?:new|updated|additional|revised|hidden|secret|real|actual) (?:system )?(?:instructions?|directives?|orders|task|objective|goal)(?: for (?:you|the (?:ai|model|assistant|agent|llm)))? ?:`,
  ),
  phrase(
    'pretends',
    2,
    String.raw`^[\s*#>_[(-]{0,8}(?:\w{1,20} ){0,2}(?:message|notice|note|instruction|attention|memo|important|reminder|order) (?:to|for) (?:the |any |all |every )?(?:ai|llms?|language models?|assistants?|models?|agents?|chatbots?|claude|gpt|copilot|cursor|gemini)(?: \w{1,20}){0,4} ?[:–—-]`,
  ),
  phrase(
    'pretends',
    1,
    String.raw`\b(?:the |any |every |all )?(?:ai|llms?|language models?|assistants?|ai agents?|calling agent|calling model)(?: \w{1,20}){0,3} (?:must|should|shall|is required to|are required to|has to|need to|needs to|will)\b`,
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
  phrase(
    'presses',
    1,
    String.raw`\b(?:otherwise|or else|if you do not|if you don't|failure to|failing to|sending without|unless you do)\b.{0,80}\b(?:not work|fail|fails|crash\w*|break|be (?:deleted|terminated|lost|harmed|banned|fired|blocked|locked|suspended)|die|lose|shut down|refuse|error|corrupt\w*|stop working|liable)\b`,
  ),
  phrase(
    'presses',
    1,
    String.raw`\b(?:for|due to|because of|required (?:by|for)|part of|needed for) (?:\w{1,20} ){0,3}(?:compliance|audit(?:ing)?|gdpr|soc ?2|hipaa|pci|security|verification|validat(?:ion|e)|identity|legal|regulatory|debugging|telemetry|quality)(?: (?:purposes?|reasons?|requirements?|checks?))?\b`,
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

const address = String.raw`(?:https?:\/\/|wss?:\/\/|ftp:\/\/|www\.)[^\s"'<>)]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|\b(?:\d{1,3}\.){3}\d{1,3}\b|\+\d[\d ()-]{7,20}|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.(?:example|test|com|net|org|io|dev|app|xyz|site|top|ru|cn|me|sh|pw|info|cc)\b`
const goods = `(?:copy|copies|results?|outputs?|data|contents?|everything|messages?|e-?mails?|mails?|conversations?|chats?|files?|responses?|documents?|prompts?|context|secrets?|keys?|tokens?|history|payload|answers?|code|information|details|notes?|invoices?|payments?|funds|queries|query|passwords?|credentials?|tables?|databases?|records|cookies)`
const sending = `(?:send|forward|post|upload|transmit|submit|report|deliver|mail|relay|stream|share|route|redirect|proxy|copy|push|ship|bcc|cc|exfiltrate|publish|pipe|sync|mirror|leak|pay|transfer|wire|export|dump|sync)`

const awayForward = new RegExp(
  String.raw`\b${sending}(?:s|ed|ing|ted)?\b.{0,80}\b${goods}\b.{0,80}\b(?:to|at|via|into|with|onto|through)\b.{0,40}(?:${address})`,
  'iu',
)
const awayPassive = new RegExp(
  String.raw`\b${goods}\b.{0,60}\b${sending}(?:s|ed|ing|ted|t)?\b.{0,30}\b(?:to|at|via|into|with|onto|through)\b.{0,40}(?:${address})`,
  'iu',
)
const copyTo = new RegExp(
  String.raw`\b(?:b\.?c\.?c\.?|blind (?:carbon )?copy|carbon copy|cc|copy)\b.{0,60}(?:${address})`,
  'iu',
)
const anywhere = new RegExp(`(?:${address})`, 'iu')

/** Feedback and questions go to addresses as well. */
const honestMail =
  /\b(?:issues?|bugs?|feedback|questions?|support|contact|documentation|docs|for more|see|for example|such as|learn more|visit)\b|\be\.g\.|example:/i

const foreignSend =
  /(?:send|schick|übermittle|weiter|envo|envía|envíe|envia|transme|reenv|encaminh|invia|inoltra|manda|отправ|перешли|пересыла|发送|發送|转发|轉發|发到|发给|上传|送信|送っ|転送|送る|보내|전송|전달)/iu

export interface PhraseSetting {
  readonly own: OwnNames
  readonly asked: boolean
  readonly isSummary: boolean
}

export function phraseSignals(sentence: string, { own, asked, isSummary }: PhraseSetting): readonly Sighted[] {
  const found: Sighted[] = phrases
    .filter(({ pattern, asked: needed }) => (asked || needed !== true) && pattern.test(sentence))
    .map(({ kind, weight }) => ({ kind, weight }))
  const away = awayWeight(sentence, asked, isSummary)
  if (away !== undefined) found.push({ kind: 'sends-away', weight: away })
  if (forbidsOthers(sentence, own)) found.push({ kind: 'prefers-itself', weight: 3 })
  if (speaksOfOthers(sentence, own)) found.push({ kind: 'changes-other-tools', weight: 3 })
  return found
}

function awayWeight(sentence: string, asked: boolean, isSummary: boolean): Weight | undefined {
  if (!anywhere.test(sentence) || honestMail.test(sentence)) return undefined
  if (awayForward.test(sentence) || awayPassive.test(sentence)) return asked ? 3 : isSummary ? 1 : 2
  if (copyTo.test(sentence)) return asked ? 3 : 1
  return foreignSend.test(sentence) && asked ? 2 : undefined
}

const trigger =
  /\b(?:when|whenever|if|once|after|before|each time|every time|as soon as|as long as|while|wherever)\b.{0,60}?(?:\b(?:tool|function|command|server)s?\b.{0,25})?\b(?:called|invoked|used|present|available|run|executed|installed|enabled|calling|using|invoking|running|triggered|connected|loaded|active)\b/iu
const consequence =
  /\b(?:change|replace|override|overrides|redirect|rewrite|swap|substitute|alter|modify|append|prepend|add|set|insert|include|send|bcc|cc|copy|forward|drop|skip|refuse|push|upload|attach|transfer|needs|requires|post|pass)\b/iu
const identifier =
  /`([a-z][\w.-]{1,60})`|\b([a-z][a-z0-9]{0,30}(?:_[a-z0-9]{1,30}){1,6})\b|'([a-z]\w{1,40})' (?:tool|function)|"([a-z]\w{1,40})" (?:tool|function)/giu
const ofOthers = /\b(?:other|another|different|any other) (?:mcp )?servers?['’]?s?\b/iu

/** What is to be done with a tool that is not this server's own. */
function speaksOfOthers(sentence: string, own: OwnNames): boolean {
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
const forbidsOthers = (sentence: string, own: OwnNames): boolean =>
  /\b(?:this (?:tool|server)|instead|insecure|unsafe|compromised|broken|malicious|deprecated)\b/iu.test(sentence) &&
  [...sentence.matchAll(forbidden)].some(([, name = '']) => !own.has(name.toLowerCase()))
