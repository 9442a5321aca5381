import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { events, publicationCopies, reportAnswers, reportMessages } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { type Row, test, xmlIn } from '#server/http/testing/open311-desk.ts'
import { partner } from '#server/http/testing/open311-partner.ts'
import { rejectReasons } from '#server/reports/rules/lifecycle.ts'
import type { OutcomeOf } from '#server/reports/rules/outcome.ts'

describe('lists', () => {
  const day = 86_400_000
  const ago = (days: number) => new Date(Date.now() - days * day)

  async function several(db: Database) {
    const mine = await partner(db)
    const other = await buildCategory(db)
    const source = sourceOf(mine.id)
    const build = (days: number, wanted: Parameters<typeof buildReport>[1] = {}) =>
      buildReport(db, { categoryCode: mine.category.code, source, receivedAt: ago(days), ...wanted })
    const [fresh, done, old] = [
      await build(1),
      await build(40, { state: 'closed', categoryCode: other.code, lastActivityAt: ago(2) }),
      await build(200, { lastActivityAt: ago(3) }),
    ]
    // Every change writes an event.
    for (const [{ id }, days] of [
      [done, 2],
      [old, 3],
    ] as const)
      await db.insert(events).values({
        ...{ at: ago(days), event: 'report.note_added', subjectKind: 'report', reportId: id, actorKind: 'robot' },
      })
    return { ...mine, other, fresh, done, old }
  }

  test('hold the last 90 days, and what the filters say', async ({ desk, db }) => {
    const { key, fresh, done, old, other } = await several(db)
    const codes = async (query: string) =>
      (await desk.get(`requests.json?${query}`, key)).json().map(({ service_request_id: id }) => id)
    const written = (at: Date) => encodeURIComponent(at.toISOString())
    for (const [query, found] of [
      ['', [fresh, done]],
      ['status=closed', [done]],
      ['status=open,closed', [fresh, done]],
      [`service_code=${other.code},none`, [done]],
      [`service_request_id=${old.code},${fresh.code}&status=closed`, [fresh, old]],
      [`start_date=${written(ago(210))}`, [old]],
      [`end_date=${written(ago(30))}`, [done]],
      [`start_date=${written(ago(60))}&end_date=${written(ago(20))}`, [done]],
      [`start_date=${ago(60).toISOString().slice(0, 10)}`, [fresh, done]],
      [`updated_after=${written(ago(4))}`, [fresh, done, old]],
      [`updated_after=${written(ago(3.5))}&updated_before=${written(ago(2.5))}`, [old]],
      ['page_size=1', [fresh]],
      ['page_size=1&page=2', [done]],
      ['page=3&page_size=1', []],
      ['unknown=1&q=2', [fresh, done]],
    ] as const)
      expect([query, await codes(query)]).toEqual([query, found.map(({ code }) => code)])
  })

  test('a token is a public code first, then a reference, then the key of a request', async ({ desk, db }) => {
    const { key, id } = await partner(db)
    const build = (sourceKey: string) => buildReport(db, { source: sourceOf(id), sourceKey })
    const byKey = await build('request a')
    const byReference = await build('reference a')
    const byCode = await build('reference z')
    const confused = await build(`reference ${byCode.code}`)
    const found = async (token: string) => (await desk.get(`tokens/${token}.json`, key)).json()[0]?.service_request_id
    expect([await found('a'), await found(byCode.code)]).toEqual([byReference.code, byCode.code])
    expect(await found(byKey.code)).toBe(byKey.code)
    expect(await found(confused.code)).toBe(confused.code)
  })

  test('refuse filters that cannot be read, all at once', async ({ desk, db }) => {
    const { key } = await partner(db)
    for (const query of [
      'status=done',
      'start_date=yesterday',
      'start_date=2026-13-45',
      'start_date=2026-01-01&end_date=2026-04-02',
      'start_date=2026-02-01&end_date=2026-01-01',
      'page=0',
      'page_size=-1',
      'page=1e9',
      `service_request_id=${Array.from({ length: 201 }, (_, at) => at).join(',')}`,
    ]) {
      const { status, json } = await desk.get(`requests.json?${query}`, key)
      expect([query, status, json().map(({ code }) => code)]).toEqual([query, 400, [400]])
    }
    expect((await desk.get('requests.json?page=0&status=done', key)).json()).toHaveLength(2)
  })

  test('a status is closed when the citizen was told, and its notes and updates are what they were told', async ({
    desk,
    db,
  }) => {
    const mine = await partner(db)
    const source = sourceOf(mine.id)
    const told = 'Đã cắt dọn cây đổ, thông đường.\nTrước số nhà 20 phố Hàng Bài · Sáng 02/3/2026'
    const fixed = `Đã khắc phục\n${told}`
    const canonical = await buildReport(db, { state: 'answered' })
    /** Every change writes an event. */
    const logged = (event: EventName, reportId: number, at = new Date(), details = {}) =>
      db.insert(events).values({ at, event, subjectKind: 'report', reportId, actorKind: 'robot', details })
    const expected: [Parameters<typeof buildReport>[1], string, string | null][] = [
      [{ state: 'awaiting_intake' }, 'open', 'Chờ tiếp nhận'],
      [{ state: 'awaiting_acceptance' }, 'open', 'Chờ xử lý'],
      [{ state: 'awaiting_acceptance', transferCount: 1 }, 'open', 'Chuyển xử lý'],
      [{ state: 'in_progress' }, 'open', 'Đang xử lý'],
      [{ state: 'awaiting_citizen' }, 'open', 'Chờ bổ sung: Cây ở số nhà nào?'],
      [{ state: 'awaiting_approval' }, 'open', 'Đang xử lý'],
      [{ state: 'answered' }, 'closed', fixed],
      [{ state: 'answered', answerStatus: 'queued' }, 'open', 'Đang xử lý'],
      [{ state: 'closed' }, 'closed', fixed],
      [{ state: 'rejected' }, 'closed', `Từ chối: Ngoài phạm vi tiếp nhận\n${told}`],
      [{ state: 'rejected', answerStatus: 'queued' }, 'open', 'Chờ tiếp nhận'],
      [{ state: 'rejected', rejectReason: rejectReasons[5] }, 'closed', 'Từ chối'],
      [{ state: 'merged', mergedIntoId: canonical.id }, 'open', 'Đang xử lý'],
      [{ state: 'merged' }, 'open', 'Chờ tiếp nhận'],
    ]
    for (const [wanted, status, notes] of expected) {
      const { id, code } = await buildReport(db, { ...wanted, source })
      if (wanted?.state === 'awaiting_citizen') {
        await logged('report.citizen_asked', id)
        await db
          .insert(reportMessages)
          .values({ reportId: id, kind: 'question', body: 'Cây ở số nhà nào?', createdAt: new Date() })
      }
      const [found] = (await desk.get(`requests/${code}.json`, mine.key)).json()
      expect([wanted, found?.status, found?.status_notes]).toEqual([wanted, status, notes])
      const [filtered] = (await desk.get(`requests.json?service_request_id=${code}`, mine.key)).json()
      expect(filtered).toEqual(found)
    }
    // What happens to the main report happens to those that were merged into it.
    const main = await buildReport(db, { state: 'in_progress', receivedAt: ago(50), lastActivityAt: ago(0.5) })
    await logged('report.note_added', main.id, ago(0.5))
    const merged = { state: 'merged', mergedIntoId: main.id, receivedAt: ago(40), lastActivityAt: ago(39) } as const
    const { code } = await buildReport(db, { ...merged, source })
    const changed = (
      await desk.get(`requests.json?updated_after=${ago(0.9).toISOString()}&status=open`, mine.key)
    ).json()
    expect(changed.map(({ service_request_id: id }) => id)).toContain(code)
    // An answer about the same matter is the citizen's once it was passed on to them.
    const follower = await buildReport(db, { state: 'merged', mergedIntoId: canonical.id, source })
    const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, canonical.id))
    await logged('report.answer_passed_on', follower.id, new Date(), { answerId: answer?.id })
    const since = new Date(Date.now() - 60_000).toISOString()
    const [passedOn] = (await desk.get(`requests.json?updated_after=${since}&status=closed`, mine.key)).json()
    expect(passedOn).toMatchObject({ service_request_id: follower.code, status: 'closed', status_notes: fixed })

    const updates = (
      await desk.get('servicerequestupdates.json?start_date=2026-02-25&end_date=2026-03-10', mine.key)
    ).json()
    expect(updates.map(({ status, description }) => [status, description])).toEqual(Array(3).fill(['closed', told]))
    const recent = await desk.get(`servicerequestupdates.xml?start_date=${since}`, mine.key)
    const { service_requests_updates: list } = xmlIn(recent.text) as {
      service_requests_updates: { request_update: Row[] }
    }
    expect(list.request_update.map(({ status, description }) => [status, description])).toEqual([
      ['open', 'Cây ở số nhà nào?'],
      ['closed', told],
    ])
    expect(list.request_update[1]).toEqual({
      update_id: answer?.id,
      service_request_id: follower.code,
      status: 'closed',
      updated_datetime: expect.stringMatching(/\+07:00$/),
      description: told,
      media_url: '',
    })
    for (const [query, count] of [
      [`updated_after=${since}`, 2],
      ['updated_after=2026-02-25&updated_before=2026-03-10', 3],
      [`updated_after=${since}&start_date=2026-02-25&end_date=2026-03-10`, 0],
    ] as const) {
      const found = await desk.get(`servicerequestupdates.json?${query}`, mine.key)
      expect([query, found.json()]).toMatchObject([query, { length: count }])
    }
    const named = await desk.get(`servicerequestupdates.json?service_request_id=${follower.code}`, mine.key)
    expect(named.json().map(({ update_id: id }) => id)).toEqual([answer?.id])
    expect((await desk.get('servicerequestupdates.json')).json()).toEqual([])
  })
})

