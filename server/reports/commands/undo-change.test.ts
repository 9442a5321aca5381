import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { incidentSuggestions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { acceptReport } from './accept-report.ts'
import { assignPerson } from './assign-person.ts'
import { changeCategory, changePlace, changeSeverity, changeTags, linkIncident } from './change-report.ts'
import type { Moved } from './move-report.ts'
import { reopenReport } from './reopen-report.ts'
import { undoChange } from './undo-change.ts'

describe('undo restores', () => {
  test('whichever field was changed, its deadline too, and the log has both events', async ({ db }) => {
    const { agency, officer, approver, dispatcher } = await buildTeam(db)
    const built = { state: 'in_progress' as const, agencyId: agency.id, assigneeId: approver.id, tags: ['cũ'] }
    const { id: reportId } = await buildReport(db, { ...built, address: '20 Hàng Bài' })
    const { id: incidentId } = await buildIncident(db)
    const { code: categoryCode } = await buildCategory(db, { normalMinutes: 60 })
    const at = actingAt(db, approver, '10:00')
    const changes: ((known: { reportId: number; version: number }) => Promise<Moved>)[] = [
      (known) => changeTags(at, { ...known, tags: ['mới'] }),
      (known) => changeSeverity(at, { ...known, severity: 'urgent', reason: '' }),
      (known) => changeCategory(at, { ...known, categoryCode }),
      (known) => changePlace(at, { ...known, address: '22 Hàng Bài', point: null }),
      (known) => assignPerson(at, { ...known, accountId: officer.id }),
    ]
    for (const change of changes) {
      const before = (await storyOf(db, reportId)).report
      const moved = await change(seen(before))
      const undone = await undoChange(actingAt(db, approver, '10:00'), seen(moved))
      const after = await storyOf(db, reportId)
      const { version, lastActivityAt, lastActivityBy, ...fields } = before
      expect(after.report).toMatchObject({ ...fields, version: before.version + 2 })
      expect(after.lastEvent).toMatchObject({ event: after.events.at(-2)?.event, version: undone.version })
    }
    const linked = await linkIncident(actingAt(db, dispatcher, '10:00'), {
      ...seen((await storyOf(db, reportId)).report),
      incidentId,
    })
    await undoChange(actingAt(db, dispatcher, '10:00'), seen(linked))
    expect((await storyOf(db, reportId)).report.incidentId).toBeNull()
  })

  test.for(['severity', 'category'] as const)(
    'the time that a reopened report had been given, after its %s was changed',
    async (field, { db }) => {
      const { agency, officer, approver } = await buildTeam(db)
      const [normal, brief] = [await buildCategory(db, { normalMinutes: 60 }), await buildCategory(db)]
      const closed = await buildReport(db, { state: 'closed', agencyId: agency.id, categoryCode: normal.code })
      const reopened = await reopenReport(actingAt(db, officer, '2026-03-09 08:00'), {
        ...seen(closed),
        reason: 'Chưa xong',
      })
      const before = await storyOf(db, closed.id)
      expect(before.resolution?.targetMinutes).toBe(480)
      const ctx = actingAt(db, approver, '2026-03-09 09:00')
      const known = seen(reopened)
      const moved =
        field === 'severity'
          ? await changeSeverity(ctx, { ...known, severity: 'urgent', reason: '' })
          : await changeCategory(ctx, { ...known, categoryCode: brief.code })
      expect((await storyOf(db, closed.id)).resolution?.targetMinutes).not.toBe(480)
      await undoChange(ctx, seen(moved))
      const after = await storyOf(db, closed.id)
      expect(after.clocks).toEqual(before.clocks)
      expect(after.report).toEqual({ ...before.report, version: before.report.version + 2 })
    },
  )

  test.for(['pending', 'dismissed'] as const)('a suggestion that was %s', async (status, { db }) => {
    const { agency, dispatcher, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const incident = await buildIncident(db)
    const decided = status === 'pending' ? {} : { decidedById: officer.id, decidedAt: hanoi('2026-03-02 09:00') }
    const suggested = {
      reportId: report.id,
      incidentId: incident.id,
      keywords: ['ngập'],
      suggestedAt: report.receivedAt,
    }
    await db.insert(incidentSuggestions).values({ ...suggested, status, ...decided })
    const stands = () => db.select().from(incidentSuggestions).where(eq(incidentSuggestions.reportId, report.id))
    const before = await stands()
    const ctx = actingAt(db, dispatcher, '10:00')
    const linked = await linkIncident(ctx, { ...seen(report), incidentId: incident.id })
    expect(await stands()).toMatchObject([{ status: 'confirmed' }])
    await undoChange(ctx, seen(linked))
    expect(await stands()).toEqual(before)
  })

  test('what could not be chosen today, because it was set before', async ({ db }) => {
    const { agency, approver, officer } = await buildTeam(db)
    const [retired, other] = [await buildCategory(db, { isActive: false }), await buildCategory(db)]
    const gone = await buildActor(db, 'officer')
    const abroad = { address: ' Cầu  Đuống ', lon: 107.9, lat: 20.1 }
    const stands = { ...abroad, categoryCode: retired.code, assigneeId: gone.id, tags: ['cũ', 'cũ'] }
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, ...stands })
    const ctx = actingAt(db, approver, '10:00')
    let known = seen(report)
    for (const change of [
      () => changeCategory(ctx, { ...known, categoryCode: other.code }),
      () => changePlace(ctx, { ...known, address: '20 Hàng Bài', point: null }),
      () => changeTags(ctx, { ...known, tags: ['mới'] }),
      () => assignPerson(ctx, { ...known, accountId: officer.id }),
    ]) {
      known = seen(await undoChange(ctx, seen(await change())))
      expect((await storyOf(db, report.id)).report).toEqual({ ...report, version: known.version })
    }
  })

  test('one field, though a colleague changed another one meanwhile, which stays', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const mine = await changeTags(actingAt(db, officer, '10:00'), { ...seen(report), tags: ['mới'] })
    await changeSeverity(actingAt(db, approver, '10:00'), { ...seen(mine), severity: 'urgent', reason: '' })
    await undoChange(actingAt(db, officer, '10:00'), seen(mine))
    expect((await storyOf(db, report.id)).report).toMatchObject({ tags: [], severity: 'urgent' })
  })

  test('nothing where a colleague changed the same field since: they are named', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const mine = await changeTags(actingAt(db, officer, '10:00'), { ...seen(report), tags: ['mới'] })
    await changeTags(actingAt(db, approver, '10:00'), { ...seen(mine), tags: ['của tôi'] })
    const undone = undoChange(actingAt(db, officer, '10:00'), seen(mine))
    await expect(undone).rejects.toMatchObject({
      code: 'undo_overtaken',
      details: { field: 'tags', name: 'Nguyễn Thị Hoa' },
    })
    expect((await storyOf(db, report.id)).report.tags).toEqual(['của tôi'])
  })
})

