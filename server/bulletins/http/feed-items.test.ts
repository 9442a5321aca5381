import { parseFeed } from '@rowanmanning/feed-parser'
import { expect } from 'vitest'
import { buildArea } from '#db/factories/areas.ts'
import { contentOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { correct, publish, setClock, slugOf, test } from '#server/http/testing/public-desk.ts'

test('all feeds have the same bulletins, by an id that never changes', async ({ db, desk }) => {
  setClock('09:30')
  const incident = await buildIncident(db)
  const { id } = await publish(db, contentOf('Cấm cầu “Long Biên” & đường dẫn <phía bắc>'), incident.id)
  for (const format of ['atom', 'rss']) {
    const response = await desk.get(`/feeds/bulletins.${format}?incident=${incident.id}`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      `application/${format}+xml; charset=utf-8`,
    ])
    const feed = parseFeed(await response.text())
    expect(feed.items).toMatchObject([
      {
        id: `urn:uuid:${id}`,
        title: 'Cấm cầu “Long Biên” & đường dẫn <phía bắc>',
        url: `${desk.origin}/ban-tin/${await slugOf(db, id)}`,
      },
    ])
    expect(feed.self ?? feed.url).toBeTruthy()
  }
  const json = await (await desk.get(`/feeds/bulletins.json?incident=${incident.id}`)).json()
  expect(json).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    items: [{ id: `urn:uuid:${id}`, tags: ['road_closed', 'Bản tin 1 / Bão số 3'] }],
  })
})

test('a feed is given by area and language, and refuses what it does not understand', async ({ db, desk }) => {
  const [here, there] = [await buildArea(db, { code: '00801' }), await buildArea(db, { code: '00802' })]
  const { id } = await publish(db, contentOf('Chỉ ở đây', { areaIds: [here.id] }))
  const idsIn = async (query: string) =>
    (await (await desk.get(`/feeds/bulletins.json?${query}`)).json()).items.map((item: { id: string }) => item.id)
  expect(await idsIn(`area=${here.code}`)).toContain(`urn:uuid:${id}`)
  expect(await idsIn(`area=${there.code}`)).not.toContain(`urn:uuid:${id}`)
  const vietnamese = await publish(db, contentOf('Chỉ tiếng Việt', { en: null }), null).catch((error) => error.message)
  expect(vietnamese).toBe('checklist_warnings')
  expect((await desk.get('/feeds/bulletins.json?area=99999')).status).toBe(404)
  expect((await desk.get('/feeds/bulletins.json?kind=gossip')).status).toBe(404)
  expect((await desk.get('/feeds/bulletins.xls')).status).toBe(404)
})

test('what did not change is not sent again; a substantive correction updates the item, a minor one does not', async ({
  db,
  desk,
}) => {
  setClock('12:00')
  const incident = await buildIncident(db)
  const out = await publish(db, contentOf(), incident.id)
  const path = `/feeds/bulletins.json?incident=${incident.id}`
  const first = await desk.get(path)
  const tag = first.headers.get('etag') ?? ''
  const modified = first.headers.get('last-modified') ?? ''
  expect((await desk.get(path, { 'if-none-match': tag })).status).toBe(304)
  expect((await desk.get(path, { 'if-none-match': `"other", ${tag.replace('W/', '')}` })).status).toBe(304)
  expect((await desk.get(path, { 'if-modified-since': modified })).status).toBe(304)
  const [before] = (await first.json()).items
  const mended = await correct(db, out, 'minor', contentOf('Cấm cầu Long Biên do gió mạnh'), '10:00')
  const second = await desk.get(path, { 'if-none-match': tag })
  expect(second.status).toBe(200)
  const [after] = (await second.json()).items
  expect([after.id, after.date_modified, after.title]).toEqual([
    before.id,
    before.date_modified,
    'Cấm cầu Long Biên do gió mạnh',
  ])
  await correct(db, mended, 'substantive', contentOf('Cấm cầu Long Biên đến 18 giờ'), '11:00')
  const [last] = (await (await desk.get(path)).json()).items
  expect([last.id, last.date_modified > before.date_modified, last.url]).toEqual([before.id, true, before.url])
})
