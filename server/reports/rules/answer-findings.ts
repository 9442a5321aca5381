import { fold } from '#server/platform/rules/text.ts'

/** What a reader of an answer will miss, in the order of the form's fields; and what should not be in it. */
export const answerFindings = [
  'no_what',
  'short_what',
  'vague_what',
  'no_where',
  'no_when',
  'no_next',
  'no_photo',
  'personal_data',
] as const
export type AnswerFinding = (typeof answerFindings)[number]

export type AnswerDraft = { what: string; where: string; when: string; next: string; photos: number }

/** Shorter texts seldom say what was done. */
const fewWords = 8

/** Phrases that put the citizen off instead of answering: the most frequent complaint of dissatisfied citizens. */
const vaguePhrases = [
  'da tiep nhan',
  'da ghi nhan',
  'xin ghi nhan',
  'se xem xet',
  'se kiem tra',
  'se xu ly',
  'dang xem xet',
  'trong thoi gian toi',
  'theo quy dinh',
  'da chuyen',
]
/** Words for completed work: together with one of them, a phrase above does no harm. */
const doneWords = [
  'da cat',
  'da don',
  'da thu gom',
  'da sua',
  'da thay',
  'da lap',
  'da va',
  'da khac phuc',
  'da hoan thanh',
  'da xu ly',
  'da bom',
  'da thao',
  'da xu phat',
  'da lap bien ban',
]

/** A mobile number, an identity number, a number plate: an answer is published and must not identify a person. */
const personalData = [
  /(?<!\d)(?:\+84|0)[ .]?[35789]\d(?:[ .]?\d){7}(?!\d)/,
  /(?<!\d)\d{12}(?!\d)/,
  /(?<![\p{L}\d])\d{2}-?[A-Z]\d?[- ]?\d{3}\.?\d{2}(?!\d)/u,
]

/** What is missing in an answer: shown to its author while writing and to its approver. */
export function findingsIn(draft: AnswerDraft, category: { needsPhoto: boolean }): AnswerFinding[] {
  const what = fold(draft.what).trim()
  const missing: Record<AnswerFinding, boolean> = {
    no_what: what === '',
    short_what: what !== '' && what.split(/\s+/).length < fewWords,
    vague_what: vaguePhrases.some((phrase) => what.includes(phrase)) && !doneWords.some((word) => what.includes(word)),
    no_where: draft.where.trim() === '',
    no_when: draft.when.trim() === '',
    no_next: draft.next.trim() === '',
    no_photo: category.needsPhoto && draft.photos === 0,
    personal_data: [draft.what, draft.where, draft.when, draft.next].some(namesAPerson),
  }
  return answerFindings.filter((finding) => missing[finding])
}

export const namesAPerson = (text: string): boolean => personalData.some((shape) => shape.test(text))
