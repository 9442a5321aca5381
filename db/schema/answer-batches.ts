import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { batchStates, secondPersonAbove } from '#server/reports/rules/answer-batch.ts'
import type { BatchFilter } from '#server/reports/rules/batch-schemas.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'
import { incidents } from './incidents.ts'

/** One message to many reporters of an incident. What became of each report stands in `answer_batch_recipients`. */
export const answerBatches = pgTable(
  'answer_batches',
  {
    /** Made by the browser: a request that is sent again finds the batch it made before. */
    id: uuid().primaryKey(),
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incidents.id),
    state: text({ enum: batchStates }).notNull(),
    filter: jsonb().$type<BatchFilter>().notNull(),
    /** As they were typed, variables and all: each report has its own rendering. */
    what: text().notNull(),
    whereDone: text('where_done').notNull(),
    whenDone: text('when_done').notNull(),
    next: text().notNull().default(''),
    recipients: integer().notNull(),
    /** Asked for by its size, or by its author. */
    secondPerson: text('second_person', { enum: ['needed', 'wanted', 'none'] }).notNull(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => accounts.id),
    /** In whose place it was written, by a lent role. */
    authorFor: uuid('author_for').references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
    reviewerId: uuid('reviewer_id').references(() => accounts.id),
    reviewerFor: uuid('reviewer_for').references(() => accounts.id),
    reviewedAt: instant('reviewed_at'),
    remarks: text(),
    finishedAt: instant('finished_at'),
    /** How many had failed when somebody last had it go on: these stop it no more. */
    failedBefore: integer('failed_before').notNull().default(0),
    version: integer().notNull().default(1),
  },
  (table) => [
    index('answer_batches_incident').on(table.incidentId, table.createdAt),
    check('answer_batches_state', oneOf(table.state, batchStates)),
    check('answer_batches_second_person', oneOf(table.secondPerson, ['needed', 'wanted', 'none'])),
    check(
      'answer_batches_two_persons',
      sql`${table.reviewerId} is null or (
        ${table.authorId} is distinct from ${table.reviewerId} and ${table.authorId} is distinct from ${table.reviewerFor}
        and (${table.authorFor} is null or (
          ${table.authorFor} is distinct from ${table.reviewerId} and ${table.authorFor} is distinct from ${table.reviewerFor})))`,
    ),
    check(
      'answer_batches_large',
      sql`${table.recipients} <= ${sql.raw(String(secondPersonAbove))} or ${table.secondPerson} = 'needed'`,
    ),
    check(
      'answer_batches_reviewed',
      sql`${table.secondPerson} = 'none' or ${table.reviewerId} is not null or ${table.state} in ('awaiting_approval', 'cancelled')`,
    ),
  ],
)
