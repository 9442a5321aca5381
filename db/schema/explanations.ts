import { sql } from 'drizzle-orm'
import { bigint, check, date, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { explanationLimits } from '#server/insights/rules/explanations.ts'
import { accounts } from './accounts.ts'
import { instant } from './columns.ts'
import { reports } from './reports.ts'
import { riskActions } from './risk-actions.ts'

/** Explanations of a risk that its owner was asked for: open, answered once, or withdrawn by who asked. */
export const explanations = pgTable(
  'explanations',
  {
    id: uuid()
      .primaryKey()
      .references(() => riskActions.id),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** What the asker adds; may be empty. */
    words: text().notNull(),
    /** How many reports the risk counted; the first of them are kept. */
    reports: integer().notNull(),
    answer: text(),
    answeredById: uuid('answered_by_id').references(() => accounts.id),
    answeredAt: instant('answered_at'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [
    // What the page of today shows: the open ones, and those answered lately.
    index('explanations_shown')
      .on(sql`coalesce(${table.answeredAt}, 'infinity')`)
      .where(sql`${table.withdrawnAt} is null`),
    check('explanations_reports', sql`${table.reports} > 0`),
    check(
      'explanations_lengths',
      sql`length(${table.words}) <= ${sql.raw(String(explanationLimits.wordsLength))}
        and length(${table.answer}) between 1 and ${sql.raw(String(explanationLimits.answerLength))}`,
    ),
    check(
      'explanations_answered_whole',
      sql`num_nonnulls(${table.answer}, ${table.answeredById}, ${table.answeredAt}) in (0, 3)`,
    ),
    check('explanations_ended_once', sql`${table.answeredAt} is null or ${table.withdrawnAt} is null`),
  ],
)

/** The reports that a risk counted when its explanation was asked for. */
export const explanationReports = pgTable(
  'explanation_reports',
  {
    explanationId: uuid('explanation_id')
      .notNull()
      .references(() => explanations.id),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
  },
  (table) => [primaryKey({ columns: [table.explanationId, table.reportId] })],
)
