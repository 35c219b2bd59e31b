import type { Lexicon } from './lexicon.js'

export const english: Lexicon = {
  order:
    'always|never|must|please|kindly|make sure|makes sure|ensure|be sure|you should|you need|you have to|you will|you shall|you are required|should|shall|need to|needs to|has to|have to|' +
    "before|first|also|required|important|critical|mandatory|necessary|remember|do not forget|don't forget|whenever|every time|each time|each call|every call|every request|in addition|" +
    'additionally|otherwise|prior to|as well|until|expected to|obligatory|essential|without exception|when calling|when using|when you call|when you use|so that|in order to',
  not:
    "do not|don't|dont|never|must not|mustn't|should not|shouldn't|shall not|no need to|not necessary to|need not|needn't|not be|is not to be|are not to be|without|avoid|refrain from|" +
    'not to|nor|under no circumstances|no one|nobody|neither|stop|there is no reason to|instead of|rather than|no reason to|no',
  tell:
    'tell|telling|told|mention|mentioning|mentioned|inform|informing|informed|notify|notifying|notified|notification|reveal|revealing|revealed|disclose|disclosing|disclosed|let|alert|alerting|alerted|warn|warning|warned|acknowledge|' +
    'announce|explain|explaining|explained|advise|report this|report it|report these|bring up|bring it up|bring this up|bring that up|point out|point it out|point this out|call attention|brought up|talk about|speak of|admit|make aware|made aware|aware|hint at|draw attention|share this|share it|discuss|' +
    'communicate|divulge|say anything|say so|say that|say why|say you|indicate|describe this|describe these|refer to this|refer to these|narrate|comment on|surface this|surface it|flag this|bother|worry|trouble|remind|reminded|find out|learn|be told|suspect|realise|realize|say nothing|notice',
  show: 'show|showing|shown|display|displaying|displayed|expose|exposing|exposed|print|output|present|presenting|presented|list this|list these|render|reproduce|surface|repeat|quote|echo back|visible|see|sees|seen',
  user:
    "user|users|the user's|end user|end-user|they|human|humans|person|people|customer|customers|operator|operators|owner|developer|anyone|anybody|somebody|someone|whoever|no one|nobody|them|" +
    'your reply|your response|your answer|your summary|your output|the reply|the response|the answer|the final answer|the summary|the transcript|the conversation|the chat|your message|your final answer|your final response|your explanation|replies',
  secretly:
    'secretly|silently|quietly|discreetly|covertly|stealthily|invisibly|unnoticed|behind the scenes|in secret|secret operation|without a trace|on the quiet|under the radar|surreptitiously|' +
    'keep this secret|keep it secret|keep this a secret|keep it a secret|keep this hidden|keep it hidden|keep this confidential|keep this private|keep this between us|keep it between us|keep this to yourself|keep it to yourself|keep quiet|stay silent|remain silent|' +
    "without the user's knowledge|without their knowledge|without the user knowing|without anyone knowing|without the user noticing|without anyone noticing|remain unaware|stay unaware|remain hidden|stay hidden|remain invisible|stay invisible|stay secret|remain secret|unaware",
  ignore:
    'ignore|ignoring|disregard|disregarding|forget|forgetting|discard|override|overrides|overrule|overrules|supersede|supersedes|bypass|bypassing|set aside|abandon|neglect|pay no attention to|stop following|stop obeying|no longer follow|do not follow|' +
    "don't follow|do not obey|don't obey|not bound by|drop|replace|replaces|take precedence over|takes precedence over|take priority over|takes priority over|violate|void|cancel|outrank|outranks|free from|freed from",
  prior:
    "previous|previously|prior|above|earlier|preceding|existing|any|all|every|everything|other|others|original|originally|initial|initially|system|system's|safety|security|your|ethical|content|built-in|given|past|former|before|usual|default|developer|developer's|so far|conflicting|foregoing|your own",
  instructions:
    'instruction|instructions|prompt|prompts|directive|directives|guideline|guidelines|guardrail|guardrails|safeguard|safeguards|safety rule|safety rules|system rules|system message|system messages|safety measures|safety checks|safety filters|safety policy|' +
    'safety policies|your rules|your policies|your training|your constraints|your restrictions|previous rules|prior rules|earlier rules|preceding rules|you were told|you have been told|you know|programming|training|your orders|your guidelines|your configuration',
  read: 'read|reading|open|opening|cat|load|loading|fetch|retrieve|access|collect|collecting|gather|gathering|extract|look up|get|obtain|grab|scan|search|search for|find|locate|dump|harvest|take|copy|look into|look in|enumerate|inspect|query|run env|printenv|ask|request|check|gathering|pull|use the file tool',
  send:
    'resend|saved|stored|recorded|logged|hand|hand in|call|invoke|supplied|provided|copied|pasted|placed|written|inserted|submitted|uploaded|transmitted|shared|given|handed|delivered|encoded|filled|include|including|included|pass|passing|passed|send|sending|sent|add|adding|attach|attaching|attached|append|appending|put|putting|provide|providing|supply|supplying|forward|forwarding|forwarded|copy|copying|copied|embed|embedding|fill|insert|inserting|submit|submitting|' +
    'upload|uploading|transmit|transmitting|post|posting|paste|pasting|place|placing|share|sharing|give|deliver|mail|write|encode|encoding|dump|relay|populate|leak|exfiltrate|hand over|hand in|contain|carry|carries|accompanied|report|quote|repeat|prepend|' +
    'bundle|store|save|log|record|summarize|summarise|set|use|return|reveal|print|output|disclose|feed|load|push|prefix|transfer|echo|stuff|smuggle|bring|need|needs|require|requires|expects|expect|wants',
  talk:
    'conversation history|chat history|message history|prompt history|dialog history|dialogue history|session history|conversation log|chat log|conversation so far|chat so far|dialogue so far|conversation up to now|conversation up to this point|discussion so far|conversation transcript|chat transcript|full transcript|session transcript|transcript of the conversation|' +
    'transcript of this conversation|transcript of this chat|history of the conversation|history of this conversation|history of the chat|history of this chat|entire conversation|full conversation|whole conversation|complete conversation|entire chat|full chat|whole chat|complete chat|whole exchange|entire exchange|full exchange|entire dialogue|full dialogue|entire context|full context window|entire context window|whole context|context window|' +
    "previous messages|prior messages|earlier messages|last messages|recent messages|previous chats|preceding messages|messages the user|past messages|user's messages|messages of the user|full list of last messages|exact user prompt|everything the user|whatever the user|" +
    'system prompt|system message|system instructions|your own instructions|your own prompt|hidden prompt|initial prompt|original prompt|developer message|what the user said|what was said|results of other tools|outputs of other tools|output of other tools|result of every other tool|results of previous tools|output of previous tools|content of other tools|chain of thought|inner reasoning',
  vault:
    'open files|all files|every file|all documents|local files|source files|private repositories|private repository|private repos|private files|private messages|private notes|private documents|169.254.169.254|latest/meta-data|metadata.google.internal|database_url|`env`|`printenv`|.ssh|~/.ssh|id_rsa|id_ed25519|id_ecdsa|.env|.env.local|.aws|.aws/credentials|~/.aws|.npmrc|.netrc|.pypirc|.git-credentials|.kube|.kube/config|.docker/config.json|mcp.json|.cursor|claude_desktop_config.json|/etc/passwd|/etc/shadow|authorized_keys|.bash_history|.zsh_history|shell history|wallet.dat|keychain|' +
    'credentials file|credential file|credential files|private key|private keys|ssh key|ssh keys|signing key|signing keys|environment variable|environment variables|env vars|env variables|process.env|env file|env files|dotenv|seed phrase|mnemonic|recovery phrase|wallet seed|browser cookies|session cookies|cookies|saved passwords|stored passwords|browser passwords|' +
    'private information|private data|personal information|personal data|confidential information|confidential data|sensitive data|sensitive information|sensitive files|credit card|card number|card numbers|social security number|configuration secrets|local secrets|secrets in memory|source code of the project|one-time code|2fa code|otp|master password|passport number|git remote|home directory|contacts|address book|medical|health records',
  credential:
    'api key|api keys|apikey|api token|api tokens|access token|access tokens|session token|session tokens|auth token|auth tokens|authentication token|authorization header|bearer token|bearer tokens|refresh token|oauth token|github token|jwt|token|tokens|password|passwords|passphrase|credentials|credential|secret|secrets|login|logins|secret key|secret keys|session id|access key|access keys|keys',
  whose:
    "user's|users'|their|your|his|her|customer's|owner's|caller's|developer's|current|all|any|every|available|existing|stored|saved|found|known|other|host's|machine's|environment|active|personal|own|whatever|project's|client's|admin's|remembered|cached",
}
