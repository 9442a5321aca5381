import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { test as databaseTest } from '#db/testing.ts'
import { readingLimits } from '#server/platform/rules/limits.ts'
import { publicBulletins } from '../queries/public.ts'
import { type ListPlace, type PublicListAddress, readListAddress } from '../rules/public-list.ts'
import { validityAt } from '../rules/validity.ts'
import { readBulletin, readList } from './reading.ts'

const at = new Date('2026-03-02T03:00:00Z')
const hence = (hours: number) => new Date(at.getTime() + hours * 3_600_000)
const written = (hours: number | null) => (hours === null ? null : hence(hours).toISOString())
const nothing: PublicListAddress = { area: null, kind: null, incident: null, words: '', before: null }

// The pages, read through the connection of the process.
const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  return null
})

type Dates = [from: number | null, to: number | null]
const out = (db: Database, title: string, publishedAgo: number, [from, to]: Dates = [null, null], more = {}) =>
  buildBulletin(db, {
    state: 'published',
    at: hence(-publishedAgo),
    content: contentOf(title, { validFrom: written(from), validTo: written(to) }),
    ...more,
  })

const titles = ({ inForce, rest }: Awaited<ReturnType<typeof readList>>) =>
  [inForce, rest].map((part) => part.map(({ content }) => content.vi.title))

