import { eq, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildHeld } from '#db/factories/held.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildTeam, seen } from '#db/factories/team.ts'
import { events, reportClocks, reportMessages, reports } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { decomposed, partner, words } from '#server/http/testing/open311-partner.ts'
import { test } from '#server/http/testing/rest-desk.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { changeSeverity } from '#server/reports/commands/change-report.ts'
import { takeBack } from '#server/reports/commands/take-back.ts'
import { undoChange } from '#server/reports/commands/undo-change.ts'

const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

describe('reading', () => {
  test('a key reads the reports that it sent, and no others', async ({ api, db }) => {
    const [mine, other] = [await partner(db), await partner(db)]
    const own = await buildReport(db, { source: sourceOf(mine.id), sourceKey: 'reference a/1' })
    const theirs = await buildReport(db, { source: sourceOf(other.id) })
    const staff = await buildReport(db)
    const { body } = await api('GET', '/reports', { key: mine.key })
    expect(body.items.map(({ code }: { code: string }) => code)).toEqual([own.code])
    expect(body.items[0]).toMatchObject({ reference: 'a/1', state: 'awaiting_intake', agency: null })
    for (const { code } of [theirs, staff, { code: 'HN-1' }, { code: "'" }])
      expect((await api('GET', `/reports/${encodeURIComponent(code)}`, { key: mine.key })).status).toBe(404)
    expect((await api('GET', `/reports/${own.code}`, { key: mine.key })).body).toMatchObject({ code: own.code })
  })

  test('needs a key with the permission', async ({ api, db }) => {
    const sender = await partner(db, { permissions: ['submit_reports'] })
    const refusals = [
      await api('GET', '/reports'),
      await api('GET', '/reports', { key: 'ihd_00000000_x' }),
      await api('GET', '/reports', { key: sender.key }),
    ]
    expect(refusals.map(({ status, body }) => [status, body.type.split('/').at(-1)])).toEqual([
      [401, 'api_key_invalid'],
      [401, 'api_key_invalid'],
      [403, 'forbidden'],
    ])
    expect(refusals[0]?.headers.get('www-authenticate')).toBe('Bearer realm="desk"')
    // Keys in addresses are refused, because proxies log addresses.
    expect((await api('GET', `/reports?api_key=${sender.key}`)).status).toBe(401)
  })

  test('returns the data that was sent to the citizen, without decisions that can still be undone', async ({
    api,
    db,
  }) => {
    const mine = await partner(db)
    const source = sourceOf(mine.id)
    const question = async (id: number, createdAt = new Date()) =>
      void (await db
        .insert(reportMessages)
        .values({ reportId: id, kind: 'question', body: 'Cây ở số nhà nào?', createdAt }))
    const read = async (wanted: Parameters<typeof buildReport>[1], asked = false) => {
      const { id, code } = await buildReport(db, { ...wanted, source })
      if (asked) await question(id)
      return (await api('GET', `/reports/${code}`, { key: mine.key })).body
    }
    expect(await read({ state: 'in_progress', dueAt: ago(-1) })).toMatchObject({
      state: 'in_progress',
      deadline: { kind: 'resolution', is_paused: false },
      answers: [],
    })
    // The report is returned to intake while its resolution clock runs on.
    const returned = await buildReport(db, { state: 'awaiting_intake', dueAt: ago(-1), source })
    await db
      .update(reportClocks)
      .set({ stoppedAt: ago(1) })
      .where(eq(reportClocks.reportId, returned.id))
    const clock = { calendarId: 'city', round: 1, startedAt: ago(2), targetMinutes: 480 }
    await db.insert(reportClocks).values({ ...clock, reportId: returned.id, kind: 'resolution', firstDueAt: ago(0) })
    expect((await api('GET', `/reports/${returned.code}`, { key: mine.key })).body.deadline).toMatchObject({
      kind: 'resolution',
    })
    expect(await read({ state: 'awaiting_acceptance', transferCount: 1 })).toMatchObject({ state: 'forwarded' })
    expect(await read({ state: 'awaiting_citizen' }, true)).toMatchObject({
      state: 'awaiting_citizen',
      question: 'Cây ở số nhà nào?',
      messages: [{ kind: 'question', body: 'Cây ở số nhà nào?' }],
    })
    expect(await read({ state: 'answered', answerStatus: 'queued' })).toMatchObject({
      state: 'in_progress',
      answers: [],
    })
    const answered = await read({ state: 'closed', rating: 'satisfied' })
    expect(answered).toMatchObject({ state: 'closed', rating: 'satisfied', deadline: null })
    expect(answered.answers).toMatchObject([{ kind: 'answer', what: 'Đã cắt dọn cây đổ, thông đường.' }])
    expect(await read({ state: 'rejected' })).toMatchObject({
      state: 'refused',
      refusal_reason: 'out_of_scope',
      answers: [{ kind: 'rejection' }],
    })
    expect(await read({ state: 'rejected', answerStatus: 'queued' })).toMatchObject({ refusal_reason: null })
  })

  test('returns a decision after its undo period, and the time of change never decreases', async ({ api, db }) => {
    const mine = await partner(db)
    const { agency, dispatcher } = await buildTeam(db)
    const now = () => new Date()
    const report = await buildReport(db, { source: sourceOf(mine.id), receivedAt: ago(1) })
    const read = async () => (await api('GET', `/reports/${report.code}`, { key: mine.key })).body
    const before = await read()
    expect(before).toMatchObject({ state: 'awaiting_intake', agency: null })
    const staff = { db, actor: dispatcher, now }
    const { version } = await assignReport(staff, { ...seen(report), agencyId: agency.id })
    expect(await read()).toEqual({ ...before, deadline: null })
    await takeBack(staff, { reportId: report.id, version })
    const after = await read()
    expect(after).toMatchObject({ state: 'awaiting_intake', agency: null })
    expect(Date.parse(after.updated_at)).toBeGreaterThanOrEqual(Date.parse(before.updated_at))
    // This change was public at once, so undoing it is a public change as well.
    const tagged = await changeSeverity(staff, {
      reportId: report.id,
      version: version + 1,
      severity: 'urgent',
      reason: 'Chắn đường',
    })
    const changed = await read()
    await undoChange(staff, { reportId: report.id, version: tagged.version })
    expect(Date.parse((await read()).updated_at)).toBeGreaterThanOrEqual(Date.parse(changed.updated_at))
  })

  test('returns the previous question and rating while the next can be undone', async ({ api, db }) => {
    const mine = await partner(db)
    const common = { source: sourceOf(mine.id), receivedAt: ago(1) }
    const read = async ({ code }: { code: string }) => (await api('GET', `/reports/${code}`, { key: mine.key })).body
    const messageId = crypto.randomUUID()
    const asking = { event: 'report.citizen_asked', from: 'in_progress', details: { messageId } } as const
    const asked = await buildHeld(db, asking, { ...common, state: 'awaiting_citizen' })
    const message = { reportId: asked.id, kind: 'question', body: 'Cây ở số nhà nào?' } as const
    await db.insert(reportMessages).values({ ...message, id: messageId, createdAt: new Date() })
    // A later message does not reveal the question.
    await db.insert(reportMessages).values({ ...message, kind: 'notice', body: 'Bão tan', createdAt: new Date() })
    expect(await read(asked)).toMatchObject({
      state: 'in_progress',
      question: null,
      messages: [{ kind: 'notice' }],
      agency: null,
      deadline: null,
    })
    const rating = { event: 'report.rated', from: 'answered', row: { rating: null } } as const
    const rated = await buildHeld(db, rating, { ...common, state: 'closed', rating: 'dissatisfied' })
    expect(await read(rated)).toMatchObject({ state: 'answered', rating: null })
  })

  test('returns neither the words nor the personal data of the reporter', async ({ api, db }) => {
    const mine = await partner(db)
    const sent = await api('POST', '/reports', {
      key: mine.key,
      body: {
        description: `${words} Gọi tôi: 0912 345 678`,
        address: '73 phố Lò Đúc',
        reporter: { name: 'Nguyễn Thị Lan', phone: '0912345678', email: 'lan@example.vn' },
      },
    })
    const answers = [
      await api('GET', '/reports', { key: mine.key }),
      await api('GET', `/reports/${sent.body.code}`, { key: mine.key }),
    ]
    for (const { text } of answers) expect(text).not.toMatch(/0912|Lan|example|xà cừ|Lò Đúc/)
  })
})

