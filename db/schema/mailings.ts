import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { attachments, type LeftOut, mailingEditions, runErrors, runStates } from '#server/insights/rules/mailing.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'
import { incidents } from './incidents.ts'

/**
 * A report sent by mail at scheduled times. Each recipient is an account and gets the figures that account may see.
 */
export const mailings = pgTable(
  'mailings',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    name: text().notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => accounts.id),
    edition: text({ enum: mailingEditions }).notNull(),
    day: integer().notNull(),
    minute: integer().notNull(),
    onWorkingDays: boolean('on_working_days').notNull(),
    skipsEmpty: boolean('skips_empty').notNull(),
    locale: text({ enum: ['vi', 'en'] }).notNull(),
    attachments: text({ enum: attachments }).array().notNull(),
    recipientIds: uuid('recipient_ids').array().notNull(),
    isActive: boolean('is_active').notNull().default(true),
    /** When it is sent next; for one that waits for incidents, the moment from which their closings count. */
    nextAt: instant('next_at').notNull(),
    version: integer().notNull().default(1),
  },
  (table) => [
    index('mailings_next_at').on(table.nextAt).where(sql`${table.isActive}`),
    check('mailings_edition', oneOf(table.edition, mailingEditions)),
    check('mailings_minute', sql`${table.minute} between 0 and 1439`),
  ],
)

/** One run of a mailing. The process that changes `waiting` to `running` does it; the row is the claim. */
export const mailingRuns = pgTable(
  'mailing_runs',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    mailingId: uuid('mailing_id')
      .notNull()
      .references(() => mailings.id, { onDelete: 'cascade' }),
    /**
     * Its scheduled moment: the figures are those of the period that ended before, or of the incident closed then.
     */
    dueAt: instant('due_at').notNull(),
    /** The incident it reports on, if the mailing waits for incidents. */
    incidentId: uuid('incident_id').references(() => incidents.id),
    isTest: boolean('is_test').notNull().default(false),
    state: text({ enum: runStates }).notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    notBefore: instant('not_before').notNull(),
    startedAt: instant('started_at'),
    /** The last heartbeat of the process that runs it: one that is silent for long has lost the claim. */
    claimedAt: instant('claimed_at'),
    finishedAt: instant('finished_at'),
    /** The recipients of the mailing when it fell due. */
    recipientIds: uuid('recipient_ids').array().notNull().default(sql`'{}'`),
    /** Who has received it: a resumed run does not send twice. */
    sentTo: uuid('sent_to').array().notNull().default(sql`'{}'`),
    /** The recipient whose letter is being passed to the mail server right now. */
    handingTo: uuid('handing_to'),
    /** Recipients who may or may not have received it: the process died before it recorded the server's answer. */
    unsure: uuid().array().notNull().default(sql`'{}'`),
    leftOut: jsonb('left_out').$type<LeftOut[]>().notNull().default([]),
    error: text({ enum: runErrors }),
  },
  (table) => [
    uniqueIndex('mailing_runs_once')
      .on(table.mailingId, table.dueAt)
      .where(sql`not ${table.isTest} and ${table.incidentId} is null`),
    // An incident that is reopened and closed again is not reported twice.
    uniqueIndex('mailing_runs_once_an_incident')
      .on(table.mailingId, table.incidentId)
      .where(sql`not ${table.isTest} and ${table.incidentId} is not null`),
    index('mailing_runs_open').on(table.notBefore).where(sql`${table.state} in ('waiting', 'running')`),
    check('mailing_runs_state', oneOf(table.state, runStates)),
    check('mailing_runs_error', sql`${table.error} is null or ${oneOf(table.error, runErrors)}`),
  ],
)
