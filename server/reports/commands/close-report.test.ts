import { expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { closeReports } from '../jobs.ts'
import { closeReport } from './close-report.ts'

test('only the system closes, and only once the rating window has passed', async ({ db }) => {
  const { agency, approver } = await buildTeam(db)
  const report = await buildReport(db, { state: 'answered', agencyId: agency.id })
  await expect(closeReport(actingAt(db, approver, '2026-04-01 08:00'), seen(report))).rejects.toThrow('forbidden')
  await expect(closeReport(actingAt(db, robot, '2026-03-09 11:00'), seen(report))).rejects.toThrow('window_open')
  await closeReport(actingAt(db, robot, '2026-03-09 11:01'), seen(report))
  const { report: after, lastEvent } = await storyOf(db, report.id)
  expect(after).toMatchObject({ state: 'closed', stateBefore: null, rating: null, lastActivityBy: 'system' })
  expect(lastEvent).toMatchObject({ event: 'report.closed', actorKind: 'robot', actorId: null, toState: 'closed' })
})

test('the closing job closes what is due, leaves the rest, and finds nothing the second time', async ({ db }) => {
  const { agency } = await buildTeam(db)
  const build = (local: string, state: 'answered' | 'in_progress' = 'answered') =>
    buildReport(db, { state, agencyId: agency.id, endedAt: hanoi(local) })
  const due = await Promise.all([build('2026-03-02 11:00'), build('2026-03-03 11:00'), build('2026-03-03 12:00')])
  const left = [await build('2026-03-04 11:00'), await build('2026-03-02 11:00', 'in_progress')]
  const ctx = actingAt(db, robot, '2026-03-11 09:00')
  expect(await closeReports(ctx)).toBe(due.length)
  for (const { id } of due)
    expect((await storyOf(db, id)).report).toMatchObject({ state: 'closed', closedAt: ctx.now() })
  for (const report of left) expect((await storyOf(db, report.id)).report).toEqual(report)
  expect(await closeReports(ctx)).toBe(0)
})

test('two workers that close at the same time close each report once', async ({ db }) => {
  const { agency } = await buildTeam(db)
  const reports = await Promise.all(
    [1, 2, 3, 4, 5].map(() => buildReport(db, { state: 'answered', agencyId: agency.id })),
  )
  const counts = await Promise.all([1, 2].map(() => closeReports(actingAt(db, robot, '2026-05-01 08:00'))))
  const closed = await Promise.all(reports.map(({ id }) => storyOf(db, id)))
  for (const { events } of closed) expect(events.filter(({ event }) => event === 'report.closed')).toHaveLength(1)
  expect(counts.reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(5)
})
