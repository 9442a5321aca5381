import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { reportMessages, reports } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { partner } from '#server/http/testing/open311-partner.ts'
import { test } from '#server/http/testing/rest-desk.ts'

const now = () => new Date(Date.now() - 3_600_000)

async function sent(db: Database, wanted: Parameters<typeof buildReport>[1] = {}) {
  const client = await partner(db)
  const times = { receivedAt: now(), answeredAt: now(), closedAt: wanted?.state === 'closed' ? now() : null }
  const report = await buildReport(db, { source: sourceOf(client.id), ...times, ...wanted })
  return { ...client, report }
}

describe('a program hands on', () => {
  test('a rating, once, under its own name', async ({ api, db }) => {
    const { key, report, id } = await sent(db, { state: 'answered' })
    const rate = () =>
      api('POST', `/reports/${report.code}/rating`, { key, body: { rating: 'dissatisfied', words: 'Chậm' } })
    const both = await Promise.all([rate(), rate()])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(both.map(({ body }) => body.is_repeated).sort()).toEqual([false, true])
    const { lastEvent } = await storyOf(db, report.id)
    expect(lastEvent).toMatchObject({ event: 'report.rated', actorKind: 'api_client', actorId: id })
    const read = await api('GET', `/reports/${report.code}`, { key })
    expect(read.body).toMatchObject({ state: 'closed', rating: 'dissatisfied' })
  })

  test('a reopening: the report is open again', async ({ api, db }) => {
    const { key, report } = await sent(db, { state: 'closed' })
    const reopen = (body: object) => api('POST', `/reports/${report.code}/reopening`, { key, body })
    expect((await reopen({ reason: ' ' })).body.errors).toEqual([{ detail: 'is missing', pointer: '/reason' }])
    expect((await reopen({ reason: 'Cây vẫn nằm đó' })).body.is_repeated).toBe(false)
    expect((await api('GET', `/reports/${report.code}`, { key })).body.state).toBe('in_progress')
    const again = await reopen({ reason: 'Lần nữa' })
    expect([again.status, again.body.type.split('/').at(-1)]).toEqual([409, 'not_possible_now'])
  })

  test('the answer to a question, and the clock runs on', async ({ api, db }) => {
    const { key, report } = await sent(db, { state: 'awaiting_citizen', stateBefore: 'in_progress' })
    const path = `/reports/${report.code}/information`
    expect((await api('POST', path, { key, body: { body: 'Số nhà 20' } })).status).toBe(200)
    expect((await api('GET', `/reports/${report.code}`, { key })).body.state).toBe('in_progress')
    const messages = await db.select().from(reportMessages).where(eq(reportMessages.reportId, report.id))
    expect(messages).toMatchObject([{ kind: 'reply', body: 'Số nhà 20', authorId: null }])
  })

  test('no input on reports of others, without the permission, or after the period', async ({ api, db }) => {
    const { report } = await sent(db, { state: 'answered' })
    const other = await partner(db)
    const reader = await partner(db, { permissions: ['follow_reports', 'submit_reports'] })
    const body = { rating: 'satisfied' }
    const rate = async (code: string, key: string) =>
      (await api('POST', `/reports/${code}/rating`, { key, body })).status
    expect([await rate(report.code, other.key), await rate('HN-1', other.key)]).toEqual([404, 404])
    expect(await rate(report.code, reader.key)).toBe(403)
    const late = await sent(db, { state: 'answered', answeredAt: new Date(Date.now() - 40 * 86_400_000) })
    const refused = await api('POST', `/reports/${late.report.code}/rating`, { key: late.key, body })
    expect([refused.status, refused.body.type.split('/').at(-1)]).toEqual([409, 'too_late'])
  })

  test('only for the version that If-Match names', async ({ api, db }) => {
    const { key, report } = await sent(db, { state: 'answered' })
    const path = `/reports/${report.code}`
    const tag = (await api('GET', path, { key })).headers.get('etag') ?? ''
    await db.update(reports).set({ lastActivityAt: new Date() }).where(eq(reports.id, report.id))
    const rate = (value: string) =>
      api('POST', `${path}/rating`, { key, body: { rating: 'satisfied' }, headers: { 'if-match': value } })
    expect([(await rate(tag)).status, (await rate('W/"x"')).status]).toEqual([412, 412])
    expect((await rate((await api('GET', path, { key })).headers.get('etag') ?? '')).status).toBe(200)
  })

  test('a repetition, however late, which is not recorded again', async ({ api, db }) => {
    const { key, report } = await sent(db, { state: 'in_progress' })
    const done = await sent(db, { state: 'answered' })
    const post = async (to: string, body: object, name?: string) => {
      const headers = name ? { 'idempotency-key': name } : undefined
      const from = to === 'rating' ? done : { key, report }
      const sending = { key: from.key, body, headers }
      return (await api('POST', `/reports/${from.report.code}/${to}`, sending)).body.is_repeated
    }
    const [first, second] = [{ body: 'Cây đã nghiêng' }, { body: 'Dây điện vướng' }]
    expect([await post('information', first), await post('information', second)]).toEqual([false, false])
    expect(await post('information', first)).toBe(true)
    expect(await post('information', { body: 'Lời khác' }, 'k1')).toBe(false)
    expect(await post('information', { body: 'Lời khác nữa' }, 'k2')).toBe(false)
    expect(await post('information', { body: 'Lời khác' }, 'k1')).toBe(true)
    const [good, bad] = [{ rating: 'satisfied' }, { rating: 'dissatisfied' }]
    expect([await post('rating', good, 'r1'), await post('rating', bad, 'r2')]).toEqual([false, false])
    expect(await post('rating', good, 'r1')).toBe(true)
    expect((await storyOf(db, report.id)).messages).toHaveLength(4)
    expect((await storyOf(db, done.report.id)).report.rating).toBe('dissatisfied')
  })

  test('again with the If-Match of the first time: it is a repetition', async ({ api, db }) => {
    const { key, report } = await sent(db, { state: 'answered' })
    const path = `/reports/${report.code}`
    const tag = (await api('GET', path, { key })).headers.get('etag') ?? ''
    const rate = () =>
      api('POST', `${path}/rating`, { key, body: { rating: 'satisfied' }, headers: { 'if-match': tag } })
    expect((await rate()).body).toMatchObject({ is_repeated: false })
    expect((await rate()).body).toMatchObject({ is_repeated: true })
  })
})

