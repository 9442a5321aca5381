import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinAlerts, bulletinRevisions, bulletins } from '#db/schema/index.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import {
  assertValid,
  correct,
  type Newsroom,
  publish,
  setClock,
  slugOf,
  storedImage,
  test,
} from '#server/http/testing/public-desk.ts'
import { alertsGeoJsonOf } from '../alert-feeds.ts'
import { correctBulletin, restoreRevision, unpublishBulletin, withdrawBulletin } from '../commands/correct-bulletin.ts'
import { makePreview, previewedBulletin } from '../commands/make-preview.ts'
import { publishBulletin } from '../commands/publish-bulletin.ts'
import { publicPage } from '../queries/public.ts'
import { alertsInForce, publicAlerts } from '../queries/public-alerts.ts'
import type { Block } from '../rules/document.ts'

describe('what was taken down', () => {
  const secret = 'Nguyễn Văn Kín, 0912 345 678'
  const other = 'Trần Thị Giấu'

  /** An alert with an image, published in both languages, corrected once. */
  async function outWithSecret(db: Database, newsroom: Newsroom, secret: string) {
    const area = await buildArea(db, { name: 'Phường Việt Hưng', lon: 105.9, lat: 21.05 })
    const [fileId, dropped] = [await storedImage(db, newsroom.editor.id), await storedImage(db, newsroom.editor.id)]
    const incident = await buildIncident(db)
    const vi = textOf(`Sơ tán nhà ông ${secret}`)
    const image = (id: string): Block => ({
      type: 'image',
      attrs: { fileId: id, alt: 'Nhà nghiêng', decorative: false, caption: '' },
    })
    const showing = (ids: string[]) => ({
      ...vi,
      body: { ...vi.body, content: [...vi.body.content, ...ids.map(image)] },
    })
    const content = contentOf(vi.title, { areaIds: [area.id], alert: alertPanelOf(), contact: secret })
    const out = await publish(db, { ...content, vi: showing([fileId, dropped]) }, incident.id)
    const corrected = await correct(db, out, 'substantive', { ...content, vi: showing([fileId]) }, '10:00')
    return { out: corrected, fileId, dropped, incident, slug: await slugOf(db, out.id) }
  }

  test('is gone under every public address, whatever a cache still has, and nothing of it is revealed', async ({
    db,
    desk,
  }) => {
    setClock('17:30')
    const { out, fileId, dropped, incident, slug } = await outWithSecret(db, await buildNewsroom(db), secret)
    const sent = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, out.id))
    const gone = [
      `/ban-tin/${slug}`,
      `/en/ban-tin/${slug}`,
      `/ban-tin/${slug}?_rsc=1abcd`,
      `/ban-tin/${slug}/chia-se-ngang.png`,
      `/en/ban-tin/${slug}/chia-se-doc.png?v=1`,
      ...[480, 960, 1600].map((width) => `/ban-tin/anh/${fileId}/${width}.jpg`),
      ...sent.map(({ id }) => `/feeds/alerts/${id}.xml`),
    ]
    const lists = [
      ...['atom', 'rss', 'json'].map((format) => `/feeds/bulletins.${format}?incident=${incident.id}`),
      '/feeds/alerts.atom',
      '/feeds/alerts.geojson',
    ]
    const before = new Map<string, Headers>()
    for (const path of [...gone, ...lists]) {
      const answer = await desk.get(path)
      expect([path, answer.status]).toEqual([path, 200])
      if (!path.includes('_rsc'))
        expect([path, answer.headers.get('cache-control')]).toEqual([
          path,
          'public, max-age=60, stale-while-revalidate=30',
        ])
      before.set(path, answer.headers)
    }
    // No longer public since the correction, which counts as taken down.
    expect((await desk.get(`/ban-tin/anh/${dropped}/480.jpg`)).status).toBe(410)

    const { path: preview } = await makePreview(actingAt(db, out.editor, '10:30'), { id: out.id, hours: 24 })
    const token = preview.split('/').at(-1) as string
    expect(await previewedBulletin(db, token, hanoi('2026-03-02 10:40'))).toBe(out.id)
    const down = { ...out, reason: `Lộ thông tin của ${secret}`, redirectToId: null, endsAlert: true }
    await unpublishBulletin(actingAt(db, out.chief, '18:00'), down)
    setClock('18:01')
    for (const path of gone) {
      const [tag, modified] = ['etag', 'last-modified'].map((name) => before.get(path)?.get(name) ?? '')
      for (const headers of [{}, { 'if-none-match': tag ?? '' }, { 'if-modified-since': modified ?? '' }]) {
        const answer = await desk.get(path, headers as Record<string, string>)
        expect([path, answer.status]).toEqual([path, 410])
        expect(answer.headers.get('cache-control')).toMatch(/max-age=(30|60)$/)
        expect(await answer.text()).not.toContain('Kín')
      }
    }
    for (const path of lists) {
      const tag = before.get(path)?.get('etag') ?? ''
      const modified = before.get(path)?.get('last-modified') ?? ''
      for (const [name, value] of [
        ['if-none-match', tag],
        ['if-modified-since', modified],
      ] as const) {
        const answer = await desk.get(path, { [name]: value })
        expect([path, answer.status]).toEqual([path, 200])
        const text = await answer.text()
        expect(text).not.toContain('Kín')
        expect(text).not.toContain(fileId)
      }
    }
    expect(alertsGeoJsonOf({ home: desk.origin, language: 'vi', alerts: await publicAlerts(db) })).not.toContain('Kín')

    const all = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, out.id))
    const [cancel] = all.filter(({ messageType }) => messageType === 'Cancel')
    const xml = await (await desk.get(`/feeds/alerts/${cancel?.id}.xml`)).text()
    await assertValid(xml)
    expect(xml).toContain('<headline>Cảnh báo đã được gỡ bỏ</headline>')
    expect(xml).toContain('<areaDesc>Viet Hung Ward</areaDesc>')
    for (const said of ['Kín', '0912', 'Lộ thông tin', 'Không đi qua cầu']) expect(xml).not.toContain(said)

    expect(await previewedBulletin(db, token, hanoi('2026-03-02 18:05'))).toBeNull()
    const again = makePreview(actingAt(db, out.editor, '18:10'), { id: out.id, hours: 24 })
    await expect(again).rejects.toThrow('bulletin_gone')
  })

  test('after a withdrawal removes the words from the message that cancelled the alert at that time', async ({
    db,
    desk,
  }) => {
    const { out, slug } = await outWithSecret(db, await buildNewsroom(db), other)
    const at = (time: string) => actingAt(db, out.chief, time)
    const withdrawn = await withdrawBulletin(at('18:00'), {
      ...out,
      notice: `Nhầm tên ${other}`,
      noticeEn: `Wrong name ${other}`,
      alertEnding: 'over',
    })
    const list = await desk.get('/feeds/alerts.atom')
    expect(await list.text()).toContain('Giấu')
    await unpublishBulletin(at('18:30'), { ...withdrawn, reason: 'Lộ tên', redirectToId: null })
    const since = { 'if-modified-since': list.headers.get('last-modified') ?? '' }
    expect(await (await desk.get('/feeds/alerts.atom', since)).text()).not.toContain('Giấu')
    for (const { id, messageType } of await db
      .select()
      .from(bulletinAlerts)
      .where(eq(bulletinAlerts.bulletinId, out.id))) {
      const answer = await desk.get(`/feeds/alerts/${id}.xml`)
      expect(answer.status).toBe(messageType === 'Cancel' ? 200 : 410)
      expect(await answer.text()).not.toContain('Giấu')
    }
    expect((await desk.get(`/ban-tin/${slug}`)).status).toBe(410)
  })

  test('for personal data, while the danger lasts, leaves the cleaned page and its alert', async ({ db, desk }) => {
    const named = 'Phạm Thị Lộ'
    const { out, fileId, incident, slug } = await outWithSecret(db, await buildNewsroom(db), named)
    const kept = await publicPage(db, slug)
    expect(kept?.corrections).toHaveLength(1)
    const old = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, out.id))
    const { path: preview } = await makePreview(actingAt(db, out.editor, '10:30'), { id: out.id, hours: 24 })
    const atom = await desk.get('/feeds/alerts.atom')
    const { content: before } = kept as NonNullable<typeof kept>
    const clean = {
      ...before,
      vi: textOf('Sơ tán nhà nghiêng ở phố Hoa Lâm'),
      contact: '1022',
    }
    const cleaned = await correct(db, out, 'personal_data', clean, '11:00')

    const moved = await slugOf(db, out.id)
    expect(moved).not.toContain('lo')
    const redirect = await desk.get(`/ban-tin/${slug}`)
    expect([redirect.status, redirect.headers.get('location')]).toEqual([308, `/ban-tin/${moved}`])
    const page = await publicPage(db, moved)
    // The note to the readers of the earlier text may contain the data too.
    expect([page?.content.contact, page?.corrections]).toEqual(['1022', []])
    for (const path of [
      `/ban-tin/${slug}/chia-se-ngang.png`,
      `/ban-tin/anh/${fileId}/480.jpg`,
      preview,
      ...old.map(({ id }) => `/feeds/alerts/${id}.xml`),
    ]) {
      expect([path, (await desk.get(path)).status]).toEqual([path, 410])
    }
    const sent = await db.select().from(bulletinAlerts).where(eq(bulletinAlerts.bulletinId, out.id))
    const [update] = sent.filter(({ id }) => !old.some((each) => each.id === id))
    expect(update?.messageType).toBe('Update')
    const xml = await (await desk.get(`/feeds/alerts/${update?.id}.xml`)).text()
    await assertValid(xml)
    expect((await alertsInForce(db, hanoi('2026-03-02 11:05'))).map(({ id }) => id)).toContain(update?.id)
    const since = { 'if-modified-since': atom.headers.get('last-modified') ?? '' }
    const lists = [
      xml,
      ...(await Promise.all(
        ['atom', 'rss', 'json'].map(async (format) =>
          (await desk.get(`/feeds/bulletins.${format}?incident=${incident.id}`)).text(),
        ),
      )),
      await (await desk.get('/feeds/alerts.atom', since)).text(),
      alertsGeoJsonOf({ home: desk.origin, language: 'vi', alerts: await publicAlerts(db) }),
    ]
    for (const text of lists) {
      expect(text).not.toContain('Thị Lộ')
      expect(text).not.toContain(slug)
    }
    const again = await correctBulletin(actingAt(db, out.editor, '11:10'), {
      ...cleaned,
      kind: 'minor',
      note: '',
      noteEn: '',
    })
    const [first] = await db
      .select()
      .from(bulletinRevisions)
      .where(eq(bulletinRevisions.bulletinId, out.id))
      .orderBy(bulletinRevisions.number)
    const restored = restoreRevision(actingAt(db, out.editor, '11:15'), { ...again, revisionId: first?.id ?? '' })
    await expect(restored).rejects.toThrow('revision_taken_down')
    const over = { notice: 'Hết nguy hiểm.', noticeEn: 'All clear.', alertEnding: 'over' as const }
    await withdrawBulletin(actingAt(db, out.chief, '11:20'), { ...again, ...over })
  })

  test('an address is kept across every correction, except for personal data', async ({ db }) => {
    const out = await publish(db)
    const moving = db.update(bulletins).set({ slug: 'dia-chi-khac' }).where(eq(bulletins.id, out.id))
    await expect(moving).rejects.toMatchObject({ cause: { constraint_name: 'bulletins_kept' } })
  })

  test('is no longer named by the page of what it had replaced', async ({ db, desk }) => {
    const older = await publish(db)
    const { editor, chief } = await buildNewsroom(db)
    const built = await buildBulletin(db, {
      state: 'approved',
      content: contentOf(`Cầu cấm vì nhà ông ${secret}`),
      authorId: editor.id,
      approvedById: chief.id,
    })
    await db.update(bulletins).set({ supersedesId: older.id }).where(eq(bulletins.id, built.id))
    const newer = await publishBulletin(actingAt(db, chief, '10:00'), { id: built.id, version: 1, acknowledged: [] })
    const path = `/ban-tin/${await slugOf(db, older.id)}`
    const seen = await desk.get(path)
    const tag = { 'if-none-match': seen.headers.get('etag') ?? '' }
    const modified = { 'if-modified-since': seen.headers.get('last-modified') ?? '' }
    expect((await desk.get(path, tag)).status).toBe(304)
    await unpublishBulletin(actingAt(db, chief, '11:00'), { ...newer, reason: 'Lộ tên', redirectToId: null })
    expect((await desk.get(path, tag)).status).toBe(200)
    expect((await desk.get(path, modified)).status).toBe(200)
    expect((await publicPage(db, await slugOf(db, older.id)))?.supersededBy).toBeNull()
  })

  test('leaves an image in place that another bulletin shows', async ({ db, desk }) => {
    const newsroom = await buildNewsroom(db)
    const { out, fileId } = await outWithSecret(db, newsroom, secret)
    const vi = textOf('Nhà nghiêng đã được chống đỡ')
    const block: Block = { type: 'image', attrs: { fileId, alt: 'Nhà', decorative: false, caption: '' } }
    await publish(
      db,
      contentOf(vi.title, { vi: { ...vi, body: { ...vi.body, content: [...vi.body.content, block] } } }),
    )
    await unpublishBulletin(actingAt(db, out.chief, '11:00'), {
      ...out,
      reason: 'Trùng',
      redirectToId: null,
      endsAlert: true,
    })
    expect((await desk.get(`/ban-tin/anh/${fileId}/480.jpg`)).status).toBe(200)
    expect((await desk.get(`/ban-tin/anh/${randomUUID()}/480.jpg`)).status).toBe(404)
  })
})
