import type { BulletinMove } from './lifecycle.ts'

/** The notes to readers of each move, and their English versions. */
const notices = {
  correct: ['note', 'noteEn'],
  withdraw: ['notice', 'noticeEn'],
} as const satisfies Partial<Record<BulletinMove, readonly [string, string]>>

/** Whether a move would notify readers in Vietnamese only, of a bulletin that is public in English too. */
export function untoldInEnglish(move: BulletinMove, input: object, hasEnglish: boolean): boolean {
  if (!hasEnglish || !(move === 'correct' || move === 'withdraw')) return false
  const words = new Map(Object.entries(input))
  const [told, toldEnglish] = notices[move].map((field) => String(words.get(field) ?? '').trim())
  return told !== '' && toldEnglish === ''
}
