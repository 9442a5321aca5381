import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { answerTemplates, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { listAnswerTemplates, templatesFor } from '../queries/answer-templates.ts'
import type { RejectReason } from '../rules/lifecycle.ts'
import type { StatedOutcome } from '../rules/outcome.ts'
import { removeAnswerTemplate, saveAnswerTemplate } from './save-answer-template.ts'

const now = () => hanoi('2026-03-02 12:00')
const adminOf = async (db: Database, name?: string) => ({
  db,
  actor: await buildActor(db, 'admin', undefined, name),
  now,
})

const template = {
  id: null,
  version: 0,
  name: 'Đã xử lý',
  use: 'answer' as const,
  categoryCode: null as string | null,
  reason: null as RejectReason | null,
  outcome: null as StatedOutcome | null,
  body: 'Phản ánh {{code}} đã được {{agency}} xử lý.',
  isActive: true,
  position: 10,
}

describe('an answer template', () => {
  test('is edited by admins only', async ({ db }) => {
    const saved = await saveAnswerTemplate(await adminOf(db), template)
    for (const role of ['officer', 'approver', 'dispatcher', 'manager'] as const) {
      const ctx = { db, actor: await buildActor(db, role), now }
      await expect(saveAnswerTemplate(ctx, template)).rejects.toThrow('forbidden')
      await expect(removeAnswerTemplate(ctx, saved)).rejects.toThrow('forbidden')
    }
  })

  test('is refused with an unknown variable or category', async ({ db }) => {
    const ctx = await adminOf(db)
    const wrong = { ...template, body: 'Kính gửi {{ho_ten}}' }
    const refusal = await saveAnswerTemplate(ctx, wrong).catch((error) => error)
    expect(refusal).toMatchObject({ code: 'template_variable_unknown', details: { variable: '{{ho_ten}}' } })
    await expect(saveAnswerTemplate(ctx, { ...template, categoryCode: 'XX-99' })).rejects.toThrow('category_unknown')
  })

  test('is added, changed and removed, each with one event', async ({ db }) => {
    const [lan, duc] = [await adminOf(db), await adminOf(db, 'Trần Văn Đức')]
    const { id, version } = await saveAnswerTemplate(lan, template)
    const changed = await saveAnswerTemplate(duc, { ...template, id, version, body: 'Đã xong {{code}}.' })
    expect(changed).toEqual({ id, version: 2 })
    const refusal = await saveAnswerTemplate(lan, { ...template, id, version }).catch((error) => error)
    expect(refusal).toMatchObject({ code: 'conflict', details: { by: 'Trần Văn Đức' } })
    await removeAnswerTemplate(lan, changed)
    const log = await db.select().from(events).where(eq(events.subjectId, id)).orderBy(events.id)
    expect(log.map(({ event }) => event)).toEqual([
      'answer_template.added',
      'answer_template.changed',
      'answer_template.removed',
    ])
    expect((await listAnswerTemplates(db)).some((listed) => listed.id === id)).toBe(false)
  })
})

test('has a reason only for a rejection with an answer', async ({ db }) => {
  const ctx = await adminOf(db)
  const { code: categoryCode } = await buildCategory(db)
  const add = (use: 'answer' | 'reject', reason: RejectReason) =>
    saveAnswerTemplate(ctx, { ...template, categoryCode, use, reason })
  for (const reason of ['insufficient', 'spam'] as const) {
    await add('answer', reason)
    await add('reject', reason)
  }
  const offered = async (use: 'answer' | 'reject') =>
    (await templatesFor(db, { use, categoryCode })).filter((each) => each.categoryCode).map(({ reason }) => reason)
  expect(await offered('answer')).toEqual([null, null])
  expect((await offered('reject')).sort()).toEqual(['insufficient', null])
})

test('comes with its usual outcome only as an answer, and the log says which', async ({ db }) => {
  const ctx = await adminOf(db)
  const { code: categoryCode } = await buildCategory(db)
  const add = (use: 'answer' | 'ask_citizen') =>
    saveAnswerTemplate(ctx, { ...template, categoryCode, use, outcome: 'planned' })
  const [answer, question] = [await add('answer'), await add('ask_citizen')]
  const outcomeOf = async (use: 'answer' | 'ask_citizen') =>
    (await templatesFor(db, { use, categoryCode })).find((each) => each.categoryCode)?.outcome
  expect([await outcomeOf('answer'), await outcomeOf('ask_citizen')]).toEqual(['planned', null])
  await saveAnswerTemplate(ctx, { ...template, ...answer, categoryCode, outcome: 'temporary' })
  const log = await db.select().from(events).where(eq(events.subjectId, answer.id)).orderBy(events.id)
  expect(log.at(-1)?.details).toMatchObject({ outcome: ['planned', 'temporary'] })
  await expect(
    db.update(answerTemplates).set({ outcome: 'fixed' }).where(eq(answerTemplates.id, question.id)),
  ).rejects.toThrow()
})

test('templates are offered by use: those of the category first, then of its group, then the common ones', async ({
  db,
}) => {
  const ctx = await adminOf(db)
  const [tree, other] = [await buildCategory(db), await buildCategory(db)]
  const add = (name: string, more: Partial<typeof template>) => saveAnswerTemplate(ctx, { ...template, name, ...more })
  await add('chung', { position: 1 })
  await add('nhóm', { categoryCode: 'CX', position: 3 })
  await add('riêng, sau', { categoryCode: tree.code, position: 9 })
  await add('riêng, trước', { categoryCode: tree.code, position: 2 })
  await add('của lĩnh vực khác', { categoryCode: other.code })
  await add('đã ngừng', { isActive: false })
  const offered = await templatesFor(db, { use: 'answer', categoryCode: tree.code })
  const names = offered.map(({ name }) => name).filter((name) => name !== template.name)
  expect(names).toEqual(['riêng, trước', 'riêng, sau', 'nhóm', 'chung'])
  expect(await templatesFor(db, { use: 'reject', categoryCode: tree.code })).toEqual([])
})
