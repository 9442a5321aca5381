import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { agencies, categories, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { activeCategories, categoryTree, suggestedAgency } from '../queries.ts'
import { addCategory, addCategoryGroup } from './add-category.ts'
import { changeCategory, changeCategoryGroup } from './change-category.ts'

const now = () => hanoi('2026-03-02 12:00')

async function adminOf(db: Database, name?: string) {
  return { db, actor: await buildActor(db, 'admin', undefined, name), now }
}

const fields = {
  name: 'Cây đổ, gãy cành',
  nameEn: 'Fallen tree',
  isActive: true,
  defaultSeverity: 'urgent' as const,
  intakeMinutes: 480,
  normalMinutes: 1440,
  urgentMinutes: 240,
  complexMinutes: null,
  leadAgencyId: null as string | null,
  needsApproval: true,
  needsPhoto: true,
  headAfterDays: 2,
  cityAfterDays: 5,
  forgottenAfterDays: 4,
}

const lastEvent = async (db: Database, code: string) =>
  (await db.select().from(events).where(eq(events.subjectId, code)).orderBy(events.id)).at(-1)

describe('a category', () => {
  test('is edited by admins only', async ({ db }) => {
    const { code } = await buildCategory(db)
    for (const role of ['dispatcher', 'officer', 'approver', 'manager', 'auditor'] as const) {
      const ctx = { db, actor: await buildActor(db, role), now }
      await expect(changeCategory(ctx, { code, version: 1, fields })).rejects.toThrow('forbidden')
      await expect(addCategory(ctx, { code: 'CX-77', parentCode: 'CX', fields })).rejects.toThrow('forbidden')
    }
  })

  test('keeps its new limits and logs what changed', async ({ db }) => {
    const { code, normalMinutes } = await buildCategory(db)
    const ctx = await adminOf(db)
    expect(await changeCategory(ctx, { code, version: 1, fields })).toEqual({ code, version: 2 })
    expect(await lastEvent(db, code)).toMatchObject({
      event: 'category.changed',
      version: 2,
      details: {
        normalMinutes: [normalMinutes, 1440],
        defaultSeverity: ['normal', 'urgent'],
        needsPhoto: [false, true],
        headAfterDays: [1, 2],
        cityAfterDays: [3, 5],
        forgottenAfterDays: [2, 4],
      },
    })
    expect(await changeCategory(ctx, { code, version: 2, fields })).toEqual({ code, version: 2 })
  })

  test('is not saved over the edit of a colleague, who is named', async ({ db }) => {
    const { code } = await buildCategory(db)
    const [lan, duc] = [await adminOf(db), await adminOf(db, 'Trần Văn Đức')]
    await changeCategory(duc, { code, version: 1, fields })
    const refusal = await changeCategory(lan, { code, version: 1, fields }).catch((error) => error)
    expect(refusal).toMatchObject({ code: 'conflict', details: { by: 'Trần Văn Đức', version: 2 } })
  })

  test('is led by an agency in office; a lead agency that ended since may stay', async ({ db }) => {
    const { code } = await buildCategory(db)
    const successor = await buildAgency(db, { name: 'Sở Xây dựng' })
    const ended = await buildAgency(db, { validTo: '2025-02-28', successorId: successor.id })
    const ctx = await adminOf(db)
    const led = { ...fields, leadAgencyId: ended.id }
    const refusal = await changeCategory(ctx, { code, version: 1, fields: led }).catch((error) => error)
    expect(refusal).toMatchObject({ code: 'agency_ended', details: { successor: 'Sở Xây dựng' } })
    await db.update(categories).set({ leadAgencyId: ended.id }).where(eq(categories.code, code))
    expect(await changeCategory(ctx, { code, version: 1, fields: led })).toMatchObject({ version: 2 })
  })

  test('is added under a group, with a free code that begins with that of the group', async ({ db }) => {
    const ctx = await adminOf(db)
    await addCategoryGroup(ctx, { code: 'QA', fields: { name: 'Thử', nameEn: 'Trial', isActive: true } })
    await addCategory(ctx, { code: 'QA-01', parentCode: 'QA', fields })
    expect(await lastEvent(db, 'QA-01')).toMatchObject({
      event: 'category.added',
      details: { parentCode: [null, 'QA'] },
    })
    const add = (code: string, parentCode: string) => addCategory(ctx, { code, parentCode, fields })
    await expect(add('QA-01', 'QA')).rejects.toThrow('category_code_taken')
    await expect(add('CX-01', 'QA')).rejects.toThrow('category_code_outside_group')
    await expect(add('XX-01', 'XX')).rejects.toThrow('not_found')
    const group = (await categoryTree(db)).find(({ code }) => code === 'QA')
    expect(group?.children.map(({ code }) => code)).toEqual(['QA-01'])
  })

  test('of a retired group is no longer offered', async ({ db }) => {
    const ctx = await adminOf(db)
    await addCategoryGroup(ctx, { code: 'QB', fields: { name: 'Thử', nameEn: 'Trial', isActive: true } })
    await addCategory(ctx, { code: 'QB-01', parentCode: 'QB', fields })
    const offered = async () => (await activeCategories(db)).some(({ code }) => code === 'QB-01')
    expect(await offered()).toBe(true)
    const retired = { code: 'QB', version: 1, fields: { name: 'Thử', nameEn: 'Trial', isActive: false } }
    await changeCategoryGroup(ctx, retired)
    expect(await offered()).toBe(false)
    await expect(changeCategoryGroup(ctx, { ...retired, code: 'QB-01' })).rejects.toThrow('not_found')
  })
})

test('a report goes to the lead agency of its category, otherwise to the committee of its place', async ({ db }) => {
  const area = await buildArea(db, { code: '00070' })
  const committee = await buildAgency(db, { areaCode: area.code, validFrom: '2025-07-01' })
  const trees = await buildAgency(db)
  const [led, local] = [await buildCategory(db, { leadAgencyId: trees.id }), await buildCategory(db)]
  const goesTo = (categoryCode: string, areaId: number | null) => suggestedAgency(db, { categoryCode, areaId }, now())
  expect(await goesTo(led.code, area.id)).toBe(trees.id)
  expect(await goesTo(local.code, area.id)).toBe(committee.id)
  expect(await goesTo(local.code, null)).toBeNull()
  await db.update(agencies).set({ validTo: '2026-01-01' }).where(eq(agencies.id, trees.id))
  expect(await goesTo(led.code, area.id)).toBe(committee.id)
})
