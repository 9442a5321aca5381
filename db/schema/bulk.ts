import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { BulkAction } from '#server/bulk/rules/actions.ts'
import { mostRows, rowStatuses, runStates } from '#server/bulk/rules/run.ts'
import type { Inverse } from '#server/bulk/rules/undo.ts'
import { reportStates } from '#server/reports/rules/lifecycle.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'
import { reports } from './reports.ts'

/** One change made to many reports by one person. What became of each stands in `bulk_rows`. */
export const bulkRuns = pgTable(
  'bulk_runs',
  {
    /** Made by the browser: a request that is sent again finds the run it made before. */
    id: uuid().primaryKey(),
    action: jsonb('deed').$type<BulkAction>().notNull(),
    state: text({ enum: runStates }).notNull(),
    rows: integer().notNull(),
    startedById: uuid('started_by_id')
      .notNull()
      .references(() => accounts.id),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    /** When it was taken back as a whole. */
    undoneAt: instant('undone_at'),
  },
  (table) => [
    index('bulk_runs_starter').on(table.startedById, table.startedAt),
    check('bulk_runs_state', oneOf(table.state, runStates)),
    check('bulk_runs_rows', sql`${table.rows} between 1 and ${sql.raw(String(mostRows))}`),
    check('bulk_runs_finished', sql`(${table.finishedAt} is null) = (${table.state} = 'running')`),
  ],
)

/** What a run comes to, report by report: once each, however often the work begins again. */
export const bulkRows = pgTable(
  'bulk_rows',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => bulkRuns.id),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    /** Its place in the run, from one. */
    position: integer().notNull(),
    /** What it was when the run was confirmed, and what this change has made of it. */
    state: text({ enum: reportStates }).notNull(),
    version: integer().notNull(),
    versionAfter: integer('version_after'),
    status: text({ enum: rowStatuses }).notNull(),
    /** Why nothing was changed or taken back, as a code. */
    refusal: text(),
    /** What puts it back as it was. */
    inverse: jsonb().$type<Inverse>(),
    settledAt: instant('settled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.reportId] }),
    index('bulk_rows_position').on(table.runId, table.position),
    index('bulk_rows_report').on(table.reportId),
    check('bulk_rows_state', oneOf(table.state, reportStates)),
    check('bulk_rows_status', oneOf(table.status, rowStatuses)),
    check('bulk_rows_settled', sql`(${table.settledAt} is null) = (${table.status} = 'waiting')`),
    check(
      'bulk_rows_refused',
      sql`(${table.refusal} is not null) = (${table.status} in ('skipped', 'failed', 'kept'))`,
    ),
    check(
      'bulk_rows_changed',
      sql`(${table.versionAfter} is not null) = (${table.status} in ('changed', 'undone', 'kept'))`,
    ),
  ],
)
