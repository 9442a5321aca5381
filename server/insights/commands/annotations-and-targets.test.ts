import { desc, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Role } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { annotationsBetween, listAnnotations } from '../queries/annotations.ts'
import { readBoard } from '../queries/board.ts'
import { targetsOf } from '../queries/targets.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { removeAnnotation, saveAnnotation } from './save-annotation.ts'
import { removeTarget, saveTarget } from './save-target.ts'

const now = () => hanoi('2026-03-04 10:00')

async function deskOf(db: Database, role: Role, agency?: Awaited<ReturnType<typeof buildAgency>>) {
  return { db, actor: await buildActor(db, role, agency), now }
}

const landfall = {
  id: null,
  version: 0,
  startsAt: hanoi('2026-03-01 12:00'),
  endsAt: hanoi('2026-03-02 06:00'),
  tag: 'weather' as const,
  words: 'Bão đổ bộ',
  agencyId: null,
}
const aim = { id: null, version: 0, kpi: 'handled' as const, agencyId: null, validFrom: '2026-01-01', band: 0.02 }

const lastEvent = async (db: Database, id: string) =>
  (await db.select().from(events).where(eq(events.subjectId, id)).orderBy(desc(events.id)).limit(1))[0]

describe('an annotation', () => {
  test('of the city is written by managers of the city only', async ({ db }) => {
    for (const role of ['dispatcher', 'officer', 'approver', 'admin', 'auditor'] as const) {
      await expect(saveAnnotation(await deskOf(db, role), landfall)).rejects.toThrow('forbidden')
    }
    const ward = await deskOf(db, 'manager', await buildAgency(db))
    await expect(saveAnnotation(ward, landfall)).rejects.toThrow('forbidden')
    const { id } = await saveAnnotation(await deskOf(db, 'manager'), landfall)
    expect(await lastEvent(db, id)).toMatchObject({ event: 'annotation.added', version: 1 })
    await expect(removeAnnotation(ward, { id, version: 1 })).rejects.toThrow('forbidden')
  })

  test('of an agency is read there and above, not by a sibling agency', async ({ db }) => {
    const [ward, next] = [await buildAgency(db), await buildAgency(db)]
    const desk = await deskOf(db, 'manager', ward)
    const { id } = await saveAnnotation(desk, { ...landfall, agencyId: ward.id, words: 'Chuyển trụ sở' })
    const seenBy = async (ctx: Awaited<ReturnType<typeof deskOf>>) =>
      (await listAnnotations(ctx)).some((each) => each.id === id)
    expect(await seenBy(desk)).toBe(true)
    expect(await seenBy(await deskOf(db, 'dispatcher'))).toBe(true)
    expect(await seenBy(await deskOf(db, 'manager', next))).toBe(false)
  })

  test('is shown on every chart whose period it touches', async ({ db }) => {
    const desk = await deskOf(db, 'manager')
    const { id } = await saveAnnotation(desk, landfall)
    const moment = await saveAnnotation(desk, { ...landfall, endsAt: null })
    const within = async (from: string, to: string) =>
      (await annotationsBetween(desk, hanoi(from), hanoi(to))).map((each) => each.id)
    expect(await within('2026-03-02 00:00', '2026-03-03 00:00')).toContain(id)
    expect(await within('2026-03-02 00:00', '2026-03-03 00:00')).not.toContain(moment.id)
    expect(await within('2026-03-01 00:00', '2026-03-02 00:00')).toEqual(expect.arrayContaining([id, moment.id]))
    expect(await within('2026-02-01 00:00', '2026-03-01 00:00')).not.toContain(id)
  })

  test('is not saved or removed over the edit of a colleague', async ({ db }) => {
    const desk = await deskOf(db, 'manager')
    const { id } = await saveAnnotation(desk, landfall)
    const changed = { ...landfall, id, version: 1, words: 'Bão đổ bộ, mất điện diện rộng' }
    expect(await saveAnnotation(desk, changed)).toEqual({ id, version: 2 })
    expect(await saveAnnotation(desk, { ...changed, version: 2 })).toEqual({ id, version: 2 })
    await expect(saveAnnotation(desk, { ...changed, words: 'Khác' })).rejects.toThrow('conflict')
    await expect(removeAnnotation(desk, { id, version: 1 })).rejects.toThrow('conflict')
    await removeAnnotation(desk, { id, version: 2 })
    expect(await lastEvent(db, id)).toMatchObject({ event: 'annotation.removed' })
  })
})

