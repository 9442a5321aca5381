import { type SQL, sql } from 'drizzle-orm'
import { moveRules } from '../rules/lifecycle.ts'

const takenBack = moveRules.take_back.event

/** Whether an event takes a decision back, or was taken back itself: it counts nowhere. `events`: its alias. */
export const countsNowhere = (events: SQL): SQL => sql`(${events}.event = ${takenBack} or exists (
  select from events undoing where undoing.report_id = ${events}.report_id and undoing.id > ${events}.id
    and undoing.event = ${takenBack} and undoing.details -> 'undoes' = to_jsonb(${events}.version)))`
