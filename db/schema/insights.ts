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
import type { Settled } from '#server/insights/rules/settled.ts'
import { channels, ratings, severities } from '#server/reports/rules/lifecycle.ts'
import { instant } from './columns.ts'

/** A multirange in PostgreSQL notation: `{["2026-01-01 …","2026-01-02 …"),…}`. */
const spells = customType<{ data: string }>({ dataType: () => 'tstzmultirange' })

/**
 * The columns by which every table of figures is filtered. They are copies: a figure is counted from one table only.
 */
const dimensions = () => ({
  areaId: integer('area_id'),
  categoryCode: text('category_code').notNull(),
  channel: text({ enum: channels }).notNull(),
  severity: text({ enum: severities }).notNull(),
  incidentId: uuid('incident_id'),
  /** When it was excluded from the figures, as spam, a test or merged; null for nearly all. */
  outSpells: spells('out_spells'),
})

/** Infinity is no `Date`. */
const bound = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' })

/**
 * The figures of a moment read the version of a row that is valid then: from the first of these instants on, before the
 * second. Rows with a single version are valid always, and the last version of any row for ever
 * (`server/insights/rules/versions.ts`).
 */
const validity = () => ({
  validFrom: bound('valid_from').notNull().default('-infinity'),
  validTo: bound('valid_to').notNull().default('infinity'),
})

/**
 * When the log learned of the report, if that was later than its receipt: a row counts as issued from then on
 * (`server/insights/rules/known.ts`). Null for nearly all.
 */
const knownAt = () => ({ knownAt: instant('known_at') })

/** What was received by a moment and is known only since is found by it. */
const knownLate = (name: string, known: AnyPgColumn) => index(name).on(known).where(sql`${known} is not null`)

const reportId = () => bigint('report_id', { mode: 'number' })

/**
 * From this moment on no counted value of the row changes, unless the report is recomputed: the last version has begun,
 * an earlier one has ended.
 */
const settledAt = (moments: SQL) =>
  timestamp('settled_at', { withTimezone: true, precision: 3 }).generatedAlwaysAs(
    sql`case when valid_to < 'infinity'::timestamptz then valid_to else ${moments} end`,
  )
/** For a row that is excluded for a time, the end of that time counts too. With several such stretches: never. */
const settledWithSpells = (moments: SQL): SQL =>
  sql`case when out_spells is null then greatest(${moments}, valid_from)
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(${moments}, valid_from, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end`

/**
 * Index of rows that took long to settle: the rows not settled at a past moment are among these and those that began
 * shortly before it.
 */
const lasting = (name: string, settled: AnyPgColumn, since: SQL) =>
  index(name).on(settled).where(sql`settled_at - ${since} >= interval '60 days'`)

/** Few rows belong to an incident, and its board queries only these. */
const ofIncident = (name: string, incident: AnyPgColumn) => index(name).on(incident).where(sql`${incident} is not null`)

/**
 * One row per report, or several versions of it, recomputed from its events whenever something happens to it: derived
 * data, which can be rebuilt.
 * Its counted state at a moment T is `countedState` from `countedStateAt` on, before that
 * `turnsTo[width_bucket(T, turnsAt)]`.
 */
export const reportFacts = pgTable(
  'report_facts',
  {
    reportId: reportId().notNull(),
    ...validity(),
    ...knownAt(),
    receivedAt: instant('received_at').notNull(),
    /** Whole hours since 1970 on Hanoi's clocks: days, weeks and hours of the week follow by division. */
    receivedHour: integer('received_hour').notNull(),
    /** From then on it is judged whether it has been handled: as fixed at its receipt. */
    maturesAt: instant('matures_at').notNull(),
    /** The agency that has it, or had it last. */
    agencyId: text('agency_id'),
    firstAgencyId: text('first_agency_id'),
    ...dimensions(),
    /**
     * Number of its last known turn (`server/insights/rules/counted-state.ts`); it may be a deadline in the future.
     */
    countedState: smallint('standing').notNull(),
    countedStateAt: instant('standing_at').notNull(),
    /** All its turns from the receipt on; null if there is none between the receipt and the last. */
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
    /** The states it went through, one letter each. */
    path: text().notNull(),
    /** When it went into each of them. */
    pathAt: timestamp('path_at', { withTimezone: true, precision: 3, mode: 'string' }).array().notNull(),
    settledAt: settledAt(
      sql`greatest(standing_at, first_answer_at, assigned_at, closed_at, valid_from, path_at[cardinality(path_at)])`,
    ),
  },
  (table) => [
    primaryKey({ columns: [table.reportId, table.validFrom] }),
    index('report_facts_received').on(table.receivedAt, table.settledAt),
    index('report_facts_agency').on(table.agencyId, table.receivedAt),
    index('report_facts_category').on(table.categoryCode, table.receivedAt),
    index('report_facts_area').on(table.areaId, table.receivedAt),
    index('report_facts_incident').on(table.incidentId, table.receivedAt).where(sql`${table.incidentId} is not null`),
    index('report_facts_open')
      .on(table.receivedAt)
      .where(sql`${table.countedState} <= 2 and ${table.validTo} = 'infinity'`),
    index('report_facts_settled').on(table.settledAt),
    lasting('report_facts_lasting', table.settledAt, sql`received_at`),
    knownLate('report_facts_known', table.knownAt),
    // What was received by a moment and matures only after it: most within thirty days, the rest by the second index.
    index('report_facts_matures').on(table.maturesAt, table.receivedAt),
    index('report_facts_matures_late')
      .on(table.maturesAt)
      .where(sql`${table.maturesAt} - ${table.receivedAt} >= interval '30 days'`),
  ],
)

