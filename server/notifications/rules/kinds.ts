/** The escalation steps: the time is running out, or nothing happens, and someone is notified. */
export const escalationSteps = [
  'due_soon',
  'overdue',
  'overdue_day',
  'overdue_days',
  'forgotten',
  'citizen_silent',
  'commitment_soon',
] as const
export type EscalationStep = (typeof escalationSteps)[number]

/** About a risk of the page of today, which is no single report. */
export const riskNotices = ['reminded', 'explanation_asked', 'explanation_given', 'explanation_withdrawn'] as const
export type RiskNotice = (typeof riskNotices)[number]

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
  'mentioned',
  'watched',
  'unscheduled',
  'scheduled_again',
  ...escalationSteps,
  ...riskNotices,
] as const
export type NotificationKind = (typeof notificationKinds)[number]

/** Kinds caused by the passing of time, which may repeat. */
export const isAboutTime = (kind: NotificationKind): kind is EscalationStep =>
  (escalationSteps as readonly string[]).includes(kind)

type Led = { href: string; agencyId: string }

/** Where a notification about a risk leads: to its reports, or to the request on the page of today of its owner. */
export const addressOfRisk = (kind: NotificationKind, { href, agencyId }: Led): string =>
  kind === 'reminded' ? href : `/today?${new URLSearchParams({ agency: agencyId })}`