describe('the public list', () => {
  test('begins with what is in force; a warning of two years ago is sorted by its day', async ({ db, desk }) => {
    expect(desk).toBeNull()
    const { id: incidentId } = await buildIncident(db)
    await out(db, 'Cũ, không ghi hạn', 20_000, [null, null], { incidentId })
    await out(db, 'Hết hạn', 5, [-5, -1], { incidentId })
    await out(db, 'Còn hạn', 10, [-10, 4], { incidentId })
    await out(db, 'Chưa bắt đầu', 1, [2, 4], { incidentId })
    await out(db, 'Đã rút', 2, [-2, 4], { incidentId, state: 'withdrawn' })
    const listing = await readList({ ...nothing, incident: incidentId }, at)
    expect(titles(listing)).toEqual([['Còn hạn'], ['Chưa bắt đầu', 'Đã rút', 'Hết hạn', 'Cũ, không ghi hạn']])
  })

  test('leads page by page to each bulletin once, across the end of what is in force', async ({ db }) => {
    const { id: incidentId } = await buildIncident(db)
    const count = { inForce: readingLimits.pageSize + 2, rest: readingLimits.pageSize }
    for (let i = 0; i < count.inForce; i++) await out(db, `Còn hạn ${i}`, i + 1, [null, 4], { incidentId })
    // Some at the very same moment: the order of their ids decides.
    for (let i = 0; i < count.rest; i++) await out(db, `Hết hạn ${i}`, 5, [null, -1], { incidentId })
    const seen: string[] = []
    let before: ListPlace | null = null
    let pages = 0
    do {
      const listing: Awaited<ReturnType<typeof readList>> = await readList(
        { ...nothing, incident: incidentId, before },
        at,
      )
      const shown = titles(listing).flat()
      expect(shown.length).toBeLessThanOrEqual(readingLimits.pageSize)
      seen.push(...shown)
      before = listing.next
      pages++
    } while (before && pages < 10)
    expect(pages).toBe(3)
    expect(seen).toHaveLength(count.inForce + count.rest)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.slice(0, count.inForce)).toEqual(Array.from({ length: count.inForce }, (_, i) => `Còn hạn ${i}`))
  })

  test('of a commune shows the bulletins that name it and those for the whole city', async ({ db }) => {
    const { id: incidentId } = await buildIncident(db)
    const [here, there] = [await buildArea(db, { code: '00901' }), await buildArea(db, { code: '00902' })]
    const about = (title: string, areaIds: number[]) =>
      buildBulletin(db, { state: 'published', incidentId, at: hence(-1), content: contentOf(title, { areaIds }) })
    await about('Ở đây', [here.id])
    await about('Ở kia', [there.id])
    await about('Cả thành phố', [])
    const listing = await readList({ ...nothing, incident: incidentId, area: '00901' }, at)
    expect(titles(listing).flat().sort()).toEqual(['Cả thành phố', 'Ở đây'].sort())
    expect(listing.area).toMatchObject({ code: '00901' })
    expect(listing.places.get(here.id)).toMatchObject({ code: '00901' })
    // An unknown commune is dropped from the query, and no link repeats it.
    expect((await readList({ ...nothing, area: '99999' }, at)).address).toEqual(nothing)
  })

  test('finds words of the published text, without accents and in both languages, and none of a draft', async ({
    db,
  }) => {
    const { id: incidentId } = await buildIncident(db)
    const content = contentOf('Ngập đường', {
      vi: textOf('Ngập đường', 'Đê La Thành sâu 50% bánh xe'),
      en: textOf('Flood', 'Use_bridge'),
    })
    await buildBulletin(db, { state: 'published', incidentId, at: hence(-1), content })
    await buildBulletin(db, { state: 'draft', incidentId, content: contentOf('Đê La Thành, chưa đăng') })
    const found = async (words: string) =>
      titles(await readList({ ...nothing, incident: incidentId, words }, at)).flat()
    expect(await found('de la thanh')).toEqual(['Ngập đường'])
    expect(await found('THÀNH ngập')).toEqual(['Ngập đường'])
    expect(await found('use_bridge flood')).toEqual(['Ngập đường'])
    expect(await found('50%')).toEqual(['Ngập đường'])
    for (const none of ['5%0', 'usexbridge', 'chua dang', '\\', '%%', '🚒', "'; drop table bulletins; --"]) {
      expect([none, await found(none)]).toEqual([none, []])
    }
  })

  test('opens whatever its address contains', async () => {
    const naughty = ['', '%', '_', '\\', '\u0301', 'NaN', '-1', '__proto__', '<script>', 'x'.repeat(3000), '\ud83d']
    for (const name of ['area', 'kind', 'incident', 'q', 'before']) {
      for (const value of naughty) {
        const listing = await readList(readListAddress(new URLSearchParams([[name, value]])), at)
        expect(listing.inForce.length + listing.rest.length).toBeLessThanOrEqual(readingLimits.pageSize)
      }
    }
  })

  test('uses “in force” as the rule does', async ({ db }) => {
    const { id: incidentId } = await buildIncident(db)
    const moments = [null, -2, 0, 2]
    for (const from of moments)
      for (const to of moments)
        for (const state of ['published', 'withdrawn'] as const)
          for (const expires of moments) {
            const dates = { validFrom: written(from), validTo: written(to) }
            const alert = expires === null ? null : alertPanelOf({ expires: written(expires) })
            const content = contentOf(`${from} ${to} ${expires}`, { ...dates, alert })
            await buildBulletin(db, { state, incidentId, at: hence(-1), content })
          }
    for (const moment of [hence(-3), hence(-2), at, hence(1), hence(2), hence(3)]) {
      const all = await publicBulletins(db, { incidentId, limit: 200 })
      const inForce = await publicBulletins(db, { incidentId, limit: 200, force: { at: moment, is: true } })
      const rest = await publicBulletins(db, { incidentId, limit: 200, force: { at: moment, is: false } })
      const ids = (some: typeof all) => some.map(({ id }) => id).sort()
      expect(ids(inForce)).toEqual(ids(all.filter((one) => validityAt(one, moment) === 'inForce')))
      expect(ids([...inForce, ...rest])).toEqual(ids(all))
    }
  })
})

test('a name that no bulletin can have is not looked up', async () => {
  for (const name of ['', '..', 'Cầu', 'a b', 'x'.repeat(5000), '%']) expect(await readBulletin(name)).toBeNull()
})
