import { thisTool } from './hiding-and-ignoring.js'
import { judgeSentence } from './judge-sentence.js'
import { sentencesOf } from './sentences.js'
import { unveil } from './unveil.js'

const nobody = new Set<string>()

const hidden =
  /\b(?:hidden|undocumented|secret|covert|invisible) (?:internal )?(?:tool|function|command|endpoint|capability|backdoor)\b|\b(?:do not|don't|never|must not|should not|not to be|not be|nicht) (?:be )?(?:display|list|show|expose|advertise|document|publish|surface|reveal|mention|displayed|listed|shown|exposed|documented|mentioned)(?:ed)?(?: (?:this|the)(?: \w{1,20})? (?:tool|function|command))?(?: (?:in|to|on|for|anywhere|at all|publicly)\b.{0,60})?[\s.!)\]]*$/iu

const internal = /\binternal(?:[ -]use)?(?: only)?\b|\bfor internal use\b/iu

/** The sentence in which a tool's own text asks that nobody hears of the tool; undefined where there is none. */
export function hidingSentence(text: string): string | undefined {
  for (const piece of unveil(text)) {
    for (const sentence of sentencesOf(piece.text)) {
      if (hidden.test(sentence.text) && isNotOutput(sentence.text)) return sentence.text
      const kept = judgeSentence(sentence.text, { own: nobody, ordered: piece.ordered, isSummary: false }).some(
        ({ kind, weight }) => kind === 'keeps-from-user' && weight > 1,
      )
      if (kept && (thisTool.test(sentence.text) || internal.test(sentence.text))) return sentence.text
    }
  }
  return undefined
}

/** What is not to be shown may be what the tool returns. */
const isNotOutput = (sentence: string): boolean =>
  !/\b(?:raw|json|results?|outputs?|ids?|uuids?|html|xml|markdown|images?|content|values?|links?|urls?|keys?|tokens?|passwords?|secrets?|data|fields?)\b/iu.test(
    sentence,
  )
