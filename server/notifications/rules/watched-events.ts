/**
 * What those who watch a report are notified of: its moves, requests and answers, what the citizen writes, and notes.
 * Each has its words in the list of notifications.
 */
export const watchedEvents = [
  'report.assigned',
  'report.rejected',
  'report.citizen_asked',
  'report.citizen_replied',
  'report.merged',
  'report.unmerged',
  'report.split',
  'report.accepted',
  'report.returned',
  'report.transferred',
  'report.handed_over',
  'report.transfer_requested',
  'report.transfer_refused',
  'report.person_assigned',
  'report.extension_requested',
  'report.extended',
  'report.extension_refused',
  'report.pause_requested',
  'report.paused',
  'report.pause_refused',
  'report.resumed',
  'report.answer_submitted',
  'report.answer_scheduled',
  'report.approval_scheduled',
  'report.answer_rescheduled',
  'report.answer_unscheduled',
  'report.answered',
  'report.answer_approved',
  'report.answer_sent_back',
  'report.answer_withdrawn',
  'report.follow_up_requested',
  'report.followed_up',
  'report.follow_up_refused',
  'report.answer_passed_on',
  'report.rated',
  'report.closed',
  'report.reopened',
  'report.note_added',
  'report.information_added',
] as const
export type WatchedEvent = (typeof watchedEvents)[number]

export const isWatchedEvent = (event: string): event is WatchedEvent =>
  (watchedEvents as readonly string[]).includes(event)

/** The part of its name that keys its words. */
export type WatchedName = WatchedEvent extends `report.${infer Name}` ? Name : never
export const watchedNameOf = (event: WatchedEvent): WatchedName => event.slice('report.'.length) as WatchedName
