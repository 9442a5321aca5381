import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildFile } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { reportSearch, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { reportByCode } from '../queries/report.ts'
import { endedStates } from '../rules/lifecycle.ts'
import { type ChangeInput, placeInput, tagsInput } from '../rules/schemas.ts'
import { addInformation } from './add-information.ts'
import { addPhoto } from './add-photo.ts'
import { askCitizen } from './ask-citizen.ts'
import { changeCategory, changePlace, changeSeverity, changeTags, linkIncident } from './change-report.ts'
import { rejectReport } from './reject-report.ts'
import { removePhoto } from './remove-photo.ts'
import { reopenReport } from './reopen-report.ts'

const monday9 = hanoi('2026-03-09 09:00')

describe('changing the category', () => {
  test('is refused where it is a group, retired or unknown', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const { code } = await buildCategory(db, { isActive: false })
    for (const categoryCode of [code, 'CX', 'no-such']) {
      const changed = changeCategory(actingAt(db, officer, '10:00'), { ...seen(report), categoryCode })
      await expect(changed).rejects.toThrow('category_unknown')
    }
  })

  test('retargets the resolution clock: the time spent is kept', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const { code: categoryCode } = await buildCategory(db, { normalMinutes: 480 })
    await changeCategory(actingAt(db, officer, '2026-03-04 10:00'), { ...seen(report), categoryCode })
    const { report: after, resolution, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({ categoryCode, state: 'in_progress', dueAt: hanoi('2026-03-03 09:00') })
    expect(resolution).toMatchObject({ startedAt: hanoi('2026-03-02 09:00'), targetMinutes: 480 })
    expect(lastEvent).toMatchObject({
      event: 'report.category_changed',
      fromState: 'in_progress',
      toState: 'in_progress',
      version: 2,
      details: {
        category: [report.categoryCode, categoryCode],
        dueAt: [monday9.toISOString(), hanoi('2026-03-03 09:00').toISOString()],
      },
    })
  })

  test('retargets the intake clock of a report that waits for intake', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const report = await buildReport(db)
    const { code: categoryCode } = await buildCategory(db, { intakeMinutes: 60 })
    await changeCategory(actingAt(db, dispatcher, '08:30'), { ...seen(report), categoryCode })
    expect((await storyOf(db, report.id)).report.dueAt).toEqual(hanoi('2026-03-02 09:00'))
  })

  test('to one with the same limit leaves the clock alone, even one restarted by a reopening', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const closed = await buildReport(db, { state: 'closed', agencyId: agency.id, endedAt: hanoi('2026-03-09 09:00') })
    const ctx = actingAt(db, officer, '2026-03-10 08:00')
    const report = await reopenReport(ctx, { ...seen(closed), reason: 'Chưa xong' })
    const { code: categoryCode } = await buildCategory(db)
    await changeCategory(ctx, { ...seen(report), categoryCode })
    const { resolution, lastEvent } = await storyOf(db, report.id)
    expect(resolution).toMatchObject({ targetMinutes: 480, dueAt: hanoi('2026-03-10 17:00') })
    expect(lastEvent?.details).toEqual({ category: [closed.categoryCode, categoryCode], kept: expect.anything() })
  })

  test('leaves an answered report without a deadline', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'answered', agencyId: agency.id })
    const { code: categoryCode } = await buildCategory(db, { normalMinutes: 60 })
    const before = await storyOf(db, report.id)
    await changeCategory(actingAt(db, officer, '14:00'), { ...seen(report), categoryCode })
    const after = await storyOf(db, report.id)
    expect([after.report.dueAt, after.clocks]).toEqual([null, before.clocks])
  })
})

describe('changing the severity', () => {
  test('is allowed to the approver and the dispatcher, not to the officer', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const changed = changeSeverity(actingAt(db, officer, '10:00'), { ...seen(report), severity: 'complex', reason: '' })
    await expect(changed).rejects.toThrow('forbidden')
  })

  test('retargets: urgent is due within four working hours of intake, complex in twice the time', async ({ db }) => {
    const { agency, approver } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const ctx = actingAt(db, approver, '11:00')
    const urgent = await changeSeverity(ctx, { ...seen(report), severity: 'urgent', reason: 'Chắn cổng trường' })
    const first = await storyOf(db, report.id)
    expect(first.report).toMatchObject({ severity: 'urgent', dueAt: hanoi('2026-03-02 14:00') })
    expect(first.lastEvent?.details).toEqual({
      severity: ['normal', 'urgent'],
      dueAt: [monday9.toISOString(), hanoi('2026-03-02 14:00').toISOString()],
      reason: 'Chắn cổng trường',
      kept: expect.anything(),
    })
    await changeSeverity(ctx, { ...seen(urgent), severity: 'complex', reason: '' })
    expect((await storyOf(db, report.id)).report.dueAt).toEqual(hanoi('2026-03-16 09:00'))
  })

  test('keeps a granted extension, and a pause', async ({ db }) => {
    const { agency, approver } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, waiting: true })
    await changeSeverity(actingAt(db, approver, '11:00'), { ...seen(report), severity: 'urgent', reason: '' })
    const { report: after, resolution } = await storyOf(db, report.id)
    expect(after).toMatchObject({ dueAt: null, pausedAt: hanoi('2026-03-02 10:00') })
    expect(resolution).toMatchObject({ targetMinutes: 240, pauses: [{ to: null }] })
  })
})

