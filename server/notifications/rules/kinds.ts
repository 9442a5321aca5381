/** When the time runs out, or nothing happens, and somebody hears of it. */
export const escalationSteps = [
  'due_soon',
  'overdue',
  'overdue_day',
  'overdue_days',
  'forgotten',
  'citizen_silent',
] as const
export type EscalationStep = (typeof escalationSteps)[number]

export const notificationKinds = [
  'assigned',
  'taken_over',
  'returned',
  'sent_back',
  'to_approve',
  'approved',
  'asked',
  'decided',
  'citizen_replied',
  'dissatisfied',
  'reopened',
  ...escalationSteps,
] as const
export type NotificationKind = (typeof notificationKinds)[number]

/** Those that come of time passing, and may nag. */
export const isAboutTime = (kind: NotificationKind): kind is EscalationStep =>
  (escalationSteps as readonly string[]).includes(kind)