test('a later change of one’s own is not lost with an earlier one; undone one by one, both are', async ({ db }) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, tags: ['cũ'] })
  const ctx = actingAt(db, officer, '10:00')
  const tags = async () => (await storyOf(db, report.id)).report.tags
  const first = await changeTags(ctx, { ...seen(report), tags: ['mới'] })
  const second = await changeTags(ctx, { ...seen(first), tags: ['mới', 'ngập'] })
  await expect(undoChange(ctx, seen(first))).rejects.toThrow('set_anew')
  expect(await tags()).toEqual(['mới', 'ngập'])
  await undoChange(ctx, seen(second))
  expect(await tags()).toEqual(['mới'])
  await undoChange(ctx, seen(first))
  expect(await tags()).toEqual(['cũ'])
  await expect(undoChange(ctx, seen(first))).rejects.toThrow('set_anew')
})

test('no change of a colleague, no move and no old change can be undone this way', async ({ db }) => {
  const { agency, officer, approver } = await buildTeam(db)
  const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: agency.id })
  const ctx = actingAt(db, officer, '10:00')
  const accepted = await acceptReport(ctx, { ...seen(report), assignToMe: true })
  await expect(undoChange(ctx, seen(accepted))).rejects.toThrow('nothing_to_undo')
  const mine = await changeTags(ctx, { ...seen(accepted), tags: ['mới'] })
  await expect(undoChange(actingAt(db, approver, '10:00'), seen(mine))).rejects.toThrow('nothing_to_undo')
  await expect(undoChange(actingAt(db, officer, '10:01'), seen(mine))).rejects.toThrow('undo_too_late')
})
