import { and, isNotNull, type SQL, sql } from 'drizzle-orm'
import { oneOf } from '#db/schema/columns.ts'
import { reports } from '#db/schema/index.ts'
import { handledStates, openStates, type ReportState } from './rules/lifecycle.ts'

/** The state of a report, or of `column`, is one of these. */
export const stateIs = (states: readonly ReportState[], column: SQL = sql`${reports.state}`): SQL =>
  states.length === 0 ? sql`false` : oneOf(column, states)

export const isOpenReport = stateIs(openStates)

/** Handled, but its latest answer plans more for a day: its agency still has to follow it up. */
export const isCommitted = and(isNotNull(reports.commitmentDueAt), stateIs(handledStates))
