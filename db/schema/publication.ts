import { sql } from 'drizzle-orm'
import { bigint, check, doublePrecision, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { copyCauses, copyStates } from '#server/publication/rules/copy-states.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'
import { reports } from './reports.ts'

/**
 * What the public may read of a report, once staff have reviewed it. A report without a row waits for its first review:
 * until someone works on it, the copy is what the rules propose. A trigger on `reports` sends a copy back to review
 * when a text or the point of its report changes, or the report is merged or rejected.
 */
export const publicationCopies = pgTable(
  'publication_copies',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .primaryKey()
      .references(() => reports.id, { onDelete: 'cascade' }),
    /** Of the report: public lists are in this order. */
    receivedAt: instant('received_at').notNull(),
    state: text({ enum: copyStates }).notNull(),
    version: integer().notNull().default(1),
    /** Null while they are as the rules propose. */
    title: text(),
    body: text(),
    address: text(),
    /** Null also where the reviewer keeps the point inside. */
    lon: doublePrecision(),
    lat: doublePrecision(),
    reviewerId: uuid('reviewer_id').references(() => accounts.id),
    /** The colleague on whose behalf the reviewer decided, as substitute. */
    reviewerFor: uuid('reviewer_for').references(() => accounts.id),
    reviewedAt: instant('reviewed_at'),
    publishedAt: instant('published_at'),
    /** Why it waits for another review. */
    cause: text({ enum: copyCauses }),
  },
  (table) => [
    index('publication_copies_public').on(table.receivedAt, table.reportId).where(sql`${table.state} = 'published'`),
    check('publication_copies_state', oneOf(table.state, copyStates)),
    check('publication_copies_cause', sql`${table.cause} is null or ${oneOf(table.cause, copyCauses)}`),
    check('publication_copies_point', sql`(${table.lon} is null) = (${table.lat} is null)`),
    check(
      'publication_copies_texts',
      sql`(${table.title} is null) = (${table.body} is null) and (${table.title} is null) = (${table.address} is null)`,
    ),
    // Nothing unreviewed leaves.
    check(
      'publication_copies_reviewed',
      sql`${table.state} <> 'published' or (${table.title} is not null and ${table.reviewerId} is not null
        and ${table.reviewedAt} is not null and ${table.publishedAt} is not null)`,
    ),
  ],
)
