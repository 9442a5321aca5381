import type { ReportMove } from './lifecycle.ts'
import type { ReportAct } from './policy.ts'

/** The first three restore the values from the log; the others are separate moves and acts. */
type WayBack =
  | 'undo'
  | 'put_photo_back'
  | 'revive_suggestion'
  | Extract<ReportMove | ReportAct, 'take_back' | 'withdraw_answer' | 'unmerge' | 'unlink_report'>

/**
 * Moves without a way back: they are one themselves, the system makes them, or they only plan, and one of them changes
 * the plan until its time.
 */
type Final =
  | Extract<ReportMove, 'take_back' | 'withdraw_answer' | 'unmerge' | 'close'>
  | Extract<ReportMove, `${'schedule' | 'reschedule' | 'unschedule'}_${string}`>

/**
 * Everything that can be undone, and by which command: each move has an entry, or the compiler finds it. Screens and
 * bulk runs offer what is listed here, and one test does, undoes and compares all of it.
 */
export const waysBack = {
  assign: 'take_back',
  reject: 'withdraw_answer',
  ask_citizen: 'take_back',
  citizen_replied: 'take_back',
  merge: 'unmerge',
  accept: 'take_back',
  return: 'take_back',
  transfer: 'take_back',
  request_transfer: 'take_back',
  assign_person: 'undo',
  request_extension: 'take_back',
  request_pause: 'take_back',
  resume: 'take_back',
  submit_answer: 'take_back',
  answer: 'withdraw_answer',
  approve: 'withdraw_answer',
  send_back: 'take_back',
  rate: 'take_back',
  follow_up: 'take_back',
  request_follow_up: 'take_back',
  reopen: 'take_back',
  decide_request: 'take_back',
  change_category: 'undo',
  change_severity: 'undo',
  change_place: 'undo',
  change_tags: 'undo',
  link_incident: 'undo',
  link_report: 'unlink_report',
  dismiss_suggestion: 'revive_suggestion',
  remove_photo: 'put_photo_back',
} as const satisfies Record<Exclude<ReportMove, Final>, WayBack> &
  Partial<Record<ReportAct | 'dismiss_suggestion', WayBack>>
export type UndoableAct = keyof typeof waysBack

export const canBeUndone = (act: string): act is UndoableAct => Object.hasOwn(waysBack, act)

/** Decisions that are restored as a whole, by the account that made them, until the undo time has passed. */
export const canBeTakenBack = (act: string): boolean => canBeUndone(act) && waysBack[act] === 'take_back'

/** A merge or a link can be undone for a day; no one waits that long for what it leads to. */
const slowWays: readonly WayBack[] = ['unmerge', 'unlink_report']

/** Acts that no one is notified of before the undo time has passed. */
export const isToldLater = (act: string): boolean => canBeUndone(act) && !slowWays.includes(waysBack[act])

/** An answer waits in the outbox for exactly the time that is shown: its screen counts to when it is sent. */
export const waitsInOutbox = (act: string): boolean => canBeUndone(act) && waysBack[act] === 'withdraw_answer'
