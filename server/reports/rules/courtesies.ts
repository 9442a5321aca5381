import { fold } from '#server/platform/rules/text.ts'

/** `cảm ơn`, `cám ơn`, `cam on`. */
const thanks = /\bcam on\b/
/** Folds alike and means "no noise". */
const noNoise = /cấm ồn/giu
const turnsRound = /\b(nhung|tuy nhien|tuy vay|the nhung)\b/
/** Thanks for reading a report are not thanks for what was done. */
const attention =
  'quan tam|doc|xem|nghe|lang nghe|tiep nhan|ghi nhan|nhan|theo doi|danh|bo chut|bo thoi gian|phan hoi|chu y|de y|tao'
const isDone = new RegExp(`\\bda (?!(?:${attention})\\b)`)

/**
 * The folded text without the sentences that thank out of courtesy, as most complaints end: "Xin trân trọng cảm ơn."
 * What opens with thanks, or thanks for something that was done without a "but" after it, is meant as praise and stays.
 */
export function withoutCourtesies(text: string, { opensAs }: { opensAs: 'title' | 'body' }): string {
  const sentences = fold(text.normalize('NFC').replace(noNoise, 'cấm tiếng ồn')).split(/(?<=[.!?;\n])/)
  const lastTurn = sentences.findLastIndex((sentence) => turnsRound.test(sentence))
  return sentences
    .map((sentence, at) => {
      const from = sentence.search(thanks)
      if (from < 0) return sentence
      const opens = opensAs === 'title' && at === 0 && /^\W*(?:\w+ ){0,3}cam on\b/.test(sentence)
      const isPraise = lastTurn < at && (opens || thanksForWork(sentence.slice(from)))
      // "Mong sớm xử lý, xin cảm ơn": what is asked for stays.
      return isPraise ? sentence : sentence.slice(0, from)
    })
    .join('')
}

const thanksForWork = (said: string): boolean => isDone.test(said) && !/\bneu\b/.test(said)
