import { and, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { reportFacts, reportHoldingPeriods, reportPromises } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { removeDay, saveDay } from '#server/calendars/commands/save-day.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { escalate } from '#server/notifications/commands/escalate.ts'
import { acceptReport } from '#server/reports/commands/accept-report.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { handOverReports } from '#server/reports/commands/hand-over-reports.ts'
import { linkReport } from '#server/reports/commands/link-report.ts'
import { mergeReport, unmergeReport } from '#server/reports/commands/merge-report.ts'
import { splitReport } from '#server/reports/commands/split-report.ts'
import { answerReport } from '#server/reports/commands/submit-answer.ts'
import { readBoard } from '../queries/board.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { catchUp, countBehind } from './catch-up.ts'
import { checkFigures } from './check-figures.ts'

const words = { what: 'Đã dọn cây đổ', where: 'Phố Lò Đúc', when: '05/03/2026', ...fixed, next: '', photoIds: [] }
const closedOn = (calendarId: string | null, date: string, status: 'confirmed' | 'proposed' = 'confirmed') => ({
  id: null,
  version: 0,
  calendarId,
  date,
  kind: 'closed' as const,
  intervals: null,
  name: 'Nghỉ bão',
  nameEn: 'Closed for the storm',
  status,
  swappedWith: null,
  source: '',
})

/** Of the versions of a row the last one. */
const isLast = (table: typeof reportFacts | typeof reportPromises | typeof reportHoldingPeriods) =>
  eq(table.validTo, 'infinity')

const factsOf = async (db: Database, reportId: number) =>
  (
    await db
      .select()
      .from(reportFacts)
      .where(and(eq(reportFacts.reportId, reportId), isLast(reportFacts)))
  )[0]

/** Received on Monday 02/03/2026 at 08:00, answered on Thursday at 10:00 by an agency with its own calendar. */
async function answered(db: Database) {
  const calendarId = await buildCalendar(db)
  const { agency, dispatcher, officer } = await buildTeam(db, { calendarId })
  const category = await buildCategory(db, { needsApproval: false, needsPhoto: false })
  const report = await buildReport(db, { categoryCode: category.code })
  const taken = await assignReport(actingAt(db, dispatcher, '09:00'), { ...seen(report), agencyId: agency.id })
  const accepted = await acceptReport(actingAt(db, officer, '10:00'), { ...seen(taken), assignToMe: true })
  await answerReport(actingAt(db, officer, '2026-03-05 10:00'), { ...seen(accepted), ...words })
  return { report, agency, calendarId }
}

test('a missed promise counts at the level to which it was escalated', async ({ db }) => {
  const calendarId = await buildCalendar(db)
  const { agency } = await buildTeam(db, { calendarId })
  const held = { agencyId: agency.id, heldBy: [agency.id] }
  const { id } = await buildReport(db, { state: 'in_progress', ...held })
  const levelsAt = async (local: string) => {
    const ctx = actingAt(db, robot, local)
    await escalate(ctx)
    await catchUp(db)
    const { kind, level } = reportPromises
    const rows = await db
      .select({ kind, level })
      .from(reportPromises)
      .where(and(eq(reportPromises.reportId, id), isLast(reportPromises)))
    return rows.filter((row) => row.kind === 'resolution').map((row) => row.level)
  }
  // Due on Monday at nine.
  expect(await levelsAt('2026-03-09 09:01')).toEqual([0])
  expect(await levelsAt('2026-03-10 09:01')).toEqual([1])
  expect(await levelsAt('2026-03-12 09:01')).toEqual([2])
})

describe('a calendar that is changed for past days', () => {
  test('has every report recomputed that used those days, and nothing else', async ({ db, sql }) => {
    const { report, calendarId } = await answered(db)
    await catchUp(db)
    expect(await factsOf(db, report.id)).toMatchObject({ closeMinutes: 3 * 480 + 120 })
    const admin = actingAt(db, await buildActor(db, 'admin'), '2026-03-09 08:00')

    for (const idle of [
      closedOn(calendarId, '2026-02-27'),
      closedOn(calendarId, '2026-03-10'),
      closedOn(calendarId, '2026-03-06'),
      closedOn(calendarId, '2026-03-03', 'proposed'),
      closedOn(await buildCalendar(db), '2026-03-03'),
    ]) {
      await saveDay(admin, idle)
    }
    expect(await countBehind(sql)).toBe(0)

    const own = await saveDay(admin, closedOn(calendarId, '2026-03-04'))
    expect(await countBehind(sql)).toBe(1)
    const every = await saveDay(admin, closedOn(null, '2026-03-05'))
    await catchUp(db)
    expect(await factsOf(db, report.id)).toMatchObject({ closeMinutes: 2 * 480 })
    await removeDay(admin, own)
    await removeDay(admin, every)
    expect(await checkFigures({ ...admin, actor: robot })).toMatchObject({ failed: 0 })
    expect(await factsOf(db, report.id)).toMatchObject({ closeMinutes: 3 * 480 + 120 })
  })

  test('moves the day on which a report is as old as others, also where it was closed before', async ({ db }) => {
    const { report } = await answered(db)
    await catchUp(db)
    const ages = () =>
      db
        .select({ dueAt: reportPromises.dueAt })
        .from(reportPromises)
        .where(and(eq(reportPromises.reportId, report.id), eq(reportPromises.kind, 'close_age')))
    expect(await ages()).toMatchObject([{ dueAt: hanoi('2026-03-06 17:00') }])
    const admin = actingAt(db, await buildActor(db, 'admin'), '2026-03-09 08:00')
    await saveDay(admin, closedOn(null, '2026-03-06'))
    await catchUp(db)
    expect(await ages()).toMatchObject([{ dueAt: hanoi('2026-03-09 17:00') }])
  })
})

test('a report goes on counting with the successor of an agency that has ended', async ({ db }) => {
  const { agency, dispatcher } = await buildTeam(db)
  const successor = await buildAgency(db)
  const report = await buildReport(db)
  await assignReport(actingAt(db, dispatcher, '09:00'), { ...seen(report), agencyId: agency.id })
  await handOverReports(actingAt(db, robot, '2026-03-04 00:00'), { from: agency.id, to: successor.id })
  await catchUp(db)
  expect(await factsOf(db, report.id)).toMatchObject({ agencyId: successor.id, agencyChanges: 0, forwarded: false })
  const holdingPeriods = await db
    .select()
    .from(reportHoldingPeriods)
    .where(and(eq(reportHoldingPeriods.reportId, report.id), isLast(reportHoldingPeriods)))
  expect(
    holdingPeriods.sort((a, b) => a.number - b.number).map(({ agencyId, minutes }) => [agencyId, minutes]),
  ).toEqual([
    [agency.id, 2 * 480 - 60],
    [successor.id, null],
  ])
})

test('one matter reported twice counts once while merged, and twice while linked; two matters in one report count as two', async ({
  db,
}) => {
  const { dispatcher } = await buildTeam(db)
  const manager = await buildActor(db, 'manager')
  const [canonical, second, third] = [await buildReport(db), await buildReport(db), await buildReport(db)]
  const counted = async () => {
    await catchUp(db)
    const period = { from: '2026-03-02', to: '2026-03-08' }
    const ctx = { db, actor: manager, now: () => hanoi('2026-03-09 08:00') }
    const { kpis, header } = await readBoard(ctx, { ...noBoardFilters, period })
    return [kpis.received.value ?? 0, kpis.backlog.value ?? 0, header.merged]
  }
  const since = async (before: number[]) => (await counted()).map((count, i) => count - (before[i] ?? 0))
  const at = (time: string) => actingAt(db, dispatcher, time)
  const before = await counted()
  await linkReport(at('09:00'), { ...seen(third), toReportId: canonical.id })
  expect(await since(before)).toEqual([0, 0, 0])
  const merged = await mergeReport(at('09:10'), { ...seen(second), intoReportId: canonical.id })
  expect(await since(before)).toEqual([-1, -1, 1])
  await unmergeReport(at('09:20'), seen(merged))
  expect(await since(before)).toEqual([0, 0, 0])
  const title = 'Đèn đường tắt'
  const parts = { messageIds: [], noteIds: [], fileIds: [] }
  const { splitOff } = await splitReport(at('09:30'), {
    ...seen(canonical),
    title,
    categoryCode: canonical.categoryCode,
    parts,
  })
  expect(await since(before)).toEqual([1, 1, 0])
  await mergeReport(at('09:40'), { ...seen(splitOff), intoReportId: canonical.id })
  expect(await since(before)).toEqual([0, 0, 1])
})
