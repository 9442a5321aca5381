import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinAlerts, bulletins } from '#db/schema/index.ts'
import { publish, slugOf, test } from '#server/http/testing/public-desk.ts'
import { unpublishBulletin, withdrawBulletin } from '../commands/correct-bulletin.ts'
import { publishBulletin } from '../commands/publish-bulletin.ts'

test('caches store the pages until something changes, and a bulletin that was taken down is gone', async ({
  db,
  desk,
}) => {
  const out = await publish(db)
  const path = `/ban-tin/${await slugOf(db, out.id)}`
  const first = await desk.get(path)
  expect([first.status, first.headers.get('cache-control')]).toEqual([
    200,
    'public, max-age=60, stale-while-revalidate=30',
  ])
  const tag = first.headers.get('etag') ?? ''
  expect((await desk.get(path, { 'if-none-match': tag })).status).toBe(304)
  expect((await desk.get(`/en${path}`, { 'if-none-match': tag })).status).toBe(200)
  const list = (await desk.get('/ban-tin')).headers.get('etag') ?? ''
  const withdrawn = await withdrawBulletin(actingAt(db, out.chief, '10:00'), {
    ...out,
    notice: 'Nhầm đoạn đường.',
    noticeEn: 'Wrong stretch of road.',
    alertEnding: null,
  })
  expect((await desk.get(path, { 'if-none-match': tag })).status).toBe(200)
  expect((await desk.get('/ban-tin', { 'if-none-match': list })).status).toBe(200)
  await unpublishBulletin(actingAt(db, out.chief, '10:05'), { ...withdrawn, reason: 'Trùng', redirectToId: null })
  const gone = await desk.get(path)
  expect([gone.status, gone.headers.get('x-robots-tag')]).toEqual([410, 'noindex'])
  expect(await gone.text()).toBe('<h1>page</h1>')
  expect((await desk.get('/ban-tin/chua-tung-co')).headers.get('etag')).toBeNull()
})

test('a bulletin taken down may redirect to another', async ({ db, desk }) => {
  const [out, other] = [await publish(db), await publish(db)]
  await unpublishBulletin(actingAt(db, out.chief, '10:05'), { ...out, reason: 'Trùng', redirectToId: other.id })
  const moved = await desk.get(`/en/ban-tin/${await slugOf(db, out.id)}`)
  expect([moved.status, moved.headers.get('location')]).toEqual([308, `/en/ban-tin/${await slugOf(db, other.id)}`])
})

test('an exercise is never public: no number, no address, no page, no feed, no alert', async ({ db, desk }) => {
  const { chief } = await buildNewsroom(db)
  const content = contentOf('Diễn tập: gió giật', { areaIds: [(await buildArea(db)).id], alert: alertPanelOf() })
  const incident = await buildIncident(db)
  const built = await buildBulletin(db, {
    state: 'approved',
    content,
    incidentId: incident.id,
    isExercise: true,
    authorId: chief.id,
    approvedById: chief.id,
  })
  await publishBulletin(actingAt(db, chief, '09:00'), { id: built.id, version: 1, acknowledged: [] })
  const [row] = await db.select().from(bulletins).where(eq(bulletins.id, built.id))
  expect(row).toMatchObject({ state: 'published', number: null, slug: null })
  const [alert] = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, built.id))
  expect(alert).toMatchObject({ status: 'Exercise' })
  expect((await desk.get(`/feeds/alerts/${alert?.id}.xml`)).status).toBe(404)
  expect(await (await desk.get('/feeds/alerts.atom')).text()).not.toContain(built.id)
  expect((await (await desk.get(`/feeds/bulletins.json?incident=${incident.id}`)).json()).items).toEqual([])
})
