import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildBulletin, buildNewsroom } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinRemarks, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { addRemark, resolveRemark } from './remarks.ts'

async function begun(db: Database) {
  const { editor, chief } = await buildNewsroom(db)
  const { id: bulletinId } = await buildBulletin(db, { authorId: editor.id })
  return { editor, chief, remark: { id: randomUUID(), bulletinId, body: 'Thêm giờ mở lại', important: true } }
}

async function writtenOn(db: Database, bulletinId: string) {
  const remarks = await db.select().from(bulletinRemarks).where(eq(bulletinRemarks.bulletinId, bulletinId))
  const told = and(eq(events.subjectId, bulletinId), eq(events.event, 'bulletin.remark_added'))
  return { remarks, told: await db.select().from(events).where(told) }
}

describe('an editorial remark', () => {
  test('that is sent ten times at once is written and notified once', async ({ db }) => {
    const { chief, remark } = await begun(db)
    const sent = Array.from({ length: 10 }, () => addRemark(actingAt(db, chief, '09:00'), remark))
    expect(new Set((await Promise.all(sent)).map(({ id }) => id))).toEqual(new Set([remark.id]))
    const { remarks, told } = await writtenOn(db, remark.bulletinId)
    expect(remarks).toMatchObject([{ ...remark, authorId: chief.id }])
    expect(told).toMatchObject([{ details: { remarkId: remark.id, body: remark.body, important: true } }])
  })

  test('that is sent again after it was resolved does not become open again', async ({ db }) => {
    const { editor, chief, remark } = await begun(db)
    await addRemark(actingAt(db, chief, '09:00'), remark)
    await resolveRemark(actingAt(db, editor, '09:05'), { bulletinId: remark.bulletinId, remarkId: remark.id })
    await addRemark(actingAt(db, chief, '09:06'), remark)
    const { remarks } = await writtenOn(db, remark.bulletinId)
    expect(remarks).toMatchObject([{ resolvedById: editor.id }])
  })

  test.for([
    ['other words', { body: 'Thêm giờ mở lại và lối đi' }],
    ['another weight', { important: false }],
  ] as const)('under a name that is taken by %s is not dropped silently', async ([, change], { db }) => {
    const { chief, remark } = await begun(db)
    await addRemark(actingAt(db, chief, '09:00'), remark)
    await expect(addRemark(actingAt(db, chief, '09:01'), { ...remark, ...change })).rejects.toThrow('remark_taken')
  })

  test('is not taken for that of a colleague, nor for one on another bulletin', async ({ db }) => {
    const { editor, chief, remark } = await begun(db)
    const other = await buildBulletin(db, { authorId: editor.id })
    await addRemark(actingAt(db, chief, '09:00'), remark)
    await expect(addRemark(actingAt(db, editor, '09:01'), remark)).rejects.toThrow('remark_taken')
    const elsewhere = { ...remark, bulletinId: other.id }
    await expect(addRemark(actingAt(db, chief, '09:01'), elsewhere)).rejects.toThrow('remark_taken')
  })
})
