import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletins } from '#db/schema/index.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { correct, publish, setClock, test } from '#server/http/testing/public-desk.ts'
import { unpublishBulletin, withdrawBulletin } from '../commands/correct-bulletin.ts'
import { publishBulletin } from '../commands/publish-bulletin.ts'
import { publicAlerts } from '../queries/public-alerts.ts'

describe('what was taken down', () => {
  test.for(['unpublished', 'cleaned'] as const)(
    'is no longer named by the message that ended the alert which it replaced: %s',
    async (how, { db, desk }) => {
      // Each after all that came before it: a list says when it changed last.
      const [begun, removed] = how === 'cleaned' ? ['20:30', '21:00'] : ['19:00', '20:00']
      setClock('21:30')
      const hidden = how === 'cleaned' ? 'Đinh Văn Sạch' : 'Đinh Văn Mất'
      const area = await buildArea(db, { lon: 105.91, lat: 21.06 })
      const older = await publish(db, contentOf('Ngập phố Hoa Lâm', { areaIds: [area.id], alert: alertPanelOf() }))
      const { editor, chief } = await buildNewsroom(db)
      const built = await buildBulletin(db, {
        state: 'approved',
        content: contentOf(`Nước đã rút khỏi nhà ông ${hidden}`, { alertEnding: 'over' }),
        authorId: editor.id,
        approvedById: chief.id,
      })
      await db.update(bulletins).set({ supersedesId: older.id }).where(eq(bulletins.id, built.id))
      const newer = await publishBulletin(actingAt(db, chief, begun), { id: built.id, version: 1, acknowledged: [] })
      const list = await desk.get('/feeds/alerts.atom')
      expect(await list.text()).toContain(hidden)
      if (how === 'unpublished') {
        await unpublishBulletin(actingAt(db, chief, removed), { ...newer, reason: 'Lộ tên', redirectToId: null })
      } else {
        const clean = contentOf('Nước đã rút khỏi phố Hoa Lâm')
        await correct(db, { editor, chief, ...newer }, 'personal_data', clean, removed)
      }
      for (const [name, value] of [
        ['if-none-match', list.headers.get('etag') ?? ''],
        ['if-modified-since', list.headers.get('last-modified') ?? ''],
      ] as const) {
        const answer = await desk.get('/feeds/alerts.atom', { [name]: value })
        expect([name, answer.status]).toEqual([name, 200])
        expect(await answer.text()).not.toContain(hidden)
      }
    },
  )

  test.for(['unpublished', 'cleaned'] as const)(
    'does not revive an alert that its own had replaced: %s',
    async (how, { db, desk }) => {
      const [begun, removed] = how === 'cleaned' ? ['22:00', '22:10'] : ['22:20', '22:30']
      setClock('22:40')
      const area = await buildArea(db, { lon: 105.91, lat: 21.06 })
      const panel = (event: string) =>
        contentOf(`${event} ở bãi giữa`, {
          areaIds: [area.id],
          alert: alertPanelOf({ event, expires: hanoi('2026-03-03 06:00').toISOString() }),
        })
      const [event, next] = [`Nước dâng ${how}`, `Nước dâng nhanh ${how}`]
      const older = await publish(db, panel(event))
      const { editor, chief } = await buildNewsroom(db)
      const built = await buildBulletin(db, {
        state: 'approved',
        content: panel(next),
        authorId: editor.id,
        approvedById: chief.id,
      })
      await db.update(bulletins).set({ supersedesId: older.id }).where(eq(bulletins.id, built.id))
      const newer = await publishBulletin(actingAt(db, chief, begun), { id: built.id, version: 1, acknowledged: [] })
      let cleaned = { ...newer }
      if (how === 'unpublished')
        await unpublishBulletin(actingAt(db, chief, removed), {
          ...newer,
          reason: 'Lộ tên',
          redirectToId: null,
          endsAlert: true,
        })
      else cleaned = await correct(db, { editor, chief, ...newer }, 'personal_data', panel(next), removed)
      const list = await (await desk.get('/feeds/alerts.atom')).text()
      const [entry] = list.split('<entry>').filter((one) => one.includes(`hanoi-${older.id}-1`))
      expect(entry).toMatch(how === 'cleaned' ? /\[Đã có cảnh báo mới\]/ : /\[Hết hiệu lực\]/)
      const lastOf = async () => (await publicAlerts(db)).find(({ id }) => id.startsWith(`hanoi-${built.id}-`))
      expect((await lastOf())?.follows).toContain(`hanoi-${older.id}-1`)
      if (how === 'unpublished') return
      await withdrawBulletin(actingAt(db, chief, '22:30'), {
        ...cleaned,
        notice: 'Hết',
        noticeEn: 'Over',
        alertEnding: 'over',
      })
      expect(await lastOf()).toMatchObject({
        messageType: 'Cancel',
        follows: expect.arrayContaining([`hanoi-${older.id}-1`]),
      })
    },
  )

  test('marks an alert as replaced, though the message that replaced it had lapsed and is gone', async ({
    db,
    desk,
  }) => {
    setClock('23:30')
    const area = await buildArea(db, { lon: 105.91, lat: 21.06 })
    const panel = (event: string, until: string) =>
      contentOf(`${event} ở bãi sậy`, {
        areaIds: [area.id],
        alert: alertPanelOf({ event, expires: hanoi(until).toISOString() }),
      })
    const older = await publish(db, panel('Lũ quét', '2026-03-03 06:00'))
    const { editor, chief } = await buildNewsroom(db)
    const content = panel('Lũ quét nhỏ', '2026-03-02 23:00')
    const people = { authorId: editor.id, approvedById: chief.id }
    const built = await buildBulletin(db, { state: 'approved', content, ...people })
    await db.update(bulletins).set({ supersedesId: older.id }).where(eq(bulletins.id, built.id))
    const newer = await publishBulletin(actingAt(db, chief, '22:45'), { id: built.id, version: 1, acknowledged: [] })
    await unpublishBulletin(actingAt(db, chief, '23:20'), { ...newer, reason: 'Lộ tên', redirectToId: null })
    const list = await (await desk.get('/feeds/alerts.atom')).text()
    const [entry] = list.split('<entry>').filter((one) => one.includes(`hanoi-${older.id}-1`))
    expect(entry).toContain('[Đã có cảnh báo mới]')
  })
})
