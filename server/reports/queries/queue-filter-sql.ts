import { and, or, type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import { agenciesBelow } from '#server/agencies/queries.ts'
import { type FilterSql, within } from '#server/platform/filter-sql.ts'
import { splitTags } from '#server/platform/rules/filters/kinds.ts'
import { drilledDownReports } from '../drill-downs.ts'
import type { queueFilters } from '../rules/queue-filters.ts'
import { deadlineIs } from './deadline-sql.ts'
import type { Knowing } from './queue-lookup.ts'
import { agencyIn, textArray } from './scope.ts'

const among = (column: typeof reports.severity | typeof reports.channel, values: readonly string[]): SQL =>
  sql`${column} = any(${textArray(values)})`

/**
 * The SQL of each filter. Lookups run beforehand: inside the statement of the list, the planner could not tell one
 * agency from several.
 */
export const queueFilterSql: FilterSql<typeof queueFilters, Knowing, SQL | undefined | Promise<SQL | undefined>> = {
  // The search text is handled by the search, which adds its own condition: `foundBy`.
  words: () => undefined,
  // A filter of states replaces those of the view: `statesOf`.
  states: () => undefined,
  severities: (values) => among(reports.severity, values),
  categories: (codes) => sql`${reports.categoryCode} = any(array(
    select code from categories where code = any(${textArray(codes)}) or parent_code = any(${textArray(codes)})))`,
  areas: (areaIds) => sql`${reports.areaId} = any(${`{${areaIds.join(',')}}`}::int[])`,
  agencies: async (agencyIds, { db, agenciesInFilter }) =>
    agencyIn(agenciesInFilter ?? (await agenciesBelow(db, agencyIds))),
  // The first half uses the index of holders; the second excludes reports that matched only by their present holder.
  partners: async (agencyIds, { db }) => {
    const below = textArray(await agenciesBelow(db, agencyIds))
    return sql`(${reports.heldBy} && ${below} and ${reports.heldBy} && array_remove(${below}, ${reports.agencyId}))`
  },
  assignee: (assignee, { actor }) =>
    assignee === 'none'
      ? sql`${reports.assigneeId} is null`
      : sql`${reports.assigneeId} = ${assignee === 'me' ? actor.id : assignee}::uuid`,
  channels: (values) => among(reports.channel, values),
  incident: (incident) => sql`${reports.incidentId} = ${incident}::uuid`,
  tags: (value) => {
    const { wanted, excluded } = splitTags(value)
    return and(
      wanted.length === 0 ? undefined : sql`${reports.tags} @> ${textArray(wanted)}`,
      excluded.length === 0 ? undefined : sql`not ${reports.tags} && ${textArray(excluded)}`,
    )
  },
  deadlines: (kinds, { now }) => or(...kinds.map((kind) => deadlineIs(kind, now()))),
  received: (range) => within(sql`${reports.receivedAt}`, range),
  due: (range) => within(sql`${reports.dueAt}`, range),
  planned: (range) => within(sql`${reports.commitmentDueAt}`, range),
  photo: (has) => (has ? sql`${reports.photoCount} > 0` : sql`${reports.photoCount} = 0`),
  mark: (mark, ctx) => drilledDownReports(ctx, mark),
}
