import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildHeld } from '#db/factories/held.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import { apiClients, events, publicationCopies, reportMessages } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { test } from '#server/http/testing/open311-desk.ts'
import { partner } from '#server/http/testing/open311-partner.ts'
import { silentRejectReasons } from '#server/reports/rules/lifecycle.ts'

describe('who may', () => {
  test('without a key, or with that of another client, a report does not exist', async ({ desk, db }) => {
    const [mine, other] = [await partner(db), await partner(db)]
    await desk.post(mine.key, mine.sent, { headers: { 'idempotency-key': 'first' } })
    const code = (await mine.reportsOf())[0]?.code
    for (const key of [undefined, other.key]) {
      expect((await desk.get('requests.json', key)).json()).toEqual([])
      expect((await desk.get(`requests.json?service_request_id=${code}`, key)).json()).toEqual([])
      for (const path of [`requests/${code}.json`, `tokens/${code}.json`, 'tokens/first.json'])
        expect([path, (await desk.get(path, key)).status]).toEqual([path, 404])
    }
    expect((await desk.get('tokens/first.json', mine.key)).json()).toEqual([
      { service_request_id: code, token: 'first' },
    ])
  })

  test('a permission that a client lacks, a key that has ended, and none at all are refused', async ({ desk, db }) => {
    const follower = await partner(db, { permissions: ['follow_reports'] })
    const sender = await partner(db, { permissions: ['submit_reports'] })
    const ended = await partner(db, { expiresAt: new Date(Date.now() - 1) })
    expect((await desk.post(follower.key, follower.sent)).status).toBe(403)
    expect((await desk.post(sender.key, sender.sent)).status).toBe(201)
    expect((await desk.get('requests.json', sender.key)).json()).toEqual([])
    const revoked = await partner(db)
    await db.update(apiClients).set({ revokedAt: new Date() }).where(eq(apiClients.id, revoked.id))
    for (const key of [null, ended.key, revoked.key, 'ihd_00000000_wrong', `${sender.key.slice(0, -2)}__`]) {
      const { status, json } = await desk.post(key, sender.sent)
      expect([key, status, json()]).toEqual([
        key,
        403,
        [{ code: 403, description: 'api_key is missing, or is not valid' }],
      ])
      if (key) expect((await desk.get('services.json', key)).status).toBe(403)
    }
  })

  test('a page of another origin may not send, whatever its key; a key opens nothing else', async ({ desk, db }) => {
    const { key, sent, reportsOf } = await partner(db)
    const foreign = await desk.post(key, sent, { headers: { origin: 'https://evil.example' } })
    expect([foreign.status, foreign.json()[0]?.code, await reportsOf()]).toEqual([403, 403, []])
    for (const path of ['/api/trpc/reports.receive', '/api/photos', '/sign-in']) {
      const { status, text } = await desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body: '{}' })
      expect([path, status, JSON.parse(text).code]).toEqual([path, 403, 'foreign_origin'])
    }
  })

  test('what staff have published everyone reads as it was reviewed, and its sender in its own words', async ({
    desk,
    db,
  }) => {
    const [mine, reviewer] = [await partner(db), await buildActor(db, 'dispatcher')]
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000)
    const receivedAt = ago(10)
    const common = {
      receivedAt,
      categoryCode: mine.category.code,
      body: 'Gọi chị Lan 0912 345 678',
      address: '73 Lò Đúc',
    }
    const own = await buildReport(db, { ...common, state: 'in_progress', source: sourceOf(mine.id) })
    const others = await buildReport(db, { ...common, receivedAt: ago(5), state: 'closed' })
    const hidden = await buildReport(db, { ...common, state: 'in_progress' })
    for (const { id, receivedAt: at } of [own, others]) {
      await db.insert(publicationCopies).values({
        reportId: id,
        receivedAt: at,
        state: 'published',
        title: 'Cây đổ',
        body: 'Gọi •••',
        address: 'phố Lò Đúc',
        reviewerId: reviewer.id,
        reviewedAt: new Date(),
        publishedAt: new Date(),
      })
      // The same event as the command records.
      await db.insert(events).values({
        ...{ at: new Date(), event: 'report.copy_published', subjectKind: 'report', reportId: id, actorKind: 'robot' },
        details: {},
      })
    }
    const query = `requests.json?service_code=${mine.category.code}`
    const told = async (path: string, key?: string) =>
      (await desk.get(path, key)).json().map(({ service_request_id: id, description }) => [id, description])
    expect(await told(query)).toEqual([
      [others.code, 'Gọi •••'],
      [own.code, 'Gọi •••'],
    ])
    expect(await told(query, mine.key)).toEqual([
      [others.code, 'Gọi •••'],
      [own.code, common.body],
    ])
    // Its own words have not changed since, and the copy is none of its own.
    const since = new Date(Date.now() - 60_000).toISOString()
    expect(await told(`${query}&updated_after=${since}`, mine.key)).toEqual([[others.code, 'Gọi •••']])
    expect(await told(`${query}&page=2&page_size=1`, mine.key)).toEqual([[own.code, common.body]])
    expect(await told(`${query}&status=closed`)).toEqual([[others.code, 'Gọi •••']])
    expect(await told(`requests.json?service_request_id=${own.code},${hidden.code}`)).toEqual([[own.code, 'Gọi •••']])
    const [found] = (await desk.get(`requests/${others.code}.json`)).json()
    expect(found).toMatchObject({
      status: 'closed',
      status_notes: 'Đã khắc phục',
      address: 'phố Lò Đúc',
      media_url: null,
    })
    expect((await desk.get(`requests/${hidden.code}.json`)).status).toBe(404)
  })

  test('nobody is told of a decision that can be taken back, nor of an end that its citizen was not told', async ({
    desk,
    db,
  }) => {
    const [mine, reviewer] = [await partner(db), await buildActor(db, 'dispatcher')]
    const silent = { rejectReason: silentRejectReasons[0] }
    const receivedAt = new Date(Date.now() - 3_600_000)
    const categoryCode = mine.category.code
    const canonical = await buildHeld(db, { event: 'report.rated', from: 'in_progress' }, { state: 'closed' })
    // For each case: the event, the state told to the sender and to the public, and whether agency and date are told.
    const [common, untold] = [{ receivedAt, categoryCode, source: sourceOf(mine.id) }, { releasedAt: null }]
    const cases: [BuiltReport, string, string, boolean][] = [
      [await buildReport(db, { ...common, state: 'in_progress' }), 'Đang xử lý', 'Đang xử lý', true],
      ...(await Promise.all(
        (
          [
            ['report.assigned', 'awaiting_intake', { state: 'awaiting_acceptance' }, 'Chờ tiếp nhận', 'Chờ xử lý'],
            ['report.accepted', 'awaiting_acceptance', { state: 'in_progress' }, 'Chờ xử lý', 'Đang xử lý'],
            ['report.citizen_asked', 'in_progress', { state: 'awaiting_citizen' }, 'Đang xử lý', 'Đang xử lý'],
            ['report.rated', 'in_progress', { state: 'closed' }, 'Đang xử lý', 'Đang xử lý'],
            // Reports in these states have no public copy.
            ['report.rejected', 'awaiting_intake', { state: 'rejected', ...untold }, 'Chờ tiếp nhận', ''],
            ['report.rejected', 'awaiting_intake', { state: 'rejected', ...untold, ...silent }, 'Chờ tiếp nhận', ''],
          ] as const
        ).map(async ([event, from, wanted, own, all]) => {
          const status = wanted.state === 'rejected' ? ({ answerStatus: 'queued' } as const) : {}
          const built = await buildHeld(db, { event, from }, { ...common, ...wanted, ...status })
          return [built, own, all, false] as [BuiltReport, string, string, boolean]
        }),
      )),
      [
        await buildReport(db, { ...common, state: 'answered', answerStatus: 'queued' }),
        'Đang xử lý',
        'Đang xử lý',
        true,
      ],
      [await buildReport(db, { ...common, state: 'merged', mergedIntoId: canonical.id }), 'Đang xử lý', '', false],
    ]
    for (const [report, own, all, isShown] of cases) {
      const wanted = report.state
      const { id, code } = report
      const isPublic = report.state !== 'rejected' && report.state !== 'merged'
      await db.insert(publicationCopies).values({
        ...{ reportId: id, receivedAt, state: 'published', title: 'Cây đổ', body: 'Gọi •••', address: '' },
        ...{ reviewerId: reviewer.id, reviewedAt: new Date(), publishedAt: new Date() },
      })
      for (const key of isPublic ? [mine.key, undefined] : [mine.key]) {
        const [found] = (await desk.get(`requests/${code}.json`, key)).json()
        const notes = key ? own : all
        expect([wanted, key, found]).toMatchObject([wanted, key, { status: 'open', status_notes: notes }])
        const isNamed = found?.agency_responsible !== null
        expect([wanted, key, isNamed]).toEqual([wanted, key, isShown])
        if (!isShown) expect([wanted, key, found?.expected_datetime]).toEqual([wanted, key, null])
      }
    }
    const closed = `requests.json?status=closed&service_code=${categoryCode}`
    for (const key of [mine.key, undefined]) expect((await desk.get(closed, key)).json()).toEqual([])
  })

  test('what nobody but staff may read does not leave by this door', async ({ desk, db }) => {
    const mine = await partner(db)
    const reporter = { name: 'Bùi Văn Kín', phone: '0987 111 222' }
    const { id } = await buildReport(db, {
      state: 'in_progress',
      source: sourceOf(mine.id),
      tags: ['nhãn kín'],
      reporter,
    })
    await buildReport(db, { state: 'in_progress', reporter, body: 'Lời của người khác' })
    await db.insert(reportMessages).values({ reportId: id, kind: 'reply', body: 'lời đáp kín', createdAt: new Date() })
    const all = await Promise.all(
      ['requests.json', 'requests.xml', 'services.json', 'discovery.json'].flatMap((path) => [
        desk.get(path),
        desk.get(`${path}?start_date=2026-03-01`, mine.key),
      ]),
    )
    const text = all.map((answer) => answer.text).join('\n')
    for (const secret of ['Kín', '0987', 'nhãn kín', 'lời đáp', 'Lời của người khác'])
      expect(text).not.toContain(secret)
  })
})
