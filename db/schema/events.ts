import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { actorKinds, subjectKinds } from '#server/events/rules/event.ts'
import { reportStates } from '#server/reports/rules/lifecycle.ts'
import { instant, oneOf } from './columns.ts'

/**
 * The event log: what happened, in the past tense. Append-only: a trigger refuses update, delete and truncate.
 * A report's events carry `reportId`; others name their subject. `agencyId` is the agency that held the report then.
 */
export const events = pgTable(
  'events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    at: instant('at').notNull(),
    /**
     * When the log learned of it, set by the database: the beginning of the transaction that wrote it. Null for events
     * of before there was this column, and for those of a made-up city: they count as recorded when they took effect.
     */
    recordedAt: instant('recorded_at').default(sql`now()`),
    event: text().notNull(),
    subjectKind: text('subject_kind', { enum: subjectKinds }).notNull(),
    reportId: bigint('report_id', { mode: 'number' }),
    subjectId: text('subject_id'),
    actorKind: text('actor_kind', { enum: actorKinds }).notNull(),
    actorId: uuid('actor_id'),
    /** The colleague whose role the actor used, as substitute; null for an own role. */
    onBehalfOf: uuid('on_behalf_of'),
    agencyId: text('agency_id'),
    fromState: text('from_state', { enum: reportStates }),
    toState: text('to_state', { enum: reportStates }),
    /** The version of the subject after the change; null if the subject did not change (a note, a disclosure). */
    version: integer(),
    details: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    requestId: text('request_id'),
    ip: text(),
  },
  (table) => [
    index('events_report').on(table.reportId, table.id).where(sql`${table.reportId} is not null`),
    index('events_subject').on(table.subjectKind, table.subjectId, table.id).where(sql`${table.reportId} is null`),
    index('events_at').on(table.at, table.id),
    // Late entries, by the time for which the log did not know of them.
    index('events_late')
      .using('gist', sql`tstzrange(least(at, recorded_at), recorded_at)`)
      .where(sql`recorded_at > at and ${table.reportId} is not null`),
    // What was taken back, by when.
    index('events_undoing')
      .on(table.at)
      .where(
        sql`(${table.details} ? 'undoes' or ${table.event} = 'report.answer_withdrawn') and ${table.reportId} is not null`,
      ),
    index('events_actor').on(table.actorId, table.id).where(sql`${table.actorId} is not null`),
    check('events_actor_kind', oneOf(table.actorKind, actorKinds)),
    check('events_subject_kind', oneOf(table.subjectKind, subjectKinds)),
    check('events_subject', sql`(${table.subjectKind} = 'report') = (${table.reportId} is not null)`),
    check('events_staff', sql`${table.actorKind} <> 'staff' or ${table.actorId} is not null`),
  ],
)

/**
 * One row per local day, sealed after the day has ended: each digest covers the day's events and the previous digest.
 */
export const eventSeals = pgTable('event_seals', {
  day: text().primaryKey(),
  firstId: bigint('first_id', { mode: 'number' }),
  lastId: bigint('last_id', { mode: 'number' }),
  events: integer().notNull(),
  digest: text().notNull(),
  previousDigest: text('previous_digest').notNull(),
  sealedAt: instant('sealed_at').notNull().defaultNow(),
})
