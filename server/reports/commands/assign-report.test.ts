import { describe, expect } from 'vitest'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { assignReport } from './assign-report.ts'
import { returnReport } from './return-report.ts'

describe('assigning is refused', () => {
  test('to an agency that has ended, naming its successor, or has not begun', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const report = await buildReport(db)
    const successor = await buildAgency(db, { name: 'Sở Xây dựng' })
    const ended = await buildAgency(db, {
      name: 'Sở Giao thông vận tải',
      validTo: '2025-02-28',
      successorId: successor.id,
    })
    const coming = await buildAgency(db, { validFrom: '2026-03-03' })
    const ctx = actingAt(db, dispatcher, '10:00')
    await expect(assignReport(ctx, { ...seen(report), agencyId: ended.id })).rejects.toMatchObject({
      code: 'agency_ended',
      details: { agency: 'Sở Giao thông vận tải', successor: 'Sở Xây dựng' },
    })
    await expect(assignReport(ctx, { ...seen(report), agencyId: coming.id })).rejects.toThrow('agency_not_begun')
    await expect(assignReport(ctx, { ...seen(report), agencyId: 'nobody' })).rejects.toThrow('not_found')
  })

  test('with an unknown category or incident', async ({ db }) => {
    const { dispatcher, agency } = await buildTeam(db)
    const report = await buildReport(db)
    const retired = await buildCategory(db, { isActive: false })
    const assign = (over: object) =>
      assignReport(actingAt(db, dispatcher, '10:00'), { ...seen(report), agencyId: agency.id, ...over })
    await expect(assign({ categoryCode: retired.code })).rejects.toThrow('category_unknown')
    await expect(assign({ incidentId: '00000000-0000-4000-8000-000000000000' })).rejects.toThrow('not_found')
    expect((await storyOf(db, report.id)).report).toEqual(report)
  })
})