describe('linking an incident', () => {
  test('that does not exist is not found', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const report = await buildReport(db)
    const incidentId = '00000000-0000-4000-8000-000000000000'
    const linked = linkIncident(actingAt(db, dispatcher, '10:00'), { ...seen(report), incidentId })
    await expect(linked).rejects.toThrow('not_found')
  })

  test('in emergency mode lets an urgent clock run day and night from linking until unlinking', async ({ db }) => {
    const { agency, dispatcher } = await buildTeam(db)
    const storm = await buildIncident(db, { stormMode: true })
    const { code: categoryCode } = await buildCategory(db, { urgentMinutes: 600 })
    const wanted = { state: 'in_progress' as const, agencyId: agency.id, severity: 'urgent' as const, categoryCode }
    const report = await buildReport(db, wanted)
    // From 09:00 to 17:00 seven hours have run; three remain on Tuesday morning.
    expect(report.dueAt).toEqual(hanoi('2026-03-03 11:00'))
    const linked = await linkIncident(actingAt(db, dispatcher, '17:00'), { ...seen(report), incidentId: storm.id })
    const during = await storyOf(db, report.id)
    expect(during.report).toMatchObject({ incidentId: storm.id, dueAt: hanoi('2026-03-02 20:00') })
    expect(during.lastEvent?.details).toMatchObject({ incidentId: [null, storm.id] })
    await linkIncident(actingAt(db, dispatcher, '18:00'), { ...seen(linked), incidentId: null })
    const { report: after, resolution } = await storyOf(db, report.id)
    expect(after.dueAt).toEqual(hanoi('2026-03-03 10:00'))
    expect(resolution?.spells.map(({ time }) => time)).toEqual(['working', 'always'])
  })

  test('does not change the clock of a report that is not urgent', async ({ db }) => {
    const { agency, dispatcher } = await buildTeam(db)
    const storm = await buildIncident(db, { stormMode: true })
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    await linkIncident(actingAt(db, dispatcher, '11:00'), { ...seen(report), incidentId: storm.id })
    expect((await storyOf(db, report.id)).report.dueAt).toEqual(report.dueAt)
  })
})

describe('changing the place', () => {
  test('must be in the city; the area follows from the point, and search finds the new address', async ({ db }) => {
    const area = await buildArea(db, { lon: 105.85, lat: 21.03 })
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, address: 'Hàng Bài' })
    const move = (point: { lon: number; lat: number } | null, address: string) =>
      changePlace(actingAt(db, officer, '10:00'), { ...seen(report), point, address })
    await expect(move({ lon: -71, lat: 42 }, 'Boston')).rejects.toThrow('point_outside_city')
    await move({ lon: 105.851, lat: 21.031 }, '12 Tràng Tiền')
    const { report: after, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({
      areaId: area.id,
      lon: 105.851,
      lat: 21.031,
      address: '12 Tràng Tiền',
      dueAt: report.dueAt,
    })
    expect(lastEvent).toMatchObject({
      event: 'report.place_changed',
      details: {
        address: ['Hàng Bài', '12 Tràng Tiền'],
        areaId: [null, area.id],
        point: [null, { lon: 105.851, lat: 21.031 }],
      },
    })
    const [search] = await db.select().from(reportSearch).where(eq(reportSearch.reportId, report.id))
    expect(search?.words).toContain('trang')
    expect(() => placeInput.parse({ ...seen(report), address: '', point: { lon: 181, lat: 0 } })).toThrow()
  })
})