describe('a target', () => {
  test('is set by managers and administrators, within their reach', async ({ db }) => {
    const agency = await buildAgency(db)
    for (const role of ['dispatcher', 'officer', 'approver', 'auditor'] as const) {
      await expect(saveTarget(await deskOf(db, role), { ...aim, value: 0.8 })).rejects.toThrow('forbidden')
    }
    const ward = await deskOf(db, 'manager', agency)
    await expect(saveTarget(ward, { ...aim, value: 0.8 })).rejects.toThrow('forbidden')
    const { id } = await saveTarget(ward, { ...aim, agencyId: agency.id, value: 0.9 })
    expect(await lastEvent(db, id)).toMatchObject({ event: 'target.set' })
  })

  test('applies from its day on, to the agency and all below it that have none', async ({ db }) => {
    const parent = await buildAgency(db)
    const child = await buildAgency(db, { parentId: parent.id })
    const desk = await deskOf(db, 'manager')
    await saveTarget(desk, { ...aim, agencyId: parent.id, value: 0.8 })
    await saveTarget(desk, { ...aim, agencyId: parent.id, validFrom: '2026-03-01', value: 0.85 })
    expect((await targetsOf(db, child.id))('2026-02-28').handled).toEqual({ value: 0.8, band: 0.02 })
    expect((await targetsOf(db, child.id))('2026-03-01').handled?.value).toBe(0.85)
    await saveTarget(desk, { ...aim, agencyId: child.id, validFrom: '2026-03-01', value: null })
    expect((await targetsOf(db, child.id))('2026-03-01').handled?.value).toBeNull()
  })

  test('that changes within the period steps with it on the chart', async ({ db }) => {
    await buildCity(db)
    const agency = await buildAgency(db)
    const desk = await deskOf(db, 'manager')
    await saveTarget(desk, { ...aim, agencyId: agency.id, validFrom: '2026-02-24', value: 0.75 })
    await saveTarget(desk, { ...aim, agencyId: agency.id, validFrom: '2026-02-26', value: 0.85 })
    const period = { from: '2026-02-23', to: '2026-02-26' }
    const { charts } = await readBoard(desk, { ...noBoardFilters, agency: agency.id, period })
    expect(charts.handled.map(({ to, target }) => [to, target])).toEqual([
      // Before any was set: the target of the definition.
      ['2026-02-23', 0.8],
      ['2026-02-24', 0.75],
      ['2026-02-25', 0.75],
      ['2026-02-26', 0.85],
    ])
  })

  test('set for a later day does not apply to a period that is over', async ({ db }) => {
    await buildCity(db)
    const agency = await buildAgency(db)
    const desk = await deskOf(db, 'manager')
    await saveTarget(desk, { ...aim, agencyId: agency.id, value: 0.8 })
    await saveTarget(desk, { ...aim, agencyId: agency.id, validFrom: '2026-03-01', value: 0.85 })
    const aimedAt = async (period: { from: string; to: string }) =>
      (await readBoard(desk, { ...noBoardFilters, agency: agency.id, period })).kpis.handled.judged?.target
    expect(await aimedAt({ from: '2026-02-01', to: '2026-02-28' })).toBe(0.8)
    expect(await aimedAt({ from: '2026-02-01', to: '2026-03-31' })).toBe(0.85)
  })

  test('can be set once a day, and not over the edit of a colleague', async ({ db }) => {
    const agency = await buildAgency(db)
    const desk = await deskOf(db, 'admin')
    const first = { ...aim, agencyId: agency.id, value: 0.8 }
    const { id } = await saveTarget(desk, first)
    await expect(saveTarget(desk, first)).rejects.toThrow('target_taken')
    const next = { ...first, validFrom: '2026-02-01' }
    const both = await Promise.allSettled([saveTarget(desk, next), saveTarget(desk, next)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'target_taken' } })
    expect(await saveTarget(desk, { ...first, id, version: 1, value: 0.9 })).toEqual({ id, version: 2 })
    await expect(saveTarget(desk, { ...first, id, version: 1, value: 0.7 })).rejects.toThrow('conflict')
    await expect(removeTarget(desk, { id, version: 1 })).rejects.toThrow('conflict')
    await removeTarget(desk, { id, version: 2 })
    expect(await lastEvent(db, id)).toMatchObject({ event: 'target.removed' })
  })
})
