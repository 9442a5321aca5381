import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { type Box, mostBoxes } from '#server/publication/rules/boxes.ts'
import { copyCauses, copyStates } from '#server/publication/rules/copy-states.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'
import { files } from './platform.ts'
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
    /**
     * Until then a rejection or merge of the report can be undone and is not public. The copy leaves public lists at
     * this time unless the decision has been undone.
     */
    leavesAt: instant('leaves_at'),
    /** Why it waits for another review. */
    cause: text({ enum: copyCauses }),
    /** Proof was sent since its last review; set by a trigger in the transaction of the sending. */
    hasNewProof: boolean('has_new_proof').notNull().default(false),
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
    index('publication_copies_leaving').on(table.leavesAt).where(sql`${table.leavesAt} is not null`),
    check('publication_copies_leaves', sql`${table.leavesAt} is null or ${table.state} = 'published'`),
    // Nothing unreviewed leaves.
    check(
      'publication_copies_reviewed',
      sql`${table.state} <> 'published' or (${table.title} is not null and ${table.reviewerId} is not null
        and ${table.reviewedAt} is not null and ${table.publishedAt} is not null)`,
    ),
  ],
)

/** A box is complete and lies within the photo. */
const boxes = sql`'$[*] ? (@.x >= 0 && @.y >= 0 && @.width > 0 && @.height > 0 && @.x + @.width <= 1 && @.y + @.height <= 1)'`

/**
 * The reviewer's decision on a photo of the report: leave it out, or show its public copy with painted boxes. A photo
 * without a row has not been decided and is not shown. Triggers send a copy back to review when a photo of its report
 * is added or removed, and make public copies that are no longer in use unused uploads, which are deleted.
 */
export const publicationPhotos = pgTable(
  'publication_photos',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => publicationCopies.reportId, { onDelete: 'cascade' }),
    /** The photo of the report. */
    fileId: uuid('file_id')
      .notNull()
      .references(() => files.id),
    isShown: boolean('is_shown').notNull(),
    boxes: jsonb().$type<Box[]>().notNull().default([]),
    /** The public copy is a separate file, because the original is never shown. */
    copyFileId: uuid('copy_file_id').references(() => files.id),
  },
  (table) => [
    primaryKey({ columns: [table.reportId, table.fileId] }),
    index('publication_photos_copy').on(table.copyFileId),
    check(
      'publication_photos_copy_drawn',
      sql`case when ${table.isShown} then ${table.copyFileId} is not null and ${table.copyFileId} <> ${table.fileId}
        else ${table.copyFileId} is null and ${table.boxes} = '[]' end`,
    ),
    check(
      'publication_photos_boxes',
      sql`jsonb_typeof(${table.boxes}) = 'array' and jsonb_array_length(${table.boxes}) <= ${sql.raw(String(mostBoxes))}
        and jsonb_array_length(${table.boxes}) = jsonb_array_length(jsonb_path_query_array(${table.boxes}, ${boxes}))`,
    ),
  ],
)