test('a chosen commune stays where the point lies in another, and with another point it follows that', async ({
  db,
}) => {
  const chosen = await buildArea(db, { lon: 105.7, lat: 21.13 })
  const [west, east] = [
    await buildArea(db, { lon: 105.75, lat: 21.13 }),
    await buildArea(db, { lon: 105.79, lat: 21.13 }),
  ]
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const move = async (lon: number, areaId: number | null = null) => {
    const { report: now } = await storyOf(db, report.id)
    await changePlace(actingAt(db, officer, '2026-03-06 10:00'), {
      ...seen(now),
      address: '',
      point: { lon, lat: 21.13 },
      areaId,
    })
    const { otherArea, area } = await reportByCode(actingAt(db, officer, '2026-03-06 10:00'), report.code)
    return { area: area?.id, other: otherArea?.id ?? null }
  }
  expect(await move(105.75, chosen.id)).toEqual({ area: chosen.id, other: west.id })
  expect(await move(105.75)).toEqual({ area: chosen.id, other: west.id })
  expect(await move(105.79)).toEqual({ area: east.id, other: null })
  await expect(move(105.79, 2_000_000_000)).rejects.toThrow('not_found')
  const abolished = await buildArea(db, { lon: 105.7, lat: 21.17, validTo: '2026-01-31' })
  await expect(move(105.79, abolished.id)).rejects.toThrow('not_found')
  await db.update(reports).set({ areaId: abolished.id }).where(eq(reports.id, report.id))
  expect(await move(105.79, abolished.id)).toMatchObject({ area: abolished.id })
})

test('tags are stored once each, composed, and the log has both lists', async ({ db }) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, tags: ['cũ'] })
  const tags = ['bão số 3', 'bão số 3'.normalize('NFD'), ' gấp ']
  await changeTags(actingAt(db, officer, '10:00'), tagsInput.parse({ ...seen(report), tags }))
  const { report: after, lastEvent } = await storyOf(db, report.id)
  expect(after.tags).toEqual(['bão số 3', 'gấp'])
  expect(lastEvent).toMatchObject({ event: 'report.tags_changed', details: { tags: [['cũ'], ['bão số 3', 'gấp']] } })
})

describe('an ended report', () => {
  const all = (ctx: Context, known: ChangeInput, categoryCode: string) => [
    () => changeCategory(ctx, { ...known, categoryCode }),
    () => changeSeverity(ctx, { ...known, severity: 'urgent', reason: '' }),
    () => changePlace(ctx, { ...known, address: '22 Hàng Bài', point: null }),
    () => changeTags(ctx, { ...known, tags: ['mới'] }),
  ]

  test.for(endedStates)('%s: cannot be changed, but can still be linked to an incident', async (state, { db }) => {
    const { agency, dispatcher } = await buildTeam(db)
    const { code } = await buildCategory(db)
    const report = await buildReport(db, { state, agencyId: agency.id })
    const ctx = actingAt(db, dispatcher, '14:00')
    const before = await storyOf(db, report.id)
    for (const change of all(ctx, seen(report), code)) {
      await expect(change()).rejects.toMatchObject({ code: 'report_ended', details: { state } })
    }
    expect(await storyOf(db, report.id)).toEqual(before)
    const { id: incidentId } = await buildIncident(db)
    await linkIncident(ctx, { ...seen(report), incidentId })
    expect((await storyOf(db, report.id)).report).toMatchObject({ incidentId, state })
  })

  test('also where a colleague ended it after the user last loaded it', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const colleague = await buildActor(db, 'dispatcher')
    const report = await buildReport(db)
    const { code } = await buildCategory(db)
    await rejectReport(actingAt(db, colleague, '10:00'), { ...seen(report), reason: 'spam', answer: '' })
    const before = await storyOf(db, report.id)
    for (const change of all(actingAt(db, dispatcher, '10:01'), seen(report), code)) {
      await expect(change()).rejects.toThrow('report_ended')
    }
    expect(await storyOf(db, report.id)).toEqual(before)
  })
})

test('a message of the citizen stays the last activity until someone responds, whatever is set meanwhile', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const at = (time: string) => actingAt(db, officer, time)
  const added = await addInformation(at('10:00'), { ...seen(report), body: 'Cây đã nghiêng thêm.' })
  const tagged = await changeTags(at('11:00'), tagsInput.parse({ ...seen(added), tags: ['cây'] }))
  const { code: categoryCode } = await buildCategory(db)
  const sorted = await changeCategory(at('11:30'), { ...seen(tagged), categoryCode })
  const lastActivity = async () => (await storyOf(db, report.id)).report
  expect(await lastActivity()).toMatchObject({ lastActivityBy: 'citizen', lastActivityAt: hanoi('2026-03-02 10:00') })
  // Nor by an attached photo: it may have been waiting for a connection since before the citizen wrote.
  const photo = { reportId: report.id, fileId: await buildFile(db, { ownerId: officer.id }) }
  await addPhoto(at('11:40'), { ...photo, kind: 'staff', name: '' })
  await removePhoto(at('11:50'), photo)
  expect(await lastActivity()).toMatchObject({ lastActivityBy: 'citizen', lastActivityAt: hanoi('2026-03-02 10:00') })
  await askCitizen(at('13:30'), { ...seen(sorted), question: 'Cây cao khoảng bao nhiêu mét?' })
  expect(await lastActivity()).toMatchObject({ lastActivityBy: 'staff', lastActivityAt: hanoi('2026-03-02 13:30') })
})
