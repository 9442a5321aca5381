import type { ReportMove } from './lifecycle.ts'
import type { ReportAct } from './policy.ts'

/** The first three restore the values from the log; the others are separate moves and acts. */
type WayBack =
  | 'undo'
  | 'put_photo_back'
  | 'revive_suggestion'
  | Extract<ReportMove | ReportAct, 'withdraw_answer' | 'unmerge' | 'unlink_report'>

/**
 * Everything that can be undone, and by which command. Screens and bulk runs offer what is listed here, and one test
 * does, undoes and compares all of it.
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
