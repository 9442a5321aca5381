import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { z } from 'zod'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { storyOf } from '#db/factories/story.ts'
import { unique } from '#db/factories/unique.ts'
import { incidentSuggestions, incidents, reportCodes, reporters, reportSearch, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { intakeSchema, receiveInput } from '../rules/schemas.ts'
import { receiveForCitizen } from './receive-for-citizen.ts'
import { openIntakeDesk, receiveReport, takeIn } from './receive-report.ts'
import { updateSearch } from './update-search.ts'

const monday = hanoi('2026-03-02 09:00')
const now = () => monday
const door: Actor = { kind: 'import', id: null, name: 'import', grants: [] }

async function ready(db: Database) {
  await buildCity(db)
  const category = await buildCategory(db, { keywords: ['cây đổ'], defaultSeverity: 'urgent', intakeMinutes: 240 })
  const intake = (over: Partial<z.input<typeof intakeSchema>> = {}) =>
    intakeSchema.parse({
      channel: 'app',
      source: 'app',
      sourceKey: unique('key'),
      title: 'Cây đổ',
      body: 'Cây đổ chắn đường trước số 20',
      categoryCode: category.code,
      ...over,
    })
  return { ctx: { db, actor: door, now }, category, intake }
}

test('when it can be judged is fixed at receipt, by the limits of the category at its default severity', async ({
  db,
}) => {
  const { ctx, category, intake } = await ready(db)
  const { id } = await receiveReport(ctx, intake({ severity: 'normal' }))
  // 240 minutes of intake and the 240 of an urgent report, from Monday 09:00.
  const due = hanoi('2026-03-03 09:00')
  const [report] = await db.select({ maturesAt: reports.maturesAt }).from(reports).where(eq(reports.id, id))
  expect([category.urgentMinutes, report?.maturesAt]).toEqual([240, due])
  const [late] = await takeIn(db as never, ctx, await openIntakeDesk(db), [
    intake({ receivedAt: hanoi('2026-02-27 16:00') }),
  ])
  const [imported] = await db
    .select({ maturesAt: reports.maturesAt })
    .from(reports)
    .where(eq(reports.id, late?.id ?? 0))
  expect(imported?.maturesAt).toEqual(hanoi('2026-03-02 16:00'))
})

const atTheCounter = (categoryCode: string) => ({
  key: '0197a2b4-0000-7000-8000-00000000abcd',
  channel: 'walk_in' as const,
  title: 'Mất nước',
  body: 'Từ sáng đến giờ',
  categoryCode,
  severity: null,
  address: '',
  point: null,
  occurredAt: null,
  incidentId: null,
  reporter: { name: 'Lê Thị Lan', phone: '', email: '', address: '' },
})

test('staff are told of a phone number that is none; from a channel where no one can ask, it is taken as typed', () => {
  const reporter = { name: 'Lê Thị Lan', phone: '0912 345 67', email: '', address: '' }
  const form = { ...atTheCounter('CX-01'), reporter }
  const { error } = receiveInput.safeParse(form)
  expect(error?.issues).toMatchObject([{ path: ['reporter', 'phone'], message: 'bad_phone' }])
  for (const phone of [
    '',
    '0912 345 678',
    '+49 151 2345 6789',
    '1900 1234',
    '84912345678',
    '024 3825 3536 máy lẻ 12',
  ]) {
    expect(receiveInput.parse({ ...form, reporter: { ...reporter, phone } }).reporter.phone).toBe(phone)
  }
  const fromOutside = {
    channel: 'import',
    source: 'hotline',
    sourceKey: '1',
    title: 'Mất nước',
    body: 'Từ sáng',
    reporter,
  }
  expect(intakeSchema.parse(fromOutside).reporter?.phone).toBe('0912 345 67')
})

describe('a new report is refused', () => {
  test('from staff who may not enter reports', async ({ db }) => {
    const { category } = await ready(db)
    const before = await db.$count(reports)
    for (const role of ['auditor', 'editor'] as const) {
      const actor = await buildActor(db, role)
      const received = receiveForCitizen({ db, actor, now }, atTheCounter(category.code))
      await expect(received).rejects.toThrow('forbidden')
    }
    expect(await db.$count(reports)).toBe(before)
  })

  test('with a receipt time in the future', async ({ db }) => {
    const { ctx, intake } = await ready(db)
    const early = receiveReport(ctx, intake({ receivedAt: new Date(monday.getTime() + 1) }))
    await expect(early).rejects.toThrow('received_in_future')
  })

  test('with an inactive category, or a group of categories', async ({ db }) => {
    const { ctx, intake } = await ready(db)
    const retired = await buildCategory(db, { isActive: false })
    for (const categoryCode of [retired.code, 'CX', 'no-such']) {
      await expect(receiveReport(ctx, intake({ categoryCode }))).rejects.toThrow('category_unknown')
    }
  })

  test('with an unknown incident', async ({ db }) => {
    const { ctx, intake } = await ready(db)
    const incidentId = '00000000-0000-4000-8000-000000000000'
    await expect(receiveReport(ctx, intake({ incidentId }))).rejects.toMatchObject({
      code: 'not_found',
      details: { subject: 'incident' },
    })
  })

  test('without a title or a text', async ({ db }) => {
    const { intake } = await ready(db)
    expect(() => intake({ title: '  ' })).toThrow('required')
    expect(() => intake({ body: '' })).toThrow('required')
  })
})

describe('a new report', () => {
  test('goes to the dispatchers with its intake clock running by the city’s calendar', async ({ db }) => {
    const { ctx, category, intake } = await ready(db)
    const incident = await buildIncident(db)
    const receivedAt = hanoi('2026-02-27 16:00')
    const occurredAt = hanoi('2026-02-27 15:00')
    const { id, repeated } = await receiveReport(ctx, intake({ receivedAt, occurredAt, incidentId: incident.id }))
    const { report, intake: clock, clocks, events } = await storyOf(db, id)
    expect(repeated).toBe(false)
    expect(report).toMatchObject({
      state: 'awaiting_intake',
      severity: 'urgent',
      agencyId: null,
      heldBy: [],
      dueAt: hanoi('2026-03-02 11:00'),
      incidentId: incident.id,
      occurredAt,
      lastActivityBy: 'citizen',
      version: 1,
    })
    expect(report.code).toMatch(/^HN-260227-\d{4}$/)
    expect(clocks).toHaveLength(1)
    expect(clock).toMatchObject({ targetMinutes: 240, startedAt: receivedAt, stoppedAt: null, calendarId: 'hanoi' })
    expect(events).toMatchObject([
      {
        event: 'report.received',
        actorKind: 'import',
        fromState: null,
        toState: 'awaiting_intake',
        version: 1,
        details: { channel: 'app', source: 'app', category: category.code },
      },
    ])
  })

  test('keeps every word as typed, composed: decomposed Vietnamese is stored as NFC', async ({ db }) => {
    const { ctx, intake } = await ready(db)
    const typed = { title: 'Cây đổ ở hoà bình', body: 'mn ơi ntn r\u0000 ĐƯỜNG  Đỗ Đức Dục', address: 'Ngõ 9xx' }
    const nfd = Object.fromEntries(Object.entries(typed).map(([key, text]) => [key, text.normalize('NFD')]))
    const { id } = await receiveReport(ctx, intake({ ...nfd, tags: ['bão'.normalize('NFD')] }))
    const { report } = await storyOf(db, id)
    expect(report).toMatchObject({ ...typed, body: 'mn ơi ntn r ĐƯỜNG  Đỗ Đức Dục', tags: ['bão'] })
    const [search] = await db.select().from(reportSearch).where(eq(reportSearch.reportId, id))
    expect(search?.words).toMatch(/'binh'.*'hoa'/)
  })

  test('without a category is filed under the one whose keywords it uses, otherwise under the unsorted one', async ({
    db,
  }) => {
    const { ctx, intake } = await ready(db)
    await buildCategory(db, { code: 'KH-99' })
    const lamp = await buildCategory(db, { keywords: ['đèn đường'], defaultSeverity: 'complex' })
    const found = await receiveReport(ctx, intake({ categoryCode: null, title: 'den duong hong', body: 'toi om' }))
    expect((await storyOf(db, found.id)).report).toMatchObject({ categoryCode: lamp.code, severity: 'complex' })
    const inTelex = await receiveReport(ctx, intake({ categoryCode: null, title: 'Ddenf dduwowngf hoongr', body: '.' }))
    expect((await storyOf(db, inTelex.id)).report).toMatchObject({
      categoryCode: lamp.code,
      title: 'Ddenf dduwowngf hoongr',
    })
    const lost = await receiveReport(
      ctx,
      intake({ categoryCode: null, title: 'xin chào', body: 'alo', severity: 'normal' }),
    )
    expect((await storyOf(db, lost.id)).report).toMatchObject({ categoryCode: 'KH-99', severity: 'normal' })
  })

  test('gets its area from its point; outside the city it is stored without one', async ({ db }) => {
    const { ctx, category, intake } = await ready(db)
    const area = await buildArea(db, { lon: 105.85, lat: 21.03 })
    const inside = await receiveReport(ctx, intake({ point: { lon: 105.851, lat: 21.031 } }))
    expect((await storyOf(db, inside.id)).report.areaId).toBe(area.id)
    const chosen = await buildArea(db, { lon: 105.5, lat: 21.3 })
    const clerk = { ...ctx, actor: await buildActor(db, 'dispatcher') }
    const key = '0197a2b4-0000-7000-8000-00000000abce'
    const form = { ...atTheCounter(category.code), key, point: { lon: 105.851, lat: 21.031 }, areaId: chosen.id }
    const kept = await receiveForCitizen(clerk, form)
    expect((await storyOf(db, kept.id)).report).toMatchObject({ areaId: chosen.id, lon: 105.851 })
    const { id: areaId } = await buildArea(db, { lon: 105.5, lat: 21.34, validTo: '2026-01-31' })
    const abolished = receiveForCitizen(clerk, { ...form, key: '0197a2b4-0000-7000-8000-00000000abcf', areaId })
    await expect(abolished).rejects.toMatchObject({ code: 'not_found', details: { subject: 'area' } })
    const boston = await receiveReport(ctx, intake({ point: { lon: -71.0772, lat: 42.2715 } }))
    expect((await storyOf(db, boston.id)).report).toMatchObject({ areaId: null, lon: -71.0772, lat: 42.2715 })
  })

  test('stores its reporter separately, and nothing of them in the event log', async ({ db }) => {
    const { ctx, intake } = await ready(db)
    const { id } = await receiveReport(ctx, intake({ reporter: { name: 'Lê Thị Lan', phone: '0951234567' } }))
    const [reporter] = await db.select().from(reporters).where(eq(reporters.reportId, id))
    expect(reporter).toEqual({ reportId: id, name: 'Lê Thị Lan', phone: '0951234567', email: null, address: null })
    expect(JSON.stringify((await storyOf(db, id)).events)).not.toMatch(/Lan|0951/)
  })

  test('consists of the same rows when it is imported among others', async ({ db }) => {
    const { ctx, intake } = await ready(db)
    const incident = await buildIncident(db, { keywords: ['cây đổ'] })
    const sender = { name: 'Lê Thị Lan', phone: '0951234567' }
    const { id } = await receiveReport(ctx, intake({ reporter: sender }))
    const others = [intake({ reporter: sender }), intake()]
    const [among] = await db.transaction(async (tx) => takeIn(tx, ctx, await openIntakeDesk(tx), others))
    const own = ['id', 'reportId', 'code', 'sourceKey', 'recordedAt']
    const rowsOf = async (reportId: number) => {
      const { report, clocks, events } = await storyOf(db, reportId)
      const beside = [reporters, reportSearch, incidentSuggestions] as const
      const rows = await Promise.all(beside.map((table) => db.select().from(table).where(eq(table.reportId, reportId))))
      const all: object[] = [report, ...clocks, ...events, ...rows.flat()]
      const number = `'${report.code.slice(-4)}'`
      const shared = (row: object) => Object.entries(row).filter(([name]) => !own.includes(name))
      return all.map((row) =>
        shared(row).map(([name, value]) => `${name}: ${JSON.stringify(value)}`.replace(number, '')),
      )
    }
    const alone = await rowsOf(id)
    expect(alone.at(-1)).toEqual(expect.arrayContaining([`incidentId: "${incident.id}"`, 'status: "pending"']))
    expect(await rowsOf(among?.id as number)).toEqual(alone)
    await db.update(incidents).set({ keywords: [] }).where(eq(incidents.id, incident.id))
  })

  test('gets the next number of its day', async ({ db }) => {
    const { ctx, intake } = await ready(db)
    const receivedAt = hanoi('2026-01-05 23:59')
    const codes = await Promise.all([1, 2, 3].map(() => receiveReport(ctx, intake({ receivedAt }))))
    expect(codes.map(({ code }) => code).sort()).toEqual(['HN-260105-0001', 'HN-260105-0002', 'HN-260105-0003'])
  })

  test('is stored and found under its number, also beyond four digits and where a text says the same', async ({
    db,
  }) => {
    const { ctx, intake } = await ready(db)
    await db.insert(reportCodes).values({ day: '2026-01-07', last: 9999 })
    const body = 'Cột đèn # 10000, trước đây là cột #9'
    const { id, code } = await receiveReport(ctx, intake({ receivedAt: hanoi('2026-01-07 08:00'), body }))
    expect(code).toBe('HN-260107-10000')
    expect((await storyOf(db, id)).report).toMatchObject({ code, body })
    const words = db.select().from(reportSearch).where(eq(reportSearch.reportId, id))
    const received = await words
    await db.transaction((tx) => updateSearch(tx, [id]))
    expect(received).toEqual(await words)
  })
})

describe('submitted twice', () => {
  test('is one report, whatever the second submission says', async ({ db }) => {
    const { ctx, intake } = await ready(db)
    const first = await receiveReport(ctx, intake({ sourceKey: 'k-1' }))
    const second = await receiveReport(ctx, intake({ sourceKey: 'k-1', title: 'Khác' }))
    expect(second).toEqual({ ...first, repeated: true })
    const story = await storyOf(db, first.id)
    expect([story.report.title, story.events.length]).toEqual(['Cây đổ', 1])
    const elsewhere = await receiveReport(ctx, intake({ source: 'web', sourceKey: 'k-1' }))
    expect(elsewhere.id).not.toBe(first.id)
  })

  test('twenty times at the same moment is one report, no number is lost, and no one sees an error', async ({ db }) => {
    const { ctx, intake } = await ready(db)
    const receivedAt = hanoi('2026-01-06 08:00')
    const same = intake({ sourceKey: 'k-20', receivedAt })
    const received = await Promise.all(Array.from({ length: 20 }, () => receiveReport(ctx, same)))
    expect(new Set(received.map(({ id, code }) => `${id} ${code}`)).size).toBe(1)
    expect(received.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect(await db.select().from(reports).where(eq(reports.sourceKey, 'k-20'))).toHaveLength(1)
    expect((await storyOf(db, received[0]?.id ?? 0)).events).toHaveLength(1)
    const [day] = await db.select().from(reportCodes).where(eq(reportCodes.day, '2026-01-06'))
    expect(day?.last).toBe(1)
  })

  test('by an impatient second click in the form is one report', async ({ db }) => {
    const { category } = await ready(db)
    const clerk = await buildActor(db, 'officer')
    const form = atTheCounter(category.code)
    const received = await Promise.all([1, 2, 3].map(() => receiveForCitizen({ db, actor: clerk, now }, form)))
    expect(new Set(received.map(({ id }) => id)).size).toBe(1)
    const { report, lastEvent } = await storyOf(db, received[0]?.id ?? 0)
    expect(report).toMatchObject({ channel: 'walk_in', source: 'staff', receivedAt: monday })
    expect(lastEvent).toMatchObject({ actorKind: 'staff', actorId: clerk.id })
  })
})
