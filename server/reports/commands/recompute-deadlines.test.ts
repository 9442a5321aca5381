import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { calendarDays, events, incidents } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { confirmDay, removeDay, saveDay } from '#server/calendars/commands/save-day.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import type { DeadlineScope } from '../deadline-changes.ts'
import { dryRunDeadlines } from '../queries/deadline-dry-run.ts'
import { openRanges, recomputeDeadlines } from './recompute-deadlines.ts'

/** Monday noon; the reports of these tests were received on that Monday, 02/03/2026, at 08:00 and assigned at 09:00. */
const monday = hanoi('2026-03-02 12:00')
const now = () => monday
const at = monday

async function recompute(db: Database, scope: Partial<DeadlineScope> = {}): Promise<number> {
  const whole = { calendarId: null, incidentId: null, ...scope }
  const ctx = { db, actor: robot, now }
  const ranges = await openRanges(ctx, whole)
  let moved = 0
  for (const range of ranges) moved += await recomputeDeadlines(ctx, { scope: whole, range, at })
  return moved
}

const closed = (calendarId: string, date: string) => ({
  id: null,
  version: 0,
  calendarId,
  date,
  kind: 'closed' as const,
  intervals: null,
  name: 'Nghỉ bù',
  nameEn: 'Day off in lieu',
  status: 'confirmed' as const,
  swappedWith: null,
  source: '',
})

/** An agency with a separate calendar, 08:00–12:00 and 13:00–17:00, and an admin. */
async function buildOffice(db: Database) {
  const calendarId = await buildCalendar(db)
  const agency = await buildAgency(db, { calendarId })
  const category = await buildCategory(db, { normalMinutes: 960 })
  const admin: Actor = await buildActor(db, 'admin')
  const ctx = { db, actor: admin, now }
  const report = (more: Parameters<typeof buildReport>[1] = {}) =>
    buildReport(db, { agencyId: agency.id, categoryCode: category.code, state: 'in_progress', ...more })
  return { calendarId, agency, ctx, report }
}

describe('a holiday announced late', () => {
  test('moves the open deadlines by a day and logs old and new', async ({ db }) => {
    const { calendarId, ctx, report } = await buildOffice(db)
    const { id, dueAt, version } = await report()
    expect(dueAt).toEqual(hanoi('2026-03-04 09:00'))
    await saveDay(ctx, closed(calendarId, '2026-03-03'))
    expect(await recompute(db, { calendarId })).toBe(1)
    const story = await storyOf(db, id)
    expect(story.report.dueAt).toEqual(hanoi('2026-03-05 09:00'))
    expect(story.report.version).toBe(version)
    expect(story.resolution?.dueAt).toEqual(hanoi('2026-03-05 09:00'))
    expect(story.lastEvent).toMatchObject({
      event: 'report.deadline_recomputed',
      actorKind: 'robot',
      version: null,
      details: {
        cause: 'calendar',
        dueAt: [hanoi('2026-03-04 09:00').toISOString(), hanoi('2026-03-05 09:00').toISOString()],
      },
    })
  })

  test('changes nothing the second time', async ({ db }) => {
    const { calendarId, ctx, report } = await buildOffice(db)
    const { id } = await report()
    await saveDay(ctx, closed(calendarId, '2026-03-03'))
    await recompute(db, { calendarId })
    const before = await storyOf(db, id)
    expect(await recompute(db, { calendarId })).toBe(0)
    expect(await storyOf(db, id)).toEqual(before)
  })

  test('leaves answered, closed and rejected reports as they were measured', async ({ db }) => {
    const { calendarId, ctx, report } = await buildOffice(db)
    const done = [
      await report({ state: 'answered' }),
      await report({ state: 'closed' }),
      await report({ state: 'rejected' }),
    ]
    const before = await Promise.all(done.map(({ id }) => storyOf(db, id)))
    await saveDay(ctx, closed(calendarId, '2026-03-03'))
    expect(await recompute(db, { calendarId })).toBe(0)
    expect(await Promise.all(done.map(({ id }) => storyOf(db, id)))).toEqual(before)
  })

  test('leaves the reports of other calendars alone', async ({ db }) => {
    const [here, there] = [await buildOffice(db), await buildOffice(db)]
    const { id, dueAt } = await there.report()
    await saveDay(here.ctx, closed(here.calendarId, '2026-03-03'))
    await recompute(db)
    expect((await storyOf(db, id)).report.dueAt).toEqual(dueAt)
  })

  test('does not resume the clock of a report that waits for the citizen', async ({ db }) => {
    const { calendarId, ctx, report } = await buildOffice(db)
    const { id } = await report({ state: 'awaiting_citizen' })
    await saveDay(ctx, closed(calendarId, '2026-03-03'))
    expect(await recompute(db, { calendarId })).toBe(0)
    expect((await storyOf(db, id)).report).toMatchObject({ dueAt: null, state: 'awaiting_citizen' })
  })

  test('counts only while it is confirmed', async ({ db }) => {
    const { calendarId, ctx, report } = await buildOffice(db)
    const { id, dueAt } = await report()
    const day = await saveDay(ctx, { ...closed(calendarId, '2026-03-03'), status: 'proposed' })
    expect(await recompute(db, { calendarId })).toBe(0)
    const confirmed = await confirmDay(ctx, day)
    expect(await recompute(db, { calendarId })).toBe(1)
    await removeDay(ctx, confirmed)
    expect(await recompute(db, { calendarId })).toBe(1)
    expect((await storyOf(db, id)).report.dueAt).toEqual(dueAt)
  })

  test('moves each of many deadlines once, though two workers sweep at the same time', async ({ db }) => {
    const { calendarId, ctx, report } = await buildOffice(db)
    const ids: number[] = []
    for (let i = 0; i < 12; i += 1) ids.push((await report()).id)
    await saveDay(ctx, closed(calendarId, '2026-03-03'))
    const moved = await Promise.all([recompute(db, { calendarId }), recompute(db, { calendarId })])
    expect(moved[0] + moved[1]).toBe(12)
    for (const id of ids) {
      const log = (await storyOf(db, id)).events.filter(({ event }) => event === 'report.deadline_recomputed')
      expect(log).toHaveLength(1)
    }
  })
})

