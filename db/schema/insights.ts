import { type SQL, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { clockKinds } from '#server/calendars/rules/deadlines.ts'
import { channels, ratings, severities } from '#server/reports/rules/lifecycle.ts'
import { instant } from './columns.ts'

/** Stretches of time as PostgreSQL writes them: `{["2026-01-01 …","2026-01-02 …"),…}`. */
const spells = customType<{ data: string }>({ dataType: () => 'tstzmultirange' })

/** What every table of figures is narrowed by. They are copies: a figure is counted from one table alone. */
const dimensions = () => ({
  areaId: integer('area_id'),
  categoryCode: text('category_code').notNull(),
  channel: text({ enum: channels }).notNull(),
  severity: text({ enum: severities }).notNull(),
  incidentId: uuid('incident_id'),
  /** When it stood outside the figures, as spam, a test or merged; null for nearly all. */
  outSpells: spells('out_spells'),
})

const reportId = () => bigint('report_id', { mode: 'number' })

/** From this moment on nothing that is counted of the row changes any more, unless the report is told anew. */
const settledAt = (moments: SQL) =>
  timestamp('settled_at', { withTimezone: true, precision: 3 }).generatedAlwaysAs(moments)
/** Of a row that is left out for a time: that time may end. More than one such stretch: never. */
const settledWithSpells = (moments: SQL): SQL =>
  sql`case when out_spells is null then greatest(${moments})
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(${moments}, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end`

/**
 * What took longest: what was not settled at a moment long past is found among these and what happened shortly before
 * it.
 */
const lasting = (name: string, settled: AnyPgColumn, since: SQL) =>
  index(name).on(settled).where(sql`settled_at - ${since} >= interval '60 days'`)

/** Few rows belong to an incident, and its board asks for them alone. */
const ofIncident = (name: string, incident: AnyPgColumn) => index(name).on(incident).where(sql`${incident} is not null`)

/**
 * One row a report, told anew from its events whenever something happens to it: nothing here is the truth, and all of
 * it can be rebuilt. Where it stood at any moment T is `standing` from `countedStateAt` on, before that
 * `turnsTo[width_bucket(T, turnsAt)]`.
 */
export const reportFacts = pgTable(
  'report_facts',
  {
    reportId: reportId().primaryKey(),
    receivedAt: instant('received_at').notNull(),
    /** Whole hours since 1970 on Hanoi's clocks: days, weeks and hours of the week follow by division. */
    receivedHour: integer('received_hour').notNull(),
    /** The agency that has it, or had it last. */
    agencyId: text('agency_id'),
    firstAgencyId: text('first_agency_id'),
    ...dimensions(),
    /**
     * Number of its last known turn (`server/insights/rules/counted-state.ts`); that may be a deadline still to come.
     */
    countedState: smallint('standing').notNull(),
    countedStateAt: instant('standing_at').notNull(),
    /** All its turns from the receipt on; null where there is none between the receipt and the last. */
    turnsAt: timestamp('turns_at', { withTimezone: true, precision: 3, mode: 'string' }).array(),
    turnsTo: smallint('turns_to').array(),
    firstAnswerAt: instant('first_answer_at'),
    firstAnswerMinutes: integer('first_answer_minutes'),
    assignedAt: instant('assigned_at'),
    intakeMinutes: integer('intake_minutes'),
    closes: smallint().notNull(),
    closedAt: instant('closed_at'),
    closeMinutes: integer('close_minutes'),
    closeCalendarMinutes: integer('close_calendar_minutes'),
    agencyChanges: smallint('agency_changes').notNull(),
    forwarded: boolean().notNull(),
    pingPong: boolean('ping_pong').notNull(),
    /** The states it went through, a letter each. */
    path: text().notNull(),
    settledAt: settledAt(sql`greatest(standing_at, first_answer_at, assigned_at, closed_at)`),
  },
  (table) => [
    index('report_facts_received').on(table.receivedAt, table.settledAt),
    index('report_facts_agency').on(table.agencyId, table.receivedAt),
    index('report_facts_category').on(table.categoryCode, table.receivedAt),
    index('report_facts_area').on(table.areaId, table.receivedAt),
    index('report_facts_incident').on(table.incidentId, table.receivedAt).where(sql`${table.incidentId} is not null`),
    index('report_facts_open').on(table.receivedAt).where(sql`${table.countedState} <= 2`),
    index('report_facts_settled').on(table.settledAt),
    lasting('report_facts_lasting', table.settledAt, sql`received_at`),
  ],
)

const partKey = (table: { reportId: AnyPgColumn; number: AnyPgColumn }) =>
  primaryKey({ columns: [table.reportId, table.number] })

/** A deadline given to a report: intake once, resolution at first and again after every reopening. */
export const reportPromises = pgTable(
  'report_promises',
  {
    reportId: reportId().notNull(),
    number: smallint().notNull(),
    kind: text({ enum: clockKinds }).notNull(),
    /** Responsible when due. */
    agencyId: text('agency_id'),
    ...dimensions(),
    beganAt: instant('began_at').notNull(),
    firstDueAt: instant('first_due_at'),
    /** Granted extensions included; null while paused. */
    dueAt: instant('due_at'),
    /** The first close after it began; of an intake, when it was taken in or refused. */
    doneAt: instant('done_at'),
    /** How far it was carried up when missed. */
    level: smallint().notNull().default(0),
    settledAt: settledAt(settledWithSpells(sql`due_at, first_due_at, done_at`)),
  },
  (table) => [
    partKey(table),
    index('report_promises_due').on(table.kind, table.dueAt, table.settledAt),
    index('report_promises_first_due').on(table.kind, table.firstDueAt, table.settledAt),
    index('report_promises_agency').on(table.agencyId, table.dueAt),
    index('report_promises_agency_first').on(table.agencyId, table.firstDueAt),
    index('report_promises_category').on(table.categoryCode, table.dueAt),
    index('report_promises_category_first').on(table.categoryCode, table.firstDueAt),
    index('report_promises_extended')
      .on(table.kind, table.dueAt, table.outSpells)
      .where(sql`${table.dueAt} > ${table.firstDueAt}`),
    ofIncident('report_promises_incident', table.incidentId),
    lasting('report_promises_lasting', table.settledAt, sql`due_at`),
    lasting('report_promises_first_lasting', table.settledAt, sql`first_due_at`),
  ],
)

/** Each time a report was answered or refused, with what became of that. */
export const reportCloses = pgTable(
  'report_closes',
  {
    reportId: reportId().notNull(),
    number: smallint().notNull(),
    /** At the close. */
    agencyId: text('agency_id'),
    ...dimensions(),
    at: instant('at').notNull(),
    answered: boolean().notNull(),
    minutes: integer().notNull(),
    calendarMinutes: integer('calendar_minutes').notNull(),
    reopenedAt: instant('reopened_at'),
    reopenedByCitizen: boolean('reopened_by_citizen'),
    /** The last the citizen gave before it was opened again. */
    rating: text({ enum: ratings }),
    ratedAt: instant('rated_at'),
    settledAt: settledAt(settledWithSpells(sql`at, reopened_at, rated_at`)),
  },
  (table) => [
    partKey(table),
    index('report_closes_at').on(table.at, table.settledAt),
    // What may have been closed more than once counts once: it is looked at report by report. All that is asked of it
    // stands here, for its rows lie scattered over the table.
    index('report_closes_again')
      .on(
        table.at,
        table.reportId,
        table.number,
        table.reopenedAt,
        table.reopenedByCitizen,
        table.answered,
        table.rating,
        table.ratedAt,
        table.agencyId,
        table.categoryCode,
        table.areaId,
        table.channel,
        table.severity,
        table.incidentId,
        table.outSpells,
      )
      .where(sql`${table.number} > 1 or ${table.reopenedAt} is not null`),
    index('report_closes_agency').on(table.agencyId, table.at),
    index('report_closes_category').on(table.categoryCode, table.at),
    index('report_closes_reopened').on(table.reopenedAt).where(sql`${table.reopenedAt} is not null`),
    ofIncident('report_closes_incident', table.incidentId),
    lasting('report_closes_lasting', table.settledAt, sql`at`),
  ],
)

/** A stretch for which one agency held a report. */
export const reportHoldingPeriods = pgTable(
  'report_stays',
  {
    reportId: reportId().notNull(),
    number: smallint().notNull(),
    agencyId: text('agency_id').notNull(),
    ...dimensions(),
    fromAt: instant('from_at').notNull(),
    /** Null: it still has it. */
    toAt: instant('to_at'),
    /** Working minutes, pauses left out; null while it lasts. */
    minutes: integer(),
    settledAt: settledAt(settledWithSpells(sql`to_at`)),
  },
  (table) => [
    partKey(table),
    index('report_stays_to').on(table.toAt, table.settledAt),
    index('report_stays_agency').on(table.agencyId, table.toAt),
    index('report_stays_category').on(table.categoryCode, table.toAt),
    ofIncident('report_stays_incident', table.incidentId),
    lasting('report_stays_lasting', table.settledAt, sql`to_at`),
  ],
)

export const sumLevels = ['day', 'month'] as const

/**
 * The rows of a local day or month added up, as they stand at the end of all time (`server/insights/rules/tally.ts`).
 * Whoever writes rows of a day takes its sums away in the same transaction: what stands here is right, and what is
 * missing is counted from the rows.
 */
export const figureSums = pgTable(
  'figure_sums',
  {
    /** Category, channel and severity, each of them or all; or the mark of whoever is filling the month. */
    slice: text().notNull(),
    level: text({ enum: sumLevels }).notNull(),
    firstDay: date('first_day', { mode: 'string' }).notNull(),
    /** JSON that is written and compared as text. */
    sums: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.slice, table.level, table.firstDay] }),
    index('figure_sums_day').on(table.firstDay),
  ],
)

/**
 * Reports whose events are ahead of their figures: a trigger on the event log puts them here, in the transaction of the
 * change. Without a unique key, so that no change ever waits for another or for whoever is catching up.
 */
export const staleFacts = pgTable('stale_facts', {
  id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  reportId: reportId().notNull(),
})

/** Each night the figures are told anew from the log and compared with what stands here. */
export const factChecks = pgTable('fact_checks', {
  id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  at: instant('at').notNull(),
  compared: integer().notNull(),
  failed: integer().notNull(),
  /** The first of those that differed. */
  reportIds: jsonb('report_ids').$type<number[]>().notNull().default([]),
})
