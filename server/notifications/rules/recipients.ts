import type { Role } from '#server/accounts/rules/actor.ts'
import type { EscalationStep, NotificationKind } from './kinds.ts'

/** The parts of an event that determine its recipients. */
export type NotifiedEvent = {
  event: string
  /** Who did it; null for the system and the citizen. */
  actorId: string | null
  details: Readonly<Record<string, unknown>>
  report: {
    agencyId: string | null
    assigneeId: string | null
    /** The account that asked the question the citizen answers. */
    askedById: string | null
  }
  /** At the agency of the event only the assignee may answer. */
  onlyAssigneeAnswers: boolean
  /** Who wrote the answer that the event is about. */
  answerAuthorId: string | null
  /** Who made the request that the event decides. */
  requestAskerId: string | null
  /** Who assigned the report to the agency that returns it. */
  assignerId: string | null
}

/** The recipients: named accounts, and all who hold a role over an agency (null: over the city). */
export type NotificationRecipients = {
  kind: NotificationKind
  accounts: readonly (string | null)[]
  roles: readonly { role: Role; agencyId: string | null }[]
}

type Judge = (event: NotifiedEvent) => NotificationRecipients | readonly NotificationRecipients[] | null

const heads = (event: NotifiedEvent): NotificationRecipients['roles'] => [
  { role: 'approver', agencyId: event.report.agencyId },
]
const holders = ({ report }: NotifiedEvent): Pick<NotificationRecipients, 'accounts' | 'roles'> =>
  report.assigneeId
    ? { accounts: [report.assigneeId], roles: [] }
    : { accounts: [], roles: [{ role: report.agencyId ? 'approver' : 'dispatcher', agencyId: report.agencyId }] }
const asked: Judge = (event) => ({ kind: 'asked', accounts: [], roles: heads(event) })
const decided: Judge = (event) =>
  event.requestAskerId ? { kind: 'decided', accounts: [event.requestAskerId], roles: [] } : null
const replied: Judge = (event) => {
  const accounts = [event.report.assigneeId ?? event.report.askedById]
  return accounts[0] ? { kind: 'citizen_replied', accounts, roles: [] } : null
}

/** Each escalation step has a recipient who was not notified before. */
const escalationRecipients: Record<
  EscalationStep,
  (event: NotifiedEvent) => Pick<NotificationRecipients, 'accounts' | 'roles'>
> = {
  due_soon: holders,
  overdue: (event) => ({
    accounts: [event.report.assigneeId],
    roles: event.report.agencyId ? heads(event) : dispatchers,
  }),
  overdue_day: (event) => ({
    accounts: [],
    roles: event.report.agencyId
      ? [{ role: 'manager', agencyId: event.report.agencyId }, ...heads(event)]
      : dispatchers,
  }),
  overdue_days: () => ({ accounts: [], roles: dispatchers }),
  commitment_soon: holders,
  citizen_silent: ({ report }) => ({ accounts: [report.askedById], roles: [] }),
  forgotten: (event) => ({ accounts: [], roles: event.report.agencyId ? heads(event) : dispatchers }),
}
const dispatchers: NotificationRecipients['roles'] = [{ role: 'dispatcher', agencyId: null }]

/**
 * If only the assignee may answer, the previous assignee is notified when someone else reassigns the report, to another
 * account or to no one.
 */
const isTakenOver = (
  { actorId, onlyAssigneeAnswers }: NotifiedEvent,
  before: unknown,
  after: unknown,
): before is string => onlyAssigneeAnswers && typeof before === 'string' && before !== actorId && before !== after

/**
 * Every event with recipients. The trigger `mark_notifications` lists the same events: a test compares them.
 */
const judges: Record<string, Judge> = {
  'report.person_assigned': (event) => {
    const [before, assigneeId] = Array.isArray(event.details.assigneeId) ? event.details.assigneeId : []
    const recipientRules: NotificationRecipients[] = []
    if (isTakenOver(event, before, assigneeId))
      recipientRules.push({ kind: 'taken_over', accounts: [before], roles: [] })
    if (typeof assigneeId === 'string') recipientRules.push({ kind: 'assigned', accounts: [assigneeId], roles: [] })
    return recipientRules
  },
  'report.returned': ({ assignerId }) => ({
    kind: 'returned',
    accounts: [assignerId],
    roles: assignerId ? [] : dispatchers,
  }),
  'report.answer_submitted': (event) => ({ kind: 'to_approve', accounts: [], roles: heads(event) }),
  'report.answer_sent_back': ({ answerAuthorId }) => ({ kind: 'sent_back', accounts: [answerAuthorId], roles: [] }),
  // No recipients: the notifications of what was undone are deleted.
  'report.answer_withdrawn': () => null,
  'report.taken_back': () => null,
  'report.answer_approved': ({ answerAuthorId }) => ({ kind: 'approved', accounts: [answerAuthorId], roles: [] }),
  'report.extension_requested': asked,
  'report.transfer_requested': asked,
  'report.pause_requested': asked,
  'report.follow_up_requested': asked,
  'report.followed_up': decided,
  'report.follow_up_refused': decided,
  'report.extended': decided,
  'report.extension_refused': decided,
  'report.transferred': decided,
  'report.transfer_refused': decided,
  'report.paused': decided,
  'report.pause_refused': decided,
  'report.citizen_replied': replied,
  'report.information_added': replied,
  'report.rated': (event) =>
    event.details.rating === 'dissatisfied'
      ? { kind: 'dissatisfied', accounts: [event.report.assigneeId], roles: heads(event) }
      : null,
  'report.note_added': ({ details }) => {
    const accounts = Array.isArray(details.mentions) ? details.mentions.map(String) : []
    return accounts.length > 0 ? { kind: 'mentioned', accounts, roles: [] } : null
  },
  'report.reopened': (event) => ({ kind: 'reopened', ...holders(event) }),
  'report.escalated': (event) => {
    const step = event.details.step as EscalationStep
    return step in escalationRecipients ? { kind: step, ...escalationRecipients[step](event) } : null
  },
}

export const notifiedEvents = Object.keys(judges)

/** The recipients of an event, with the kind of notification. The caller leaves out the actor. */
export const recipientsOf = (event: NotifiedEvent): readonly NotificationRecipients[] => [
  // First: of one event an account gets one notification, and this is what it must not miss.
  ...writerOfUnscheduled(event),
  ...[judges[event.event]?.(event) ?? []].flat(),
]

/** Any change may cancel a scheduled answer: then its writer is notified of it. */
function writerOfUnscheduled({ details }: NotifiedEvent): NotificationRecipients[] {
  const { accountId } = (details.unscheduled ?? {}) as { accountId?: string }
  return accountId ? [{ kind: 'unscheduled', accounts: [accountId], roles: [] }] : []
}
