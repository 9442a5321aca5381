import { and, asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam } from '#db/factories/team.ts'
import { type categories, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { escalate } from './escalate.ts'

/**
 * The steps, with their days, of a report last worked on on Monday at ten and due on the following Monday at nine, at
 * each of these moments.
 */
async function stepsAt(db: Database, category: Partial<typeof categories.$inferSelect>, ...moments: string[]) {
  const [{ agency, officer }, { code: categoryCode }] = [await buildTeam(db), await buildCategory(db, category)]
  const held = { agencyId: agency.id, heldBy: [agency.id], assigneeId: officer.id }
  const touched = { lastActivityAt: hanoi('2026-03-02 10:00'), lastActivityBy: 'staff' as const }
  const report = await buildReport(db, { state: 'in_progress', categoryCode, ...held, ...touched })
  const taken: unknown[] = []
  for (const local of moments) {
    await escalate(actingAt(db, robot, local))
    const log = await db
      .select({ details: events.details })
      .from(events)
      .where(and(eq(events.reportId, report.id), eq(events.event, 'report.escalated')))
      .orderBy(asc(events.id))
    taken.push(log.slice(taken.flat().length).map(({ details: { step, days } }) => (days ? `${step} ${days}` : step)))
  }
  return taken
}

test('the head and the city are notified of overdue reports after the working days set by the category', async ({
  db,
}) => {
  const days = { headAfterDays: 2, cityAfterDays: 4, forgottenAfterDays: 30 }
  const moments = ['2026-03-09 09:01', '2026-03-11 08:59', '2026-03-11 09:01', '2026-03-13 09:01'] as const
  expect(await stepsAt(db, days, ...moments)).toEqual([['overdue'], [], ['overdue_day 2'], ['overdue_days 4']])
})

test('a step configured for many days later is still notified', async ({ db }) => {
  const days = { headAfterDays: 1, cityAfterDays: 12, forgottenAfterDays: 30 }
  const moments = ['2026-03-10 09:01', '2026-03-25 08:59', '2026-03-25 09:01'] as const
  expect(await stepsAt(db, days, ...moments)).toEqual([['overdue_day 1'], [], ['overdue_days 12']])
})

test('a report without work is forgotten after the working days set by the category', async ({ db }) => {
  const moments = ['2026-03-03 09:59', '2026-03-03 10:01', '2026-03-04 10:01'] as const
  expect(await stepsAt(db, { forgottenAfterDays: 1 }, ...moments)).toEqual([[], ['forgotten 1'], []])
  expect(await stepsAt(db, { forgottenAfterDays: 2 }, ...moments)).toEqual([[], [], ['forgotten 2']])
})