describe('the dry run before saving', () => {
  test('matches what saving does, and leaves no trace', async ({ db }) => {
    const { calendarId, ctx, report } = await buildOffice(db)
    await report()
    await report({ state: 'awaiting_acceptance' })
    await report({ state: 'answered' })
    // Of another calendar: saving leaves it alone, whatever its deadline is.
    await (await buildOffice(db)).report({ dueAt: hanoi('2026-03-27 09:00') })
    const change = { change: 'save_day', input: closed(calendarId, '2026-03-03') } as const
    const logged = async () => (await db.select({ id: events.id }).from(events)).length
    const before = await logged()
    expect(await dryRunDeadlines(ctx, change)).toEqual({ moved: 2, earlier: 0, later: 2, newlyOverdue: 0 })
    expect(await logged()).toBe(before)
    expect(await recompute(db, { calendarId })).toBe(0)
    await saveDay(ctx, change.input)
    expect(await recompute(db, { calendarId })).toBe(2)
  })

  test('warns of reports that would be overdue at once', async ({ db }) => {
    const { calendarId, ctx, report } = await buildOffice(db)
    await saveDay(ctx, closed(calendarId, '2026-03-03'))
    const { id } = await report()
    const later = { ...ctx, now: () => hanoi('2026-03-04 10:00') }
    const [day] = await db.select().from(calendarDays).where(eq(calendarDays.calendarId, calendarId))
    if (!day) throw new Error('no day')
    const run = await dryRunDeadlines(later, { change: 'remove_day', input: { id: day.id, version: 1 } })
    expect(run).toEqual({ moved: 1, earlier: 1, later: 0, newlyOverdue: 1 })
    expect((await storyOf(db, id)).report.dueAt).toEqual(hanoi('2026-03-05 09:00'))
  })

  test('is refused to users who may not save', async ({ db }) => {
    const { calendarId, ctx } = await buildOffice(db)
    const officer = { ...ctx, actor: await buildActor(db, 'officer') }
    const change = { change: 'save_day', input: closed(calendarId, '2026-03-03') } as const
    await expect(dryRunDeadlines(officer, change)).rejects.toThrow('forbidden')
  })
})

describe('emergency mode', () => {
  test('lets the clocks of urgent reports run through the night, and no others', async ({ db }) => {
    const { report } = await buildOffice(db)
    const storm = await buildIncident(db, { stormMode: true })
    // Assigned at 16:00: one hour of the working day is left.
    const moments = { receivedAt: hanoi('2026-03-02 15:00'), assignedAt: hanoi('2026-03-02 16:00') }
    const urgent = await report({ ...moments, severity: 'urgent', incidentId: storm.id })
    const normal = await report({ ...moments, severity: 'normal', incidentId: storm.id })
    const unlinked = await report({ ...moments, severity: 'urgent' })
    expect(urgent.dueAt).toEqual(hanoi('2026-03-03 11:00'))
    const ctx = { db, actor: robot, now }
    const scope = { calendarId: null, incidentId: storm.id }
    const sweep = async (at: Date) => {
      for (const range of await openRanges(ctx, scope)) await recomputeDeadlines(ctx, { scope, range, at })
    }
    await sweep(hanoi('2026-03-02 16:30'))
    const story = await storyOf(db, urgent.id)
    expect(story.report.dueAt).toEqual(hanoi('2026-03-02 20:00'))
    expect(story.resolution?.time).toBe('always')
    expect(story.lastEvent).toMatchObject({ event: 'report.deadline_recomputed', details: { cause: 'storm_mode' } })
    expect((await storyOf(db, normal.id)).report.dueAt).toEqual(normal.dueAt)
    expect((await storyOf(db, unlinked.id)).report.dueAt).toEqual(unlinked.dueAt)

    // Switched off at 18:00: two of the four hours have run, the other two are working hours of the next morning.
    await db.update(incidents).set({ stormMode: false }).where(eq(incidents.id, storm.id))
    await sweep(hanoi('2026-03-02 18:00'))
    await sweep(hanoi('2026-03-02 18:01'))
    const after = await storyOf(db, urgent.id)
    expect(after.report.dueAt).toEqual(hanoi('2026-03-03 10:00'))
    expect(after.events.filter(({ event }) => event === 'report.deadline_recomputed')).toHaveLength(2)
  })
})

test('a sweep is cut into ranges that contain every open report once', async ({ db }) => {
  const { calendarId, report } = await buildOffice(db)
  const open: number[] = []
  for (let i = 0; i < 5; i += 1) open.push((await report()).id)
  await report({ state: 'closed' })
  const ranges = await openRanges({ db }, { calendarId, incidentId: null }, 2)
  expect(ranges).toEqual([
    { fromId: open[0], toId: open[1] },
    { fromId: open[2], toId: open[3] },
    { fromId: open[4], toId: open[4] },
  ])
})