describe('lists', () => {
  test('are filtered by state, category, reference, change and receipt', async ({ api, db }) => {
    const mine = await partner(db)
    const source = sourceOf(mine.id)
    const fresh = await buildReport(db, { source, receivedAt: ago(1), categoryCode: mine.category.code })
    const done = await buildReport(db, {
      ...{ source, state: 'closed', receivedAt: ago(40), lastActivityAt: ago(2) },
      sourceKey: 'reference 2026,17\t"a\\b"',
    })
    const old = await buildReport(db, {
      source,
      receivedAt: ago(200),
      lastActivityAt: ago(3),
      sourceKey: 'reference x',
    })
    // Every change writes an event.
    for (const [{ id }, days] of [
      [done, 2],
      [old, 3],
    ] as const)
      await db.insert(events).values({
        ...{ at: ago(days), event: 'report.note_added', subjectKind: 'report', reportId: id, actorKind: 'robot' },
      })
    const at = (days: number) => encodeURIComponent(ago(days).toISOString())
    for (const [query, found] of [
      ['', [fresh, done, old]],
      ['state=closed', [done]],
      ['state=closed,awaiting_intake', [fresh, done, old]],
      ['state=refused&state=closed', [done]],
      [`category=${mine.category.code}`, [fresh]],
      ['reference=y&reference=x', [old]],
      ['reference=x,y', []],
      [`reference=${encodeURIComponent('2026,17\t"a\\b"')}`, [done]],
      [`updated_after=${at(2.5)}`, [fresh, done]],
      [`received_after=${at(60)}`, [fresh, done]],
      [`received_after=${at(60)}&received_before=${at(20)}`, [done]],
      ['unknown=1', [fresh, done, old]],
    ] as const) {
      const { body } = await api('GET', `/reports?${query}`, { key: mine.key })
      expect([query, body.items?.map(({ code }: { code: string }) => code)]).toEqual([
        query,
        found.map(({ code }) => code),
      ])
    }
  })

  test('name every parameter that is not valid', async ({ api, db }) => {
    const { key } = await partner(db)
    for (const [query, named] of [
      ['state=done', ['state']],
      ['limit=0&updated_after=yesterday', ['limit', 'updated_after']],
      ['limit=1000', ['limit']],
      ['limit=1e1000', ['limit']],
      ['limit=5&limit=6', ['limit']],
      ['received_after=2026-13-45T00:00:00Z', ['received_after']],
      ['received_after=0001-01-01T00:00:00Z', ['received_after']],
      ['received_after=2026-11-01', ['received_after']],
      ['cursor=x', ['cursor']],
    ] as const) {
      const { status, body } = await api('GET', `/reports?${query}`, { key })
      expect([query, status, body.errors?.map(({ parameter }: { parameter: string }) => parameter)]).toEqual([
        query,
        400,
        named,
      ])
    }
  })

  test('are paged without gap or repetition while reports come in and change', async ({ api, db }) => {
    const mine = await partner(db)
    const source = sourceOf(mine.id)
    const receivedAt = ago(3)
    const built = await Promise.all(Array.from({ length: 7 }, () => buildReport(db, { source, receivedAt })))
    const seen: string[] = []
    for (let path: string | null = '/reports?limit=2&received_before=2100-01-01T00:00:00Z'; path; ) {
      const { body, headers } = await api('GET', path, { key: mine.key })
      seen.push(...body.items.map(({ code }: { code: string }) => code))
      const [, next] = /^<\/api\/v1(.*)>; rel="next"$/.exec(headers.get('link') ?? '') ?? []
      expect(next === undefined).toBe(body.next === null)
      path = next ?? null
      await buildReport(db, { source, receivedAt: new Date() })
      const [some] = built
      await db
        .update(reports)
        .set({ lastActivityAt: new Date() })
        .where(eq(reports.id, some?.id as number))
    }
    expect(seen).toEqual(
      built
        .map(({ code, id }) => ({ code, id }))
        .toSorted((a, b) => b.id - a.id)
        .map(({ code }) => code),
    )
    // A cursor does not work with another key.
    const { body } = await api('GET', '/reports?limit=2', { key: mine.key })
    expect((await api('GET', `/reports?cursor=${body.next}`, { key: (await partner(db)).key })).status).toBe(400)
  })
})

