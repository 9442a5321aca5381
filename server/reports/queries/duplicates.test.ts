import { eq } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildPlace } from '#db/factories/places.ts'
import { buildReport } from '#db/factories/reports.ts'
import { reportSearch, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { nothingSaid, searchRowOf } from '../rules/search-text.ts'
import { likelyDuplicates as compare, duplicatesOfDraft, sameLaneStatement } from './duplicates.ts'

const likelyDuplicates = async (ctx: Context, id: number) => (await compare(ctx, id)).found

const now = () => hanoi('2026-03-02 10:00')
const place = { lon: 105.85, lat: 21.03 }
const metres = (east: number) => ({ lon: place.lon + east / 103_900, lat: place.lat })

test('the likeliest first, with match reasons; nothing merged, rejected, far off or about something else', async ({
  db,
}) => {
  const actor = await buildActor(db, 'dispatcher')
  const category = await buildCategory(db)
  const same = { ...place, categoryCode: category.code }
  const report = await buildReport(db, { ...same, receivedAt: hanoi('2026-03-02 09:00') })
  const far = await buildReport(db, { ...same, ...metres(140), mergedCount: 1 })
  const near = await buildReport(db, { ...same, ...metres(40), receivedAt: hanoi('2026-03-02 07:00') })
  await buildReport(db, { ...same, ...metres(310) })
  await buildReport(db, { ...same, state: 'rejected', rejectReason: 'spam' })
  await buildReport(db, { ...same, state: 'merged', mergedIntoId: far.id })
  await buildReport(db, { ...same, lon: null, lat: null })
  const elsewhere = (await buildCategory(db)).code
  await buildReport(db, { ...same, categoryCode: elsewhere, title: 'Hàng rong', body: 'Lấn chiếm vỉa hè buổi sáng' })

  const found = await likelyDuplicates({ db, actor, now }, report.id)
  expect(found).toMatchObject([
    { code: near.code, metres: 40, minutes: 120, isCanonical: false },
    { code: far.code, metres: 140, minutes: 60, isCanonical: true },
  ])
  expect(found[0]?.grounds).toEqual(['same_category', 'still_open', 'like_words'])
})

test('an invisible report is not suggested, neither beside another nor for one being entered', async ({ db }) => {
  const agency = await buildAgency(db)
  const category = await buildCategory(db)
  const there = { lon: 105.7, lat: 21.1, categoryCode: category.code, state: 'in_progress' as const }
  const own = await buildReport(db, { ...there, agencyId: agency.id })
  const foreign = await buildReport(db, there)
  const draft = {
    title: own.title,
    body: own.body,
    categoryCode: category.code,
    address: '',
    point: { lon: 105.7, lat: 21.1 },
  }
  const officer = { db, actor: await buildActor(db, 'officer', agency), now }
  expect(await likelyDuplicates(officer, own.id)).toEqual([])
  expect((await duplicatesOfDraft(officer, draft)).map(({ id }) => id)).toEqual([own.id])
  await expect(likelyDuplicates(officer, foreign.id)).rejects.toThrow('not_found')
  const city = { db, actor: await buildActor(db, 'dispatcher'), now }
  expect((await likelyDuplicates(city, own.id)).map(({ id }) => id)).toEqual([foreign.id])
})

test('a report whose point was corrected is found there, and no longer where it was', async ({ db }) => {
  const ctx = { db, actor: await buildActor(db, 'dispatcher'), now }
  const [here, there] = [
    { lon: 105.9, lat: 21.2 },
    { lon: 105.95, lat: 21.2 },
  ]
  const category = await buildCategory(db)
  const report = await buildReport(db, { ...here, categoryCode: category.code })
  const other = await buildReport(db, { ...there, categoryCode: category.code })
  const move = (point: { lon: number | null; lat: number | null }) =>
    db.update(reports).set(point).where(eq(reports.id, other.id))
  const found = async () => (await likelyDuplicates(ctx, report.id)).map(({ id }) => id)
  expect(await found()).toEqual([])
  await move(here)
  expect(await found()).toEqual([other.id])
  await move({ lon: null, lat: null })
  expect(await found()).toEqual([])
})

test('a report without a point is compared from where its address is, to the house or the lane, and that is said', async ({
  db,
}) => {
  const ctx = { db, actor: await buildActor(db, 'dispatcher'), now }
  const categoryCode = (await buildCategory(db)).code
  const there = { lon: 105.6, lat: 21.15 }
  await buildPlace(db, '95 Phố Kiểm Thử', there)
  await buildPlace(db, 'Phố Kiểm Thử', { ...there, metres: 400 })
  const near = await buildReport(db, { categoryCode, ...there, receivedAt: hanoi('2026-03-02 07:00') })
  const unlocated = { categoryCode, receivedAt: hanoi('2026-03-02 09:00') }
  const known = await buildReport(db, { ...unlocated, address: 'đối diện 95 pho kiem thu' })
  const vague = await buildReport(db, { ...unlocated, address: 'Phố Kiểm Thử' })
  expect(await likelyDuplicates(ctx, known.id)).toMatchObject([{ id: near.id, metres: 0, isByAddress: true }])
  expect(await likelyDuplicates(ctx, vague.id)).toEqual([])
  const draft = { title: '', body: near.body, categoryCode, address: '95 Phố Kiểm Thử', point: null }
  expect(await duplicatesOfDraft(ctx, draft)).toMatchObject([{ id: near.id, isByAddress: true }])
  const [pinned] = await duplicatesOfDraft(ctx, { ...draft, point: there })
  expect(pinned).toMatchObject({ id: near.id, isByAddress: false })
})

describe('two reports of one lane without points', () => {
  const morning = hanoi('2026-03-02 07:00')

  test('are compared by their read addresses; in another commune, house or lane they are not', async ({ db }) => {
    const ctx = { db, actor: await buildActor(db, 'dispatcher'), now }
    const categoryCode = (await buildCategory(db)).code
    const [here, there] = [await buildArea(db, place), await buildArea(db, { lon: 105.95, lat: 21.1 })]
    const write = async (address: string, areaId: number | null) => {
      const report = await buildReport(db, { categoryCode, address, areaId, receivedAt: morning })
      await db.insert(reportSearch).values({ reportId: report.id, ...searchRowOf(report, nothingSaid) })
      return report
    }
    const first = await write('Ngõ 42 phố Thử Nghiệm', here.id)
    const again = await write('ngach 42/5 thu nghiem', here.id)
    const elsewhere = await write('ngõ 42 đường Thử Nghiệm', there.id)
    await write('ngõ 43 phố Thử Nghiệm', here.id)
    const vague = await write('phố Thử Nghiệm', here.id)
    const unplaced = await write('ngo 42 thu nghiem', null)
    const ids = async (id: number) => (await likelyDuplicates(ctx, id)).map((one) => one.id).sort((a, b) => a - b)
    expect(await ids(first.id)).toEqual([again.id, unplaced.id])
    // The address fits two communes: both are offered.
    expect(await ids(unplaced.id)).toEqual([first.id, again.id, elsewhere.id])
    expect(await compare(ctx, vague.id)).toEqual({ isComparable: false, found: [] })
    expect((await compare(ctx, first.id)).isComparable).toBe(true)
    const draft = { title: '', body: first.body, categoryCode, address: 'ngõ 42 thử nghiệm', point: null }
    expect(await duplicatesOfDraft(ctx, draft)).toMatchObject([
      { metres: null, isByAddress: true },
      { metres: null },
      { metres: null },
      { metres: null },
    ])
  })

  test('are found through the index of words', async ({ db, sql }) => {
    const actor = await buildActor(db, 'dispatcher')
    const matter = { address: '', title: '', body: '', categoryCode: '', familyCode: '' }
    const asked = { ...matter, point: null, areaId: null, receivedAt: morning, endedAt: null }
    const lane = { key: 'thu nghiem', lanes: '42', number: 42, letter: '' }
    const { sql: text, params } = new PgDialect().sqlToQuery(sameLaneStatement(actor, asked, lane, 0))
    await sql`insert into report_search (report_id, words)
      select id, 'x'::tsvector from reports on conflict do nothing`
    const plan = await sql.begin(async (tx) => {
      await tx`set local enable_seqscan = off`
      return tx.unsafe(`explain ${text}`, params as never[])
    })
    const shown = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect(shown).toContain('Bitmap Index Scan on report_search_words')
    expect(shown).toMatch(/Index Scan using reports_pkey/)
  })
})

describe('a report being entered is known by its title', () => {
  const draft = { title: 'Cột đèn số 7 nghiêng!', body: '', categoryCode: '', address: '', point: null }

  test('without a point, whatever accents and punctuation it has; the category first, then the newest', async ({
    db,
  }) => {
    const ctx = { db, actor: await buildActor(db, 'dispatcher'), now }
    const category = await buildCategory(db)
    const title = 'Cột đèn số 7 nghiêng'
    const plain = await buildReport(db, { title, address: '7 Hàng Bài', receivedAt: hanoi('2026-03-01 09:00') })
    const mine = { categoryCode: category.code, receivedAt: hanoi('2026-02-10 09:00') }
    const typed = await buildReport(db, { ...place, title: 'COT DEN  SO 7, NGHIENG', ...mine })
    await buildReport(db, { title: 'Cột đèn số 8 nghiêng', receivedAt: hanoi('2026-03-01 09:00') })
    await buildReport(db, { title, receivedAt: hanoi('2025-12-01 09:00') })
    await buildReport(db, { title, state: 'closed', receivedAt: hanoi('2026-03-01 09:00') })

    expect(await duplicatesOfDraft(ctx, draft)).toMatchObject([
      { code: plain.code, metres: null, address: '7 Hàng Bài', minutes: 1500 },
      { code: typed.code },
    ])
    const chosen = await duplicatesOfDraft(ctx, { ...draft, categoryCode: category.code })
    expect(chosen.map(({ code }) => code)).toEqual([typed.code, plain.code])
    const inTelex = await duplicatesOfDraft(ctx, { ...draft, title: 'Cootj ddenf soos 7 nghieeng' })
    expect(inTelex.map(({ code }) => code)).toEqual([plain.code, typed.code])
    expect(await duplicatesOfDraft(ctx, { ...draft, title: '?!' })).toEqual([])
  })

  test('and where both have a point, by the places alone', async ({ db }) => {
    const ctx = { db, actor: await buildActor(db, 'dispatcher'), now }
    const { code: categoryCode } = await buildCategory(db)
    const title = 'Nắp cống vỡ trước số 31'
    const receivedAt = hanoi('2026-03-01 09:00')
    await buildReport(db, { title, categoryCode, lon: 105.6, lat: 21.3, receivedAt })
    const unlocated = await buildReport(db, { title, categoryCode, receivedAt })
    const near = await buildReport(db, { title, categoryCode, lon: 105.7, lat: 21.3, receivedAt })
    const found = await duplicatesOfDraft(ctx, { ...draft, title, categoryCode, point: { lon: 105.7, lat: 21.3 } })
    expect(found.map(({ code, metres }) => [code, metres])).toEqual([
      [near.code, 0],
      [unlocated.code, null],
    ])
  })

  test('with a point but no category yet, by its title, wherever the other is', async ({ db }) => {
    const ctx = { db, actor: await buildActor(db, 'dispatcher'), now }
    const title = 'Biển báo gãy trước số 19'
    const receivedAt = hanoi('2026-03-01 09:00')
    const located = await buildReport(db, { ...place, title, receivedAt })
    const found = await duplicatesOfDraft(ctx, { ...draft, title, point: place })
    expect(found.map(({ code, metres }) => [code, metres])).toEqual([[located.code, null]])
  })

  test('only among the reports that the account may see', async ({ db }) => {
    const agency = await buildAgency(db)
    const title = 'Bể nước ngầm rò rỉ ngõ 5'
    const held = { title, state: 'in_progress' as const, receivedAt: hanoi('2026-03-01 09:00') }
    const own = await buildReport(db, { ...held, agencyId: agency.id })
    await buildReport(db, held)
    const officer = { db, actor: await buildActor(db, 'officer', agency), now }
    expect((await duplicatesOfDraft(officer, { ...draft, title })).map(({ code }) => code)).toEqual([own.code])
  })
})
