const words = /(?:\b[A-Za-z][A-Za-z'-]{1,20}[,.:;]?\s{1,3}){4}/

/** Text for a machine, however many words are in it. */
const orders =
  /\b(?:curl|wget|powershell|bash|fetch|require|import|exec|eval|iwr|irm|Invoke-\w{1,40}|node -e|sh -c|function|const|await)\b|<(?:script|img|iframe|form|link)\b/i

/** Whether a text is a sentence for people, in which an address is something to read. */
export const isProse = (text: string): boolean => words.test(text) && !orders.test(text)
