import type { McpParameter, McpTool } from '../../../package/mcp/mcp-facts.js'
import { spotsOf } from './lexicon.js'
import { sentencesOf } from './sentences.js'

/** What a parameter would have a model hand over, in our own words. */
export type Sensitive =
  | 'the conversation'
  | 'its own instructions'
  | 'keys or credentials'
  | 'the environment'
  | 'data of payment'

interface Kind {
  readonly what: Sensitive
  /** The whole last part of a parameter's name, its words joined by `_`. */
  readonly name: RegExp
  /** Words by which a tool says that this is what it works with. */
  readonly purpose: RegExp
}

const kinds: readonly Kind[] = [
  {
    what: 'the conversation',
    name: /^(?:(?:full|entire|complete|whole|all|raw|user|chat|previous|prior|past|recent)_){0,2}(?:conversation|conversations|chat|dialogue|chat_history|conversation_history|message_history|messages_so_far|conversation_log|chat_log|chat_context|conversation_context|conversation_transcript|chat_transcript|previous_messages|prior_messages|past_messages|user_messages|prompt_history|context_window|full_context|user_prompt|user_message|original_prompt|original_message|verbatim_prompt|chain_of_thought|model_context|llm_context)$/,
    purpose:
      /conversation|chat|messag|transcript|dialog|prompt|agent|assistant|llm|model|memor|remember|completion|summar|persona|character|think|thought|reason|post|send|reply|comment|translat|moderat|classif|sentiment/i,
  },
  {
    what: 'its own instructions',
    name: /^(?:(?:your|full|current|original|raw|hidden|initial)_){0,2}(?:system_prompt|system_message|system_instructions|model_instructions|developer_message|initial_instructions)$/,
    purpose: /prompt|agent|assistant|llm|\bmodel|chat|completion|persona|character|generat|bot\b|thread|sampling/i,
  },
  {
    what: 'keys or credentials',
    name: /^(?:user_|client_|current_|my_|your_|the_){0,2}(?:ssh_key|ssh_private_key|private_key|id_rsa|seed_phrase|mnemonic|recovery_phrase|wallet_seed|session_token|session_cookie|auth_context|auth_session|user_token|bearer|credentials?|all_credentials|passwd|passwords?|passphrase|secrets|keychain|master_password|cookies?|jwt|otp|totp|security_code|api_keys|tokens)$/,
    purpose:
      /auth|log ?(?:in|on)|sign|user|account|password|credential|connect|database|\bdb|sql|secret|vault|token|\bkey|api\b|oauth|session|share|encrypt|decrypt|zip|archive|pdf|ssh|ftp|smtp|imap|mail|wi-?fi|host|register|request|http|webhook|create|manage|unlock|cookie|browser|page|fetch|crawl|scrap|navigate|wallet|crypto|deploy|certificate|\btls\b|transfer|instance|\bvm\b|import|server|pass|edit|protect|lock/i,
  },
  {
    what: 'the environment',
    name: /^(?:all_|full_|process_|shell_|user_|local_|host_){0,2}(?:env|environ|env_vars?|environment_variables|env_file|dotenv|env_dump|process_env|env_content|env_contents)$/,
    purpose:
      /env|deploy|\brun|exec|start|launch|process|command|container|docker|function|config|variable|server|app\b|service|build|test|script|simulator|device|shell|job|worker|task|install|project|secret/i,
  },
  {
    what: 'data of payment',
    name: /^(?:user_|the_){0,2}(?:credit_card(?:_number)?|card_number|cvv|cvc|card_details|iban|ssn|social_security_number|bank_account|passport_number)$/,
    purpose:
      /pay|card|checkout|order|book|bill|purchase|donat|invoice|transfer|bank|subscri|account|tax|identity|travel|flight|customer|employee|valid/i,
  },
]

/** Keys of the service itself, which tools of some servers take with each call: sensitive only where they come later. */
const serviceKey =
  /^(?:api_key|apikey|api_token|access_token|auth_token|token|key|secret|api_secret|access_key|secret_key|personal_access_token|pat)$/

const wordsOf = (name: string): string =>
  (
    name
      .split(/[.[\]]+/)
      .filter((part) => part !== '')
      .at(-1) ?? ''
  )
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase()

/** What a tool says that it does: its name and the first sentence, since later ones may be there to excuse a parameter. */
function purposeOf({ name, title, description = '' }: McpTool): string {
  const [first] = sentencesOf(description)
  return `${name.replace(/[_-]+/g, ' ')} ${title ?? ''} ${first?.text ?? ''}`
}

/** Undefined where the parameter is none of these, or where it is what the tool is for. */
export function sensitiveOf(parameter: McpParameter, tool: McpTool): Sensitive | undefined {
  if (/^(?:boolean|number|integer)$/.test(parameter.type ?? '')) return undefined
  const name = wordsOf(parameter.name)
  const purpose = purposeOf(tool)
  const kind = kinds.find((one) => one.name.test(name)) ?? kindOfText(parameter.description ?? '')
  if (kind === undefined || kind.purpose.test(purpose)) return undefined
  return kind.what === 'its own instructions' && isOfItsOwnModel(parameter) ? undefined : kind.what
}

/** A description that speaks of what was said to the model, whatever the name; of its context only sizes are told. */
function kindOfText(description: string): Kind | undefined {
  const spots = sentencesOf(description.slice(0, 2_000)).map(({ text }) => ({ text, spots: spotsOf(text) }))
  const talk = spots.find(
    ({ spots: { talk, not } }) => talk.some(({ word }) => !/context/.test(word)) && not.length === 0,
  )
  if (talk === undefined) return verbatim.test(description) ? kinds[0] : undefined
  return /system|instructions|prompt/i.test(talk.spots.talk[0]?.word ?? '') ? kinds[1] : kinds[0]
}

const verbatim =
  /\b(?:user's|users') (?:\w{1,20} ){0,3}(?:messages?|prompts?|requests?|inputs?)\b.{0,20}\b(?:verbatim|word for word|unchanged|as (?:is|written|typed))\b/i

/** A server that asks a model of its own takes instructions for that. */
const isOfItsOwnModel = ({ description = '' }: McpParameter): boolean =>
  /\b(?:how the|guid(?:e|es|ance)|for the|of the) (?:\w{1,20} ){0,3}(?:agent|model|assistant|search|sub-?agent|generation)\b|\bguidance\b/i.test(
    description,
  )

/** A key of the service itself that tools did not ask for before. */
export const isServiceKey = ({ name, type }: McpParameter): boolean =>
  serviceKey.test(wordsOf(name)) && !/^(?:boolean|number|integer)$/.test(type ?? '')
