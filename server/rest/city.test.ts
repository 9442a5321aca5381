import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildBulletin } from '#db/factories/bulletins.ts'
import { buildHeld } from '#db/factories/held.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { bulletins, incidents } from '#db/schema/index.ts'
import { partner } from '#server/http/testing/open311-partner.ts'
import { test } from '#server/http/testing/rest-desk.ts'

describe('bulletins', () => {
  test('are the public ones, in pages, and are found by slug and id', async ({ api, db }) => {
    const seen: string[] = []
    const published = [await buildBulletin(db, { state: 'published' }), await buildBulletin(db, { state: 'published' })]
    const draft = await buildBulletin(db)
    const exercise = await buildBulletin(db, { state: 'published', isExercise: true })
    for (let cursor = ''; ; ) {
      const { body } = await api('GET', `/bulletins?limit=1${cursor}`)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      if (!body.next) break
      cursor = `&cursor=${body.next}`
    }
    expect(seen.toSorted()).toEqual(published.map(({ id }) => id).toSorted())
    const [first] = published
    const { body } = await api('GET', `/bulletins/${first?.id}`)
    expect((await api('GET', `/bulletins/${body.slug}`)).body).toEqual(body)
    for (const hidden of [draft.id, exercise.id, 'none', 'a b', '0190a1b2-0000-7000-8000-000000000001'])
      expect([hidden, (await api('GET', `/bulletins/${hidden}`)).status]).toEqual([hidden, 404])
    await db
      .update(bulletins)
      .set({ state: 'unpublished' })
      .where(eq(bulletins.id, first?.id as string))
    const gone = await api('GET', `/bulletins/${first?.id}`)
    expect([gone.status, gone.body.type]).toEqual([410, 'tag:hanoi.gov.vn,2026:desk/problems/gone'])
  })

  test('refuse filters that cannot be read', async ({ api }) => {
    for (const query of ['area=none', 'incident=x', 'kind=none', 'cursor=eA', 'cursor=MTIzNDU2Nzg5MDEyMzQgeA'])
      expect([query, (await api('GET', `/bulletins?${query}`)).status]).toEqual([query, 400])
  })
})

describe('incidents', () => {
  test('have the counts of the desk, and are listed once they have begun', async ({ api, db }) => {
    const { key } = await partner(db, { permissions: ['read_figures'] })
    const storm = await buildIncident(db, { name: 'Bão số 3', startsAt: new Date(Date.now() - 86_400_000) })
    await buildIncident(db, { name: 'Diễn tập', startsAt: new Date(Date.now() + 86_400_000) })
    for (const state of ['in_progress', 'closed', 'rejected'] as const)
      await buildReport(db, { state, incidentId: storm.id })
    const { body, text } = await api('GET', '/incidents?is_under_way=true', { key })
    expect(body.items).toMatchObject([
      { name: 'Bão số 3', reports: { total: 3, open: 1, handled: 1, refused: 1, handled_percent: 33 }, bulletins: 0 },
    ])
    expect(text).not.toContain('Diễn tập')
    // This rejection and this answer can still be undone, so they are not counted.
    const rejecting = { event: 'report.rejected', from: 'awaiting_intake' } as const
    const untold = { incidentId: storm.id, releasedAt: null, answerStatus: 'queued' } as const
    await buildHeld(db, rejecting, { state: 'rejected', ...untold })
    await buildHeld(db, { event: 'report.answered', from: 'in_progress' }, { state: 'answered', ...untold })
    expect((await api('GET', '/incidents', { key })).body.items).toMatchObject([
      { reports: { total: 5, open: 3, handled: 1, refused: 1, handled_percent: 20 } },
    ])
    expect((await api('GET', '/incidents?is_under_way=false', { key })).body.items).toEqual([])
    expect((await api('GET', '/incidents?is_under_way=perhaps', { key })).status).toBe(400)
    expect((await api('GET', '/incidents')).status).toBe(401)
  })

  test('are paged also while they end', async ({ api, db }) => {
    const { key } = await partner(db, { permissions: ['read_figures'] })
    const days = [1, 2, 3]
    const [first] = await Promise.all(
      days.map((day) => buildIncident(db, { startsAt: new Date(Date.now() - day * 86_400_000) })),
    )
    const page = async (cursor: string) =>
      (await api('GET', `/incidents?is_under_way=true&limit=1${cursor}`, { key })).body
    const before = await page('')
    expect(before.items).toMatchObject([{ id: first?.id }])
    const ended = { endsAt: new Date(), closedAt: new Date() }
    await db
      .update(incidents)
      .set(ended)
      .where(eq(incidents.id, first?.id as string))
    const after = await page(`&cursor=${before.next}`)
    expect(after.items).toHaveLength(1)
    expect(after.items[0].id).not.toBe(first?.id)
  })
})

test('categories, agencies and areas have the names that reports use', async ({ api, db }) => {
  const { key, category } = await partner(db)
  const categories = await api('GET', '/categories')
  expect(categories.body.items).toContainEqual(
    expect.objectContaining({ code: category.code, keywords: ['cây', 'đổ'] }),
  )
  const report = await buildReport(db, { state: 'in_progress' })
  const agencies = await api('GET', '/agencies', { key })
  expect(agencies.body.items.map(({ id }: { id: string }) => id)).toContain(report.agencyId)
  expect((await api('GET', '/areas')).status).toBe(200)
  expect((await api('GET', '/openapi.json')).body.openapi).toBe('3.1.1')
})