test('the outcome is in the notes and among the extensions, and what is only planned is open until its day', async ({
  desk,
  db,
}) => {
  const mine = await partner(db)
  const source = sourceOf(mine.id)
  const reviewer = await buildActor(db, 'dispatcher')
  const words = 'Đã cắt dọn cây đổ, thông đường.\nTrước số nhà 20 phố Hàng Bài · Sáng 02/3/2026'
  const receivedAt = new Date(Date.now() - 3_600_000)
  const none = { outcome: null, planned_for: null, refusal_reason: null }
  const plan = { outcome: 'planned', plannedFor: '2026-12-20' } as const
  const notOurs = { outcome: 'not_ours', plannedFor: null, referredTo: 'Công ty Thoát nước' } as const
  const rejected = { state: 'rejected', rejectReason: rejectReasons[0] } as const
  type Case = [string, Parameters<typeof buildReport>[1], OutcomeOf | null, Row]
  const cases: Case[] = [
    ['fixed', {}, null, { status: 'closed', notes: 'Đã khắc phục', extended: { ...none, outcome: 'fixed' } }],
    [
      'planned',
      { state: 'closed' },
      { ...plan, referredTo: '' },
      {
        ...{ status: 'open', notes: 'Có kế hoạch, hẹn ngày 20/12/2026', expected: '2026-12-20T23:59:59+07:00' },
        extended: { ...none, outcome: 'planned', planned_for: '2026-12-20' },
      },
    ],
    ['not sent', { answerStatus: 'queued' }, { ...plan, referredTo: '' }, { status: 'open', extended: none }],
    [
      'not ours',
      {},
      notOurs,
      {
        ...{ status: 'closed', notes: 'Không thuộc thẩm quyền, đã chuyển Công ty Thoát nước' },
        ...{ public: 'Không thuộc thẩm quyền', extended: { ...none, outcome: 'not_ours' } },
      },
    ],
    [
      'refused',
      rejected,
      null,
      {
        ...{ status: 'closed', notes: 'Từ chối: Ngoài phạm vi tiếp nhận' },
        extended: { ...none, refusal_reason: 'out_of_scope' },
      },
    ],
  ]
  for (const [name, wanted, outcome, told] of cases) {
    const { id, code } = await buildReport(db, { state: 'answered', source, receivedAt, ...wanted })
    if (outcome) await db.update(reportAnswers).set(outcome).where(eq(reportAnswers.reportId, id))
    await db.insert(publicationCopies).values({
      ...{ reportId: id, receivedAt, state: 'published', title: 'Cây đổ', body: 'Gọi •••', address: '' },
      ...{ reviewerId: reviewer.id, reviewedAt: new Date(), publishedAt: new Date() },
    })
    const isPublic = name !== 'refused'
    for (const key of isPublic ? [mine.key, undefined] : [mine.key]) {
      const path = `requests/${code}.json`
      const [found] = (await desk.get(`${path}?extensions=true`, key)).json()
      const notes = told.notes ? (key ? `${told.notes}\n${words}` : (told.public ?? told.notes)) : 'Đang xử lý'
      expect([name, key, found?.status, found?.status_notes, found?.extended_attributes]).toEqual([
        ...[name, key, told.status, notes, told.extended],
      ])
      if (told.expected || told.status === 'closed') expect(found?.expected_datetime).toBe(told.expected ?? null)
      expect((await desk.get(path, key)).json()[0]).not.toHaveProperty('extended_attributes')
      const ofStatus = async (status: string) =>
        (await desk.get(`requests.json?status=${status}&page_size=100`, key))
          .json()
          .map(({ service_request_id: each }) => each)
      const listed = [await ofStatus('open'), await ofStatus('closed')].map((codes) => codes.includes(code))
      expect([name, key, ...listed]).toEqual([name, key, told.status === 'open', told.status === 'closed'])
    }
    const [update] = (await desk.get(`servicerequestupdates.json?service_request_id=${code}`, mine.key)).json()
    expect([name, update?.status]).toEqual([name, name === 'not sent' ? undefined : told.status])
    const { text } = await desk.get(`requests/${code}.xml?extensions=true`, mine.key)
    const { request } = (xmlIn(text) as { service_requests: { request: Row } }).service_requests
    const written = Object.entries(told.extended as Row).map(([field, value]) => [field, value ?? ''])
    expect(request.extended_attributes).toEqual(Object.fromEntries(written))
  }
})
