import { describe, expect } from 'vitest'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { acceptReport } from './accept-report.ts'
import { assignPerson } from './assign-person.ts'
import { changeCategory, changePlace, changeSeverity, changeTags, linkIncident } from './change-report.ts'
import type { Moved } from './move-report.ts'
import { undoChange } from './undo-change.ts'

describe('what was just set is put back', () => {
  test('whichever field it was, its deadline too, and the log tells of both', async ({ db }) => {
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

  test('though a colleague set another field meanwhile: that one stays', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const mine = await changeTags(actingAt(db, officer, '10:00'), { ...seen(report), tags: ['mới'] })
    await changeSeverity(actingAt(db, approver, '10:00'), { ...seen(mine), severity: 'urgent', reason: '' })
    await undoChange(actingAt(db, officer, '10:00'), seen(mine))
    expect((await storyOf(db, report.id)).report).toMatchObject({ tags: [], severity: 'urgent' })
  })

  test('but not where a colleague set the same field since: he is named', async ({ db }) => {
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

test('what one has set anew oneself is not lost with an earlier change; taken back one by one, both go', async ({
  db,
}) => {
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

test('neither a colleague’s change, nor a move, nor one of long ago is undone so', async ({ db }) => {
  const { agency, officer, approver } = await buildTeam(db)
  const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: agency.id })
  const ctx = actingAt(db, officer, '10:00')
  const accepted = await acceptReport(ctx, { ...seen(report), assignToMe: true })
  await expect(undoChange(ctx, seen(accepted))).rejects.toThrow('nothing_to_undo')
  const mine = await changeTags(ctx, { ...seen(accepted), tags: ['mới'] })
  await expect(undoChange(actingAt(db, approver, '10:00'), seen(mine))).rejects.toThrow('nothing_to_undo')
  await expect(undoChange(actingAt(db, officer, '10:01'), seen(mine))).rejects.toThrow('undo_too_late')
})