describe('the first assignment', () => {
  test('stops the intake clock and starts the resolution clock on the agency’s calendar', async ({ db }) => {
    const afternoons = await buildCalendar(db, { weekly: { 1: [[780, 1020]], 2: [[780, 1020]], 3: [[780, 1020]] } })
    const { dispatcher, agency } = await buildTeam(db, { calendarId: afternoons })
    const category = await buildCategory(db, { normalMinutes: 480 })
    const report = await buildReport(db, { categoryCode: category.code })
    const moved = await assignReport(actingAt(db, dispatcher, '09:30'), {
      ...seen(report),
      agencyId: agency.id,
      note: 'Gấp',
    })
    expect(moved).toEqual({ id: report.id, code: report.code, version: 2, state: 'awaiting_acceptance' })
    const { report: after, intake, resolution, lastEvent } = await storyOf(db, report.id)
    expect(intake).toMatchObject({ stoppedAt: hanoi('2026-03-02 09:30'), dueAt: hanoi('2026-03-02 17:00') })
    expect(resolution).toMatchObject({
      round: 1,
      calendarId: afternoons,
      startedAt: hanoi('2026-03-02 09:30'),
      targetMinutes: 480,
      dueAt: hanoi('2026-03-03 17:00'),
      firstDueAt: hanoi('2026-03-03 17:00'),
      stoppedAt: null,
    })
    expect(after).toMatchObject({
      agencyId: agency.id,
      heldBy: [agency.id],
      assigneeId: null,
      dueAt: hanoi('2026-03-03 17:00'),
      soonAt: hanoi('2026-03-03 15:00'),
      lastActivityBy: 'staff',
    })
    expect(lastEvent).toMatchObject({
      event: 'report.assigned',
      actorId: dispatcher.id,
      agencyId: agency.id,
      fromState: 'awaiting_intake',
      toState: 'awaiting_acceptance',
      version: 2,
      details: { agencyId: agency.id, note: 'Gấp' },
    })
  })

  test('corrects category, severity and incident in the same move and logs the old values', async ({ db }) => {
    const { dispatcher, agency } = await buildTeam(db)
    const report = await buildReport(db)
    const category = await buildCategory(db, { urgentMinutes: 120 })
    const incident = await buildIncident(db)
    await assignReport(actingAt(db, dispatcher, '11:00'), {
      ...seen(report),
      agencyId: agency.id,
      categoryCode: category.code,
      severity: 'urgent',
      incidentId: incident.id,
    })
    const { report: after, resolution, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({ categoryCode: category.code, severity: 'urgent', incidentId: incident.id })
    expect(resolution).toMatchObject({ targetMinutes: 120, time: 'working', dueAt: hanoi('2026-03-02 14:00') })
    expect(lastEvent?.details).toMatchObject({
      category: [report.categoryCode, category.code],
      severity: ['normal', 'urgent'],
      incidentId: [null, incident.id],
    })
  })

  test('gives the coordinating agencies of the category read access', async ({ db }) => {
    const { dispatcher, agency } = await buildTeam(db)
    const area = await buildArea(db)
    const committee = await buildAgency(db, { areaCode: area.code })
    const partner = await buildAgency(db)
    const category = await buildCategory(db, { coordinating: ['ubnd_xa', partner.id] })
    const report = await buildReport(db, { areaId: area.id, categoryCode: category.code })
    await assignReport(actingAt(db, dispatcher, '11:00'), { ...seen(report), agencyId: agency.id })
    expect((await storyOf(db, report.id)).report.heldBy).toEqual([agency.id, committee.id, partner.id])
  })
})

describe('in emergency mode', () => {
  test('the clock of an urgent report of the incident runs day and night; every other one keeps office hours', async ({
    db,
  }) => {
    const { dispatcher, agency } = await buildTeam(db)
    const storm = await buildIncident(db, { stormMode: true })
    const calm = await buildIncident(db, { stormMode: false })
    const over = await buildIncident(db, { stormMode: true, endsAt: hanoi('2026-03-02 22:00') })
    const { code: categoryCode } = await buildCategory(db, { urgentMinutes: 240, normalMinutes: 240 })
    const due = async (severity: 'urgent' | 'normal', incidentId: string | null) => {
      const report = await buildReport(db, { categoryCode })
      const input = { ...seen(report), agencyId: agency.id, severity, incidentId }
      await assignReport(actingAt(db, dispatcher, '2026-03-02 23:00'), input)
      return (await storyOf(db, report.id)).report.dueAt
    }
    expect(await due('urgent', storm.id)).toEqual(hanoi('2026-03-03 03:00'))
    for (const [severity, incident] of [
      ['normal', storm.id],
      ['urgent', calm.id],
      ['urgent', over.id],
      ['urgent', null],
    ] as const) {
      expect(await due(severity, incident)).toEqual(hanoi('2026-03-03 12:00'))
    }
  })
})

describe('the second assignment, after a return', () => {
  test('leaves both clocks alone: the intake clock stays stopped, the resolution clock runs on', async ({ db }) => {
    const { dispatcher, agency, officer } = await buildTeam(db)
    const other = await buildTeam(db)
    const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: agency.id })
    const back = await returnReport(actingAt(db, officer, '10:00'), { ...seen(report), reason: 'Không thuộc phường' })
    await assignReport(actingAt(db, dispatcher, '11:00'), { ...seen(back), agencyId: other.agency.id })
    const { clocks, resolution, report: after } = await storyOf(db, report.id)
    expect(clocks).toHaveLength(2)
    expect(resolution).toMatchObject({ startedAt: hanoi('2026-03-02 09:00'), stoppedAt: null, dueAt: report.dueAt })
    expect(after).toMatchObject({ agencyId: other.agency.id, heldBy: [agency.id, other.agency.id], returnCount: 1 })
  })

  test('retargets the running clock from its first start where the severity is corrected', async ({ db }) => {
    const { dispatcher, agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: agency.id })
    const back = await returnReport(actingAt(db, officer, '10:00'), { ...seen(report), reason: 'Không thuộc phường' })
    const input = { ...seen(back), agencyId: agency.id, severity: 'urgent' as const }
    await assignReport(actingAt(db, dispatcher, '11:00'), input)
    const { resolution, report: after } = await storyOf(db, report.id)
    expect(resolution).toMatchObject({ startedAt: hanoi('2026-03-02 09:00'), targetMinutes: 240 })
    expect(after.dueAt).toEqual(hanoi('2026-03-02 14:00'))
  })
})
