import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { events } from '#db/schema/index.ts'
import { partner } from '#server/http/testing/open311-partner.ts'
import { test } from '#server/http/testing/rest-desk.ts'
import { readBoard } from '#server/insights/queries/board.ts'
import { parseBoard } from '#server/insights/rules/filters.ts'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'

const today = localDayOf(new Date())
const day = (ago: number) => dayAfter(today, -ago)

describe('usage figures', () => {
  test('are recorded once for each day, replaced by later ones, and stand in the log with those before', async ({
    api,
    db,
  }) => {
    const { key, id, name } = await partner(db)
    const put = (at: string, accounts: number, visits: number, headers = {}) =>
      api('PUT', `/usage/${at}`, { key, body: { accounts, visits }, headers })
    const first = await put(day(2), 1_000_000, 8000)
    expect([first.status, first.body]).toMatchObject([200, { day: day(2), accounts: 1_000_000, visits: 8000 }])
    await put(day(2), 1_000_000, 8000)
    const tag = first.headers.get('etag') ?? ''
    expect((await put(day(2), 1, 1, { 'if-none-match': '*' })).status).toBe(412)
    expect((await put(day(2), 1_000_001, 8001, { 'if-match': tag })).status).toBe(200)
    expect((await put(day(2), 1_000_002, 8002, { 'if-match': tag })).status).toBe(412)
    await put(day(1), 1_000_100, 9000)
    await put(day(400), 500_000, 7000)
    const logged = await db.select().from(events).where(eq(events.actorId, id)).orderBy(events.id)
    expect(logged.map(({ event, details }) => [event, details])).toMatchObject([
      ['usage.reported', { day: day(2), accounts: 1_000_000, visits: 8000 }],
      ['usage.reported', { accounts: 1_000_001, accountsBefore: 1_000_000, visits: 8001, visitsBefore: 8000 }],
      ['usage.reported', { day: day(1) }],
      ['usage.reported', { day: day(400) }],
    ])
    const listed = await api('GET', '/usage?limit=2', { key })
    expect(listed.body.items.map((each: { day: string }) => each.day)).toEqual([day(1), day(2)])
    const rest = await api('GET', `/usage?cursor=${listed.body.next}`, { key })
    expect(rest.body).toMatchObject({ items: [{ day: day(400) }], next: null })

    const actor = await buildActor(db, 'manager')
    const board = async (period: string) => {
      const filters = parseBoard({ period })
      return (await readBoard({ db, actor, now: () => new Date() }, filters)).usage
    }
    expect(await board('30d')).toEqual([
      { source: name, day: day(1), accounts: 1_000_100, visits: 17_001, daysReported: 2 },
    ])
    expect(await board('today')).toEqual([
      { source: name, day: day(1), accounts: 1_000_100, visits: null, daysReported: 0 },
    ])
  })

  test('of a future day, an invalid day or invalid counts are refused', async ({ api, db }) => {
    const { key } = await partner(db)
    const follower = await partner(db, { permissions: ['follow_reports'] })
    const good = { accounts: 1, visits: 1 }
    for (const [at, body, by, status] of [
      [dayAfter(today), good, key, 422],
      ['today', good, key, 400],
      ['2026-02-30', good, key, 400],
      ['0001-01-01', good, key, 400],
      [today, { accounts: -1, visits: 1 }, key, 422],
      [today, { accounts: 1.5, visits: 1 }, key, 422],
      [today, { accounts: 1e300, visits: 1 }, key, 422],
      [today, { accounts: 1 }, key, 422],
      [today, good, follower.key, 403],
    ] as const) {
      const answer = await api('PUT', `/usage/${at}`, { key: by, body })
      expect([at, body, answer.status]).toEqual([at, body, status])
    }
    expect((await api('GET', '/usage', { key })).body).toEqual({ items: [], next: null })
  })
})
