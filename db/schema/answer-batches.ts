import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { batchKinds, batchStates, secondPersonAbove } from '#server/reports/rules/answer-batch.ts'
import type { BatchFilter, NoticeFilter } from '#server/reports/rules/batch-schemas.ts'
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
    kind: text({ enum: batchKinds }).notNull().default('answer'),
    state: text({ enum: batchStates }).notNull(),
    filter: jsonb().$type<BatchFilter | NoticeFilter>().notNull(),
    /** As they were typed, variables and all: each report has its own rendering. */
    what: text().notNull(),
    /** A notice has only `what`. */
    whereDone: text('where_done').notNull().default(''),
    whenDone: text('when_done').notNull().default(''),
    next: text().notNull().default(''),
    /** Reports that get an answer; persons whom a notice reaches. */
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
    /** Before this instant nothing of a notice goes out: until then it may be called off as if it had never been. */
    leavesAt: instant('leaves_at'),
    /** The notice that this one repeats to those who reported since. */
    followsId: uuid('follows_id').references((): AnyPgColumn => answerBatches.id),
    /** How many had failed when somebody last had it go on: these stop it no more. */
    failedBefore: integer('failed_before').notNull().default(0),
    version: integer().notNull().default(1),
  },
  (table) => [
    index('answer_batches_incident').on(table.incidentId, table.createdAt),
    check('answer_batches_kind', oneOf(table.kind, batchKinds)),
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
