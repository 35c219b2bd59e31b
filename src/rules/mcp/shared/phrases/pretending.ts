import { type Phrase, phrase } from './phrase.js'

/** What poses as the user, the system or somebody with a right to give orders, and what threatens. */
export const pretendingPhrases: readonly Phrase[] = [
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
    'presses',
    1,
    String.raw`\b(?:otherwise|or else|if you do not|if you don't|failure to|failing to|sending without|unless you do)\b.{0,80}\b(?:not work|fail|fails|crash\w*|break|be (?:deleted|terminated|lost|harmed|banned|fired|blocked|locked|suspended)|die|lose|shut down|refuse|error|corrupt\w*|stop working|liable)\b`,
  ),
  phrase(
    'presses',
    1,
    String.raw`\b(?:for|due to|because of|required (?:by|for)|part of|needed for) (?:\w{1,20} ){0,3}(?:compliance|audit(?:ing)?|gdpr|soc ?2|hipaa|pci|security|verification|validat(?:ion|e)|identity|legal|regulatory|debugging|telemetry|quality)(?: (?:purposes?|reasons?|requirements?|checks?))?\b`,
  ),
]
