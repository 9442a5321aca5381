import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { suggestionStatuses } from '#server/incidents/rules/incident.ts'
import { subTypes } from '#server/incidents/rules/sub-types.ts'
import { recipientStatuses } from '#server/reports/rules/answer-batch.ts'
import { accounts } from './accounts.ts'
import { answerBatches } from './answer-batches.ts'
import { instant, oneOf } from './columns.ts'
import { incidents } from './incidents.ts'
import { reportAnswers, reportMessages, reports } from './reports.ts'

/** Reports that may belong to an incident, and why: found at intake, decided on by a dispatcher. */
export const incidentSuggestions = pgTable(
  'incident_suggestions',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incidents.id),
    status: text({ enum: suggestionStatuses }).notNull().default('pending'),
    subType: text('sub_type', { enum: subTypes }),
    keywords: text().array().notNull().default(sql`'{}'`),
    suggestedAt: instant('suggested_at').notNull(),
    decidedById: uuid('decided_by_id').references(() => accounts.id),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    primaryKey({ columns: [table.reportId, table.incidentId] }),
    index('incident_suggestions_pending').on(table.incidentId, table.reportId).where(sql`${table.status} = 'pending'`),
    check('incident_suggestions_status', oneOf(table.status, suggestionStatuses)),
    check('incident_suggestions_reason', sql`${table.subType} is not null or cardinality(${table.keywords}) > 0`),
    check('incident_suggestions_decided', sql`(${table.decidedAt} is null) = (${table.status} = 'pending')`),
  ],
)

/** The outcome of a message to many, report by report: one row per batch and report. */
export const answerBatchRecipients = pgTable(
  'answer_batch_recipients',
  {
    batchId: uuid('batch_id')
      .notNull()
      .references(() => answerBatches.id),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    status: text({ enum: recipientStatuses }).notNull().default('waiting'),
    /** Why it failed or was skipped, as a code. */
    refusal: text(),
    answerId: uuid('answer_id').references(() => reportAnswers.id),
    /** The notice as stored on the report. */
    messageId: uuid('message_id').references(() => reportMessages.id),
    /** Another report of the same person, through which they get the notice. */
    viaReportId: bigint('via_report_id', { mode: 'number' }).references(() => reports.id),
    settledAt: instant('settled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.batchId, table.reportId] }),
    index('answer_batch_recipients_waiting').on(table.batchId, table.reportId).where(sql`${table.status} = 'waiting'`),
    index('answer_batch_recipients_report').on(table.reportId),
    check('answer_batch_recipients_status', oneOf(table.status, recipientStatuses)),
    check('answer_batch_recipients_settled', sql`(${table.settledAt} is null) = (${table.status} = 'waiting')`),
    check('answer_batch_recipients_noticed', sql`${table.status} <> 'noticed' or ${table.messageId} is not null`),
    check('answer_batch_recipients_covered', sql`(${table.viaReportId} is not null) >= (${table.status} = 'covered')`),
    check(
      'answer_batch_recipients_answered',
      sql`(${table.answerId} is not null) = (${table.status} in ('answered', 'submitted'))`,
    ),
  ],
)
