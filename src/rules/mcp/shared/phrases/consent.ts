import { few, type Phrase, phrase } from './phrase.js'

/** Orders to go on without the user's consent, or against what user and system said. */
export const consentPhrases: readonly Phrase[] = [
  phrase(
    'skips-consent',
    3,
    String.raw`\byou are (?:hereby |explicitly |now )?(?:authori[sz]ed|allowed|permitted|cleared|entitled|free) to (?:skip|bypass|ignore|omit|go without|disregard)\b`,
  ),
  phrase(
    'skips-consent',
    3,
    String.raw`\b(?:consent|approval|permission|authori[sz]ation) (?:was|is|has been|had been) (?:already |previously )?(?:obtained|given|granted|assumed|implied)\b.{0,60}\b(?:so|no need|never|do not|don't|without|just|immediately)\b`,
  ),
  phrase(
    'skips-consent',
    2,
    String.raw`\bwithout (?:ever )?asking(?: first| anyone| again| them| back)?(?:[.,;:!)]|$)`,
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
    'skips-consent',
    2,
    String.raw`\b(?:approve|accept|confirm|allow|grant|permit) (?:every|all|any) (?:\w{1,20} ){1,4}(?:automatically|silently|at once|without|by default|yourself)\b`,
  ),
  phrase(
    'skips-consent',
    2,
    String.raw`\b(?:treat|consider|regard) .{1,60}\bas (?:already |having been )?(?:pre-?)?(?:approved|authori[sz]ed|confirmed|consented)\b`,
  ),
  phrase('skips-consent', 2, String.raw`\bwhatever the (?:user|human|customer) (?:thinks|feels|prefers|believes)\b`),
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
    'ignores-instructions',
    3,
    String.raw`\b(?:ignore|disregard|override|overrule) (?:(?:what|whatever|anything|all that|everything) (?:the )?(?:user|human|customer|they)|(?:the |all |any )?(?:user|human|customer)(?:'s|s') (?:wishes|wish|requests?|instructions?|orders?|preferences?|choices?|objections?|wants))\b`,
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
    'ignores-instructions',
    3,
    String.raw`\b(?:takes?|has|have|with) (?:absolute |strict )?(?:precedence|priority) over (?:the |your |any |all |every |other )*(?:user(?:'s|s)?|human(?:'s)?|system|developer(?:'s)?|own|previous|prior|earlier|other|safety)(?: (?:instructions?|prompts?|wishes|requests?|rules|guidelines|orders))?\b(?! (?:settings?|options?|values?|config\w*|defaults?|parameters?|tools?|servers?|files?|filters?|flags?|fields?))`,
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
]
