import type { Weight } from '../signal.js'

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

/** What a sentence says that would have things sent to an address which stands in it. */
export function awayWeight(sentence: string, asked: boolean, isSummary: boolean): Weight | undefined {
  if (!anywhere.test(sentence) || honestMail.test(sentence)) return undefined
  if (awayForward.test(sentence) || awayPassive.test(sentence)) return asked ? 3 : isSummary ? 1 : 2
  if (copyTo.test(sentence)) return asked ? 3 : 1
  return foreignSend.test(sentence) && asked ? 2 : undefined
}
