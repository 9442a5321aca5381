import { inArray, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { deadlineStateOf } from '#server/calendars/rules/deadlines.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { alwaysOpen } from '#server/calendars/rules/working-time.ts'
import { deadlineGroups } from '../rules/map.ts'
import { deadlineKinds } from '../rules/queue-filters.ts'
import { deadlineGroupAt, deadlineIs } from './deadline-sql.ts'

const now = hanoi('2026-03-04 10:00')
const around = [-1, 0, 1].map((beside) => new Date(now.getTime() + beside))
const none = { dueAt: null, soonAt: null, pausedAt: null }
/** What the row of a report can say of its deadline, around the moment. */
const deadlines = [
  none,
  ...around.map((pausedAt) => ({ ...none, pausedAt })),
  ...around.flatMap((dueAt) => [null, ...around].map((soonAt) => ({ ...none, dueAt, soonAt }))),
]

test('lists decide on deadlines as the report itself does', async ({ db }) => {
  const ids: number[] = []
  for (const deadline of deadlines) ids.push((await buildReport(db, { state: 'in_progress', ...deadline })).id)
  const kinds = Object.fromEntries(
    deadlineKinds.map((kind) => [kind, sql<boolean>`(${deadlineIs(kind, now)}) is true`]),
  )
  const rows = await db
    .select({ ...kinds, group: sql<number>`${deadlineGroupAt(now)}`, id: reports.id })
    .from(reports)
    .where(inArray(reports.id, ids))
    .orderBy(reports.id)
  expect(rows).toEqual(
    deadlines.map((deadline, place) => {
      const { kind } = deadlineStateOf(deadline, now, alwaysOpen)
      const group = deadlineGroups.indexOf(kind)
      return { id: ids[place], group, ...Object.fromEntries(deadlineKinds.map((each) => [each, each === kind])) }
    }),
  )
})
