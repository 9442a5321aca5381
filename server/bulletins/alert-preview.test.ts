import { eq } from 'drizzle-orm'
import { XMLParser } from 'fast-xml-parser'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinAlerts, bulletins } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { alertCircumstances } from './alerts.ts'
import { correctBulletin } from './commands/correct-bulletin.ts'
import { publishBulletin } from './commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from './commands/review-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import { alertOf } from './queries/check.ts'
import { type CapMessage, capMessage } from './rules/cap.ts'

/** A newsroom whose warnings replace each other. */
async function warnings(db: Database) {
  const { editor, chief } = await buildNewsroom(db)
  const area = await buildArea(db, { lon: 105.88, lat: 21.04 })
  const people = { authorId: editor.id, approvedById: chief.id }
  const content = (title: string) => contentOf(title, { areaIds: [area.id], alert: alertPanelOf() })
  /** Approved, to replace another bulletin. */
  async function ready(title: string, supersedesId: string | null = null, isExercise = false) {
    const { id } = await buildBulletin(db, { state: 'approved', content: content(title), isExercise, ...people })
    await db.update(bulletins).set({ supersedesId }).where(eq(bulletins.id, id))
    return { id, version: 1 }
  }
  const publish = (change: { id: string; version: number }, at: string) =>
    publishBulletin(actingAt(db, chief, at), { ...change, acknowledged: [] })
  async function beginCorrection(change: { id: string; version: number }, title: string, at: string) {
    const told = { kind: 'substantive' as const, note: 'Đã đổi.', noteEn: 'Changed.' }
    const moved = await correctBulletin(actingAt(db, editor, at), { ...change, ...told })
    const next = content(title)
    const en = next.en && { ...next.en, summary: 'Changed.' }
    return saveBulletin(actingAt(db, editor, at), { ...moved, content: { ...next, en }, auto: false, typo: false })
  }
  async function release(change: { id: string; version: number }, at: string) {
    let moved = await submitBulletin(actingAt(db, editor, at), { ...change, note: '' })
    moved = await approveBulletin(actingAt(db, chief, at), { ...moved, acknowledged: [] })
    return publish(moved, at)
  }
  const preview = async (id: string, at: string): Promise<Pick<CapMessage, 'msgType' | 'references'>> =>
    new XMLParser().parse((await alertOf(actingAt(db, chief, at), id)) ?? '').alert
  const sent = async (id: string) => {
    const rows = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, id))
    return rows.sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime()).at(-1)
  }
  /** The messages that the checklist says the alert will follow. */
  const checked = async (id: string) => {
    const [row] = await db.select().from(bulletins).where(eq(bulletins.id, id))
    const at = actingAt(db, chief, '09:30').now()
    const { alert } = await alertCircumstances(db, row as NonNullable<typeof row>, content(''), at)
    return alert?.follows?.references.map(({ identifier }) => identifier) ?? []
  }
  return { ready, publish, beginCorrection, release, preview, sent, checked }
}

test('the preview of an alert names the messages that it will follow when it is sent: all of them', async ({ db }) => {
  const { ready, publish, beginCorrection, release, preview, sent, checked } = await warnings(db)
  const first = await publish(await ready('Gió giật'), '09:00')
  const second = await publish(await ready('Gió mạnh', first.id), '09:10')
  const third = await ready('Gió rất mạnh', second.id)
  const names = [`hanoi-${first.id}-1`, `hanoi-${second.id}-1`]
  const seen = await preview(third.id, '09:20')
  expect(seen.msgType).toBe('Update')
  expect(seen.references?.split(' ')).toEqual(names.map((name) => expect.stringContaining(`,${name},`)))
  expect(await checked(third.id)).toEqual(names)
  const out = await publish(third, '09:20')
  expect(await sent(third.id)).toMatchObject({ messageType: 'Update', follows: names })
  expect((await sent(third.id))?.message.references).toBe(seen.references)

  const moved = await beginCorrection(out, 'Gió rất mạnh, cấm cầu', '09:25')
  const corrected = await preview(out.id, '09:30')
  expect(await checked(out.id)).toEqual([...names, `hanoi-${third.id}-1`])
  await release(moved, '09:30')
  expect((await sent(third.id))?.follows).toEqual([...names, `hanoi-${third.id}-1`])
  expect((await sent(third.id))?.message.references).toBe(corrected.references)
})

test('a message of another sender is referenced with that sender', async ({ db }) => {
  const { ready, publish, preview, sent } = await warnings(db)
  const old = await buildBulletin(db, { state: 'published', content: contentOf('Bão') })
  const sentAt = new Date('2026-03-02T01:00:00Z')
  const id = `hanoi-${old.id}-1`
  const panel = contentOf('Bão', { alert: alertPanelOf() })
  const sender = 'pctt.hanoi.example'
  const names = { identifier: id, sender, senderName: { vi: 'Văn phòng', en: 'Office' } }
  const type = { status: 'Actual', messageType: 'Alert' } as const
  const message = capMessage({ ...names, ...type, sentAt, content: panel, areas: [], references: [], web: null })
  const times = { sentAt, expiresAt: new Date('2026-03-02T15:00:00Z') }
  const revisionId = old.publishedRevisionId as string
  await db
    .insert(bulletinAlerts)
    .values({ id, bulletinId: old.id, revisionId, ...type, ...times, headline: 'Bão', message })
  const next = await ready('Bão mạnh', old.id)
  expect((await preview(next.id, '09:00')).references).toBe(`${sender},${id},2026-03-02T08:00:00+07:00`)
  await publish(next, '09:00')
  expect((await sent(next.id))?.message.references).toBe(`${sender},${id},2026-03-02T08:00:00+07:00`)
})

test('the preview of a first alert follows nothing, and an exercise replaces none', async ({ db }) => {
  const { ready, publish, preview, checked } = await warnings(db)
  const out = await publish(await ready('Lũ sông Hồng'), '09:00')
  for (const { id } of [await ready('Lũ sông Đáy'), await ready('Diễn tập lũ', out.id, true)]) {
    const seen = await preview(id, '09:10')
    expect([seen.msgType, seen.references]).toEqual(['Alert', undefined])
    expect(await checked(id)).toEqual([])
  }
})
