import { parseFeed } from '@rowanmanning/feed-parser'
import { eq } from 'drizzle-orm'
import { XMLParser } from 'fast-xml-parser'
import { expect } from 'vitest'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, contentOf, textOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinAlerts } from '#db/schema/index.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { assertValid, correct, publish, test } from '#server/http/testing/public-desk.ts'
import { alertsGeoJsonOf } from '../alert-feeds.ts'
import { withdrawBulletin } from '../commands/correct-bulletin.ts'
import { alertsInForce } from '../queries/public-alerts.ts'
import { isSignedBy } from './testing/verify-signature.ts'

test('an alert is a valid CAP message in two languages; its correction updates it and its withdrawal cancels it', async ({
  db,
  desk,
}) => {
  const area = await buildArea(db, { name: 'Phường Bồ Đề', lon: 105.88, lat: 21.04 })
  const content = contentOf('Gió giật trên cầu: cấm & tránh xa', { areaIds: [area.id], alert: alertPanelOf() })
  const out = await publish(db, content)
  const changed = { ...content, vi: textOf('Gió giật trên cầu: cấm đến 20 giờ') }
  const corrected = await correct(db, out, 'substantive', changed, '10:00')
  await withdrawBulletin(actingAt(db, out.chief, '11:00'), {
    ...corrected,
    notice: 'Gió đã lặng.',
    noticeEn: 'The wind has fallen.',
    alertEnding: 'over',
  })
  const sent = await db
    .select()
    .from(bulletinAlerts)
    .where(eq(bulletinAlerts.bulletinId, out.id))
    .orderBy(bulletinAlerts.sentAt)
  expect(sent.map(({ messageType }) => messageType)).toEqual(['Alert', 'Update', 'Cancel'])
  expect(sent.map(({ follows }) => follows.length)).toEqual([0, 1, 2])
  const published = await (await desk.get('/feeds/alerts.pem')).text()
  expect(published).not.toContain('PRIVATE')
  for (const { id } of sent) {
    const response = await desk.get(`/feeds/alerts/${id}.xml`)
    expect(response.headers.get('content-type')).toBe('application/cap+xml; charset=utf-8')
    const xml = await response.text()
    await assertValid(xml)
    expect(await isSignedBy(published, xml)).toBe(true)
    expect(xml).toContain('<language>en</language>')
    expect(xml).toContain('<areaDesc>Bo De Ward</areaDesc>')
    expect(xml).toMatch(/<polygon>21\.03,105\.87 .* 21\.03,105\.87<\/polygon>/)
    expect(new XMLParser().parse(xml).alert.info[1].area.geocode).toEqual({ valueName: 'VN-GSO', value: area.code })
  }
  const feed = parseFeed(await (await desk.get('/feeds/alerts.atom')).text())
  expect(feed.items.map(({ url }) => url)).toEqual(
    expect.arrayContaining(sent.map(({ id }) => `${desk.origin}/feeds/alerts/${id}.xml`)),
  )
})

test('a map shows the alerts in force, and none that lapsed, was followed or was cancelled', async ({ db, desk }) => {
  const area = await buildArea(db, { name: 'Phường Hồng Hà', lon: 105.86, lat: 21.05 })
  const content = contentOf('Lũ trên báo động 2', { areaIds: [area.id], alert: alertPanelOf() })
  const out = await publish(db, content)
  const inForce = async (local: string) => alertsInForce(db, hanoi(`2026-03-02 ${local}`))
  const [first] = await inForce('09:30')
  expect(first?.bulletinId).toBe(out.id)
  await correct(db, out, 'substantive', { ...content, vi: textOf('Lũ trên báo động 3') }, '10:00')
  const alerts = (await inForce('10:30')).filter(({ bulletinId }) => bulletinId === out.id)
  expect(alerts).toMatchObject([{ messageType: 'Update', headline: 'Lũ trên báo động 3' }])
  const { features } = JSON.parse(alertsGeoJsonOf({ home: desk.origin, language: 'vi', alerts }))
  const [ring] = features[0].geometry.coordinates[0]
  expect([ring.at(0), ring.length >= 4]).toEqual([ring.at(-1), true])
  for (const [lon, lat] of ring) expect([lon, lat]).toEqual([expect.closeTo(105.86, 1), expect.closeTo(21.05, 1)])
  expect(features[0]).toMatchObject({
    properties: {
      areas: ['Phường Hồng Hà'],
      severity: 'Severe',
      cap: `${desk.origin}/feeds/alerts/${alerts[0]?.id}.xml`,
    },
  })
  expect(await inForce('22:30')).toEqual([])
  const served = await desk.get('/feeds/alerts.geojson')
  expect(served.headers.get('content-type')).toBe('application/geo+json; charset=utf-8')
  expect(await served.json()).toEqual({ type: 'FeatureCollection', features: [] })
  expect((await desk.get('/feeds/alerts.geojson', { 'if-none-match': served.headers.get('etag') ?? '' })).status).toBe(
    304,
  )
})
