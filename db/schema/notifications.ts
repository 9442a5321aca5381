import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { escalationSteps, notificationKinds, riskNotices } from '#server/notifications/rules/kinds.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'
import { reports } from './reports.ts'
import { riskActions } from './risk-actions.ts'

/**
 * Events that may have recipients and are not notified yet: a trigger marks them in their transaction.
 */
export const notificationMarks = pgTable('notification_marks', {
  eventId: bigint('event_id', { mode: 'number' }).primaryKey(),
  /**
   * The number of failed attempts, and when the next one is due; at first, when the time has passed in which the event
   * can be undone.
   */
  attempts: smallint().notNull().default(0),
  retryAt: instant('retry_at'),
})

/**
 * Notifications of one account about a report, or about a risk of the page of today. Each follows from an event of the
 * log, and is written once.
 */
export const notifications = pgTable(
  'notifications',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    kind: text({ enum: notificationKinds }).notNull(),
    reportId: bigint('report_id', { mode: 'number' }).references(() => reports.id),
    riskActionId: uuid('risk_action_id').references(() => riskActions.id),
    eventId: bigint('event_id', { mode: 'number' }).notNull(),
    actorId: uuid('actor_id').references(() => accounts.id),
    /** Within the recipient's working hours: before it the bell does not show it. */
    shownAt: instant('shown_at').notNull(),
    readAt: instant('read_at'),
    mailedAt: instant('mailed_at'),
  },
  (table) => [
    unique('notifications_once').on(table.accountId, table.eventId),
    index('notifications_account').on(table.accountId, table.shownAt, table.id),
    index('notifications_unread').on(table.accountId, table.shownAt).where(sql`${table.readAt} is null`),
    // Announcing, mailing and deleting search by the time shown, across all accounts.
    index('notifications_shown').on(table.shownAt),
    index('notifications_report').on(table.reportId, table.accountId),
    check('notifications_kind', oneOf(table.kind, notificationKinds)),
    check(
      'notifications_about',
      sql`case when ${oneOf(table.kind, riskNotices)} then ${table.reportId} is null and ${table.riskActionId} is not null
        else ${table.reportId} is not null and ${table.riskActionId} is null end`,
    ),
  ],
)

/**
 * The escalation steps that a report has reached. `about` is the due instant they are counted from, or, for a forgotten
 * report, when it was last worked on, or, if the citizen does not reply, when they were asked: an extension begins the
 * escalation again.
 */
export const reportEscalations = pgTable(
  'report_escalations',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    step: text({ enum: escalationSteps }).notNull(),
    about: instant('about').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.reportId, table.step, table.about] }),
    check('report_escalations_step', oneOf(table.step, escalationSteps)),
  ],
)
