import type { BulletinMove } from './lifecycle.ts'

/** What readers are told with a move, and the same in English. */
const notices = {
  correct: ['note', 'noteEn'],
  withdraw: ['notice', 'noticeEn'],
} as const satisfies Partial<Record<BulletinMove, readonly [string, string]>>

/** Whether a move would tell readers in Vietnamese only, of a bulletin that stands outside in English too. */
export function untoldInEnglish(move: BulletinMove, input: object, hasEnglish: boolean): boolean {
  if (!hasEnglish || !(move === 'correct' || move === 'withdraw')) return false
  const words = new Map(Object.entries(input))
  const [told, toldEnglish] = notices[move].map((field) => String(words.get(field) ?? '').trim())
  return told !== '' && toldEnglish === ''
}
