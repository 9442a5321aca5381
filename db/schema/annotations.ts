import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { annotationTags } from '#server/insights/rules/annotation.ts'
import { agencies } from './agencies.ts'
import { instant, oneOf } from './columns.ts'

/** Annotations by managers on the time charts: why a line went up or down. */
export const annotations = pgTable(
  'annotations',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    startsAt: instant('starts_at').notNull(),
    /** Null: a single moment. */
    endsAt: instant('ends_at'),
    tag: text({ enum: annotationTags }).notNull(),
    words: text().notNull(),
    /** Null: the whole city. */
    agencyId: text('agency_id').references(() => agencies.id),
    version: integer().notNull().default(1),
  },
  (table) => [
    index('annotations_starts_at').on(table.startsAt),
    check('annotations_tag', oneOf(table.tag, annotationTags)),
    check('annotations_span', sql`${table.endsAt} is null or ${table.endsAt} >= ${table.startsAt}`),
  ],
)