const partKey = (table: { reportId: AnyPgColumn; number: AnyPgColumn; validFrom: AnyPgColumn }) =>
  primaryKey({ columns: [table.reportId, table.number, table.validFrom] })

/**
 * A deadline of a report: one for intake, one for resolution and one more after every reopening; each day to which an
 * answer committed the agency; and the moments at which it is as old as others when they are compared.
 */
export const reportPromises = pgTable(
  'report_promises',
  {
    reportId: reportId().notNull(),
    number: smallint().notNull(),
    ...validity(),
    ...knownAt(),
    /** A commitment, and the day on which a report reaches an age, is no promise: it has figures of its own. */
    kind: text({ enum: [...clockKinds, 'commitment', 'answer_age', 'close_age'] }).notNull(),
    /** The agency responsible when it was due. */
    agencyId: text('agency_id'),
    ...dimensions(),
    beganAt: instant('began_at').notNull(),
    firstDueAt: instant('first_due_at'),
    /** Granted extensions included; null while paused. */
    dueAt: instant('due_at'),
    /** The first close after it began; for intake, when it was received or rejected. */
    doneAt: instant('done_at'),
    /** Of a commitment: when another day was told. */
    movedAt: instant('moved_at'),
    /** The highest escalation level when missed. */
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
    knownLate('report_promises_known', table.knownAt),
  ],
)

/** Each time a report was answered or rejected, with what followed. */
export const reportCloses = pgTable(
  'report_closes',
  {
    reportId: reportId().notNull(),
    number: smallint().notNull(),
    ...validity(),
    ...knownAt(),
    /** The agency at the close. */
    agencyId: text('agency_id'),
    ...dimensions(),
    at: instant('at').notNull(),
    answered: boolean().notNull(),
    minutes: integer().notNull(),
    calendarMinutes: integer('calendar_minutes').notNull(),
    reopenedAt: instant('reopened_at'),
    reopenedByCitizen: boolean('reopened_by_citizen'),
    /** The citizen's last rating before it was reopened. */
    rating: text({ enum: ratings }),
    ratedAt: instant('rated_at'),
    settledAt: settledAt(settledWithSpells(sql`at, reopened_at, rated_at`)),
  },
  (table) => [
    partKey(table),
    index('report_closes_at').on(table.at, table.settledAt),
    // Reports closed more than once count once, so they are read report by report. The index includes all columns
    // queried, because the rows are scattered over the table.
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
        table.validFrom,
        table.validTo,
      )
      .where(sql`${table.number} > 1 or ${table.reopenedAt} is not null`),
    index('report_closes_agency').on(table.agencyId, table.at),
    index('report_closes_category').on(table.categoryCode, table.at),
    index('report_closes_reopened').on(table.reopenedAt).where(sql`${table.reopenedAt} is not null`),
    ofIncident('report_closes_incident', table.incidentId),
    lasting('report_closes_lasting', table.settledAt, sql`at`),
    knownLate('report_closes_known', table.knownAt),
  ],
)

/** A holding period: one agency held a report. */
export const reportHoldingPeriods = pgTable(
  'report_stays',
  {
    reportId: reportId().notNull(),
    number: smallint().notNull(),
    ...validity(),
    ...knownAt(),
    agencyId: text('agency_id').notNull(),
    ...dimensions(),
    fromAt: instant('from_at').notNull(),
    /** Null: it still holds it. */
    toAt: instant('to_at'),
    /** Working minutes without pauses; null while it lasts. */
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
    knownLate('report_stays_known', table.knownAt),
  ],
)

export const sumLevels = ['day', 'month'] as const

/**
 * The sums of the rows of a local day or month, in their final state (`server/insights/rules/tally.ts`). A transaction
 * that writes rows of a day also changes or deletes its sums: stored sums are correct, and missing ones are counted
 * from the rows.
 */
export const figureSums = pgTable(
  'figure_sums',
  {
    /** Category, channel and severity, each of them or all; or the mark of the process that is filling the month. */
    slice: text().notNull(),
    level: text({ enum: sumLevels }).notNull(),
    firstDay: date('first_day', { mode: 'string' }).notNull(),
    /** JSON, stored and compared as text. */
    sums: text().notNull(),
    /** Of the whole city: by frame, the second in which the last row of these days was settled. */
    settled: jsonb().$type<Settled>(),
  },
  (table) => [
    primaryKey({ columns: [table.slice, table.level, table.firstDay] }),
    index('figure_sums_day').on(table.firstDay),
  ],
)

/**
 * Reports whose events are ahead of their figures: a trigger on the event log inserts them in the transaction of the
 * change. Without a unique key, so that no change ever waits for another or for the process that is catching up.
 */
export const staleFacts = pgTable('stale_facts', {
  id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  reportId: reportId().notNull(),
})

/** Results of the nightly check, which recomputes figures from the log and compares them with the stored ones. */
export const factChecks = pgTable('fact_checks', {
  id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  at: instant('at').notNull(),
  compared: integer().notNull(),
  failed: integer().notNull(),
  /** The first reports that differed. */
  reportIds: jsonb('report_ids').$type<number[]>().notNull().default([]),
})