describe('an update of Open311', () => {
  const path = '/open311/v2/servicerequestupdates.json'

  test('is information, a rating or a reopening, and never the closing', async ({ desk, db }) => {
    const { key, report } = await sent(db, { state: 'in_progress' })
    const update = async (fields: Record<string, string>, to = report.code, by = key) => {
      const body = new URLSearchParams({ service_request_id: to, ...fields })
      const { status, json } = await desk.send(path, { method: 'POST', body, headers: { 'x-api-key': by } })
      return [status, json()[0]] as const
    }
    expect(await update({ description: 'Thêm: cây đã nghiêng' })).toMatchObject([
      200,
      { service_request_id: report.code },
    ])
    // The words of the sending system change nothing here.
    expect((await update({ description: 'Xong rồi', status: 'CLOSED' }))[0]).toBe(200)
    expect((await update({ description: 'Đang xem lại', status: 'investigating' }))[0]).toBe(200)
    expect((await storyOf(db, report.id)).report).toMatchObject({ state: 'in_progress', reopenCount: 0 })
    const { report: ended, key: by } = await sent(db, { state: 'closed' })
    expect((await update({ description: 'Cảm ơn', status: 'CLOSED' }, ended.code, by))[0]).toBe(200)
    expect((await storyOf(db, ended.id)).report).toMatchObject({ state: 'closed', reopenCount: 0 })
    // Programs send OPEN with all that a citizen adds: too late for a reopening, it is information.
    const days = (count: number) => new Date(Date.now() - count * 86_400_000)
    for (const wanted of [
      { state: 'closed', answeredAt: days(40), closedAt: days(30) },
      { state: 'rejected' },
    ] as const) {
      const { report: over, key: sender } = await sent(db, wanted)
      expect((await update({ description: 'Lại đổ', status: 'OPEN' }, over.code, sender))[0]).toBe(200)
      const { report: after, messages: added } = await storyOf(db, over.id)
      expect([after.state, added[0]?.body]).toEqual([wanted.state, 'Lại đổ\n\nTrạng thái do hệ thống gửi ghi: OPEN'])
    }
    const done = await sent(db, { state: 'closed' })
    expect((await update({ 'attribute[rating]': 'satisfied' }, done.report.code, done.key))[0]).toBe(200)
    expect((await update({ description: 'Vẫn còn', status: 'open' }, done.report.code, done.key))[0]).toBe(200)
    expect((await storyOf(db, done.report.id)).report).toMatchObject({ state: 'in_progress', reopenCount: 1 })
    // The client repeats the form after it lost the answer; the request is open by then.
    const [, again] = await update({ description: 'Vẫn còn', status: 'open' }, done.report.code, done.key)
    const story = await storyOf(db, done.report.id)
    expect(story.messages).toEqual([])
    expect(again).toMatchObject({ update_id: story.lastEvent?.details.utteranceId })
    const { messages } = await storyOf(db, report.id)
    expect(messages).toMatchObject([
      { kind: 'added', body: 'Thêm: cây đã nghiêng' },
      { kind: 'added', body: 'Xong rồi\n\nTrạng thái do hệ thống gửi ghi: CLOSED' },
      { kind: 'added', body: 'Đang xem lại\n\nTrạng thái do hệ thống gửi ghi: investigating' },
    ])
  })

  test('names all that is wrong, and leaves nothing', async ({ desk, db }) => {
    const { key, report } = await sent(db, { state: 'in_progress' })
    const other = await partner(db)
    const reader = await partner(db, { permissions: ['follow_reports'] })
    for (const [fields, by, codes] of [
      [{}, key, [400, 400]],
      [{ service_request_id: report.code, status: 'x'.repeat(61), description: '' }, key, [400]],
      [{ service_request_id: report.code, status: 'OPEN' }, key, [400]],
      [{ service_request_id: report.code, 'attribute[rating]': 'great' }, key, [400]],
      [{ service_request_id: report.code, description: 'x'.repeat(8001) }, key, [400]],
      [{ service_request_id: report.code, description: 'x' }, other.key, [404]],
      [{ service_request_id: report.code, description: 'x' }, reader.key, [403]],
      [{ service_request_id: report.code, description: 'x' }, 'none', [403]],
      [{ service_request_id: report.code, 'attribute[rating]': 'satisfied' }, key, [400]],
    ] as const) {
      const body = new URLSearchParams(fields as Record<string, string>)
      const { status, json } = await desk.send(path, { method: 'POST', body, headers: { 'x-api-key': by } })
      expect([fields, status, json().map(({ code }) => code)]).toEqual([fields, codes[0], [...codes]])
    }
    expect((await storyOf(db, report.id)).messages).toEqual([])
  })
})
