import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { type ScheduledWords, scheduledMoves } from '#server/reports/rules/scheduling.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'
import { reports } from './reports.ts'

/**
 * An answer, or the approval of one, that waits for its time: at most one of a report. Until then nothing of the report
 * has changed; at that time the move is made as if its writer made it then.
 */
export const scheduledAnswers = pgTable(
  'scheduled_answers',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .primaryKey()
      .references(() => reports.id),
    /** Distinguishes it from one that was cancelled before. */
    id: uuid().notNull().default(sql`uuidv7()`),
    move: text({ enum: scheduledMoves }).notNull(),
    /** Who writes the answer, or approves it. */
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    /** The text of an answer; an approved one is written already. */
    words: jsonb().$type<ScheduledWords>(),
    scheduledAt: instant('scheduled_at').notNull(),
    sendAt: instant('send_at').notNull(),
    /**
     * The version of the report whose change cancelled it: it is scheduled no more, and again where that change is
     * undone before its time. Kept here because the log, which is permanent, has no texts.
     */
    cancelledIn: integer('cancelled_in'),
  },
  (table) => [
    index('scheduled_answers_send_at').on(table.sendAt),
    check('scheduled_answers_move', oneOf(table.move, scheduledMoves)),
    check('scheduled_answers_words', sql`(${table.move} = 'answer') = (${table.words} is not null)`),
  ],
)