describe('sending', () => {
  test('makes one report of a reference or of an Idempotency-Key, as Open311 does', async ({ api, desk, db }) => {
    const { key, sent, reportsOf, category } = await partner(db)
    const body = { description: decomposed, category: category.code, point: { lat: 21.0145, lon: 105.8556 } }
    const first = await api('POST', '/reports', { key, body: { ...body, reference: 'r-1' } })
    expect([first.status, first.body.is_repeated]).toEqual([201, false])
    expect(first.headers.get('location')).toBe(`/api/v1/reports/${first.body.code}`)
    const again = await api('POST', '/reports', { key, body: { ...body, reference: 'r-1', title: 'Khác' } })
    expect([again.status, again.body]).toEqual([200, { code: first.body.code, is_repeated: true }])
    const byOpen311 = await desk.post(key, { ...sent, external_id: 'r-1' })
    expect([byOpen311.status, byOpen311.json()[0]?.service_request_id]).toEqual([200, first.body.code])
    const named = { key, body, headers: { 'idempotency-key': 'k-1' } }
    const pair = await Promise.all([api('POST', '/reports', named), api('POST', '/reports', named)])
    expect(pair.map(({ status }) => status).sort()).toEqual([200, 201])
    expect(await reportsOf()).toMatchObject([
      { title: words, body: words, lat: 21.0145, categoryCode: category.code, channel: 'open311' },
      { body: words },
    ])
  })

  test('names every field that is not valid, and leaves nothing behind', async ({ api, db }) => {
    const { key, id, reportsOf } = await partner(db)
    const good = { description: words, address: '73 phố Lò Đúc' }
    for (const [body, pointers] of [
      [{}, ['/description']],
      [{ ...good, description: ' ' }, ['/description']],
      [{ description: words }, ['/address']],
      [{ ...good, point: { lat: 91, lon: 'x' } }, ['/point/lon', '/point/lat']],
      [{ ...good, title: 'x'.repeat(301), occurred_at: 'today' }, ['/title', '/occurred_at']],
      [{ ...good, reporter: { email: 'nobody' } }, ['/reporter/email']],
      [{ ...good, reference: 'x'.repeat(181) }, ['/reference']],
      [[], ['']],
      ['null', ['']],
    ] as const) {
      const { status, body: problem } = await api('POST', '/reports', { key, body })
      const found = problem.errors?.map(({ pointer }: { pointer: string }) => pointer)
      expect([body, status, found?.toSorted()]).toEqual([body, 422, [...pointers].toSorted()])
    }
    const unknown = await api('POST', '/reports', { key, body: { ...good, category: 'none' } })
    expect([unknown.status, unknown.body.type]).toEqual([422, 'tag:hanoi.gov.vn,2026:desk/problems/category_unknown'])
    expect(await reportsOf()).toEqual([])
    const [counted] = await db.execute(sql`select count(*)::int as n from api_client_days where client_id = ${id}`)
    expect(counted?.n).toBe(0)
  })
})
