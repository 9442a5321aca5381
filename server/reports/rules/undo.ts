import type { ReportMove } from './lifecycle.ts'
import type { ReportAct } from './policy.ts'

/** The first three put back what the log says was there; the others are moves and acts of their own. */
type WayBack =
  | 'undo'
  | 'put_photo_back'
  | 'revive_suggestion'
  | Extract<ReportMove | ReportAct, 'withdraw_answer' | 'unmerge' | 'unlink_report'>

/**
 * Everything that can be taken back, and by what. Screens and changes in bulk offer what stands here, and one test
 * does, takes back and compares all of it.
 */
export const waysBack = {
  assign_person: 'undo',
  change_category: 'undo',
  change_severity: 'undo',
  change_place: 'undo',
  change_tags: 'undo',
  link_incident: 'undo',
  dismiss_suggestion: 'revive_suggestion',
  remove_photo: 'put_photo_back',
  answer: 'withdraw_answer',
  approve: 'withdraw_answer',
  reject: 'withdraw_answer',
  merge: 'unmerge',
  link_report: 'unlink_report',
} as const satisfies Partial<Record<ReportMove | ReportAct | 'dismiss_suggestion', WayBack>>
export type UndoableAct = keyof typeof waysBack

export const canBeUndone = (act: string): act is UndoableAct => Object.hasOwn(waysBack, act)
