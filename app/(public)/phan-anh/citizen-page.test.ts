import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import {
  answerPhotos,
  citizenLinks,
  events,
  files,
  publicationCopies,
  reportAnswers,
  reportMessages,
  reports,
} from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { giveCitizenLink } from '#server/citizen-links/commands/give-link.ts'
import { citizenDoor } from '#server/citizen-links/http/door.ts'
import { issueCitizenLink, revokeCitizenLinks } from '#server/citizen-links/links.ts'
import { createDeskServer } from '#server/http/desk-server.ts'
import { citizenLinkLimits } from '#server/platform/rules/limits.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { reopenReport } from '#server/reports/commands/reopen-report.ts'
import { storePhoto } from '#server/reports/commands/store-photo.ts'
import { reportByCode } from '#server/reports/queries/report.ts'
import { buildPlanted, type Kind, plant, plantsIn } from '#server/trpc/testing/planted.ts'
import { citizenRoute, refusedRoute } from './citizen-routes.tsx'

const folder = mkdtempSync(join(tmpdir(), 'citizen-page-'))
process.env.FILES_DIR = folder

// The page uses the database connection of the process.
const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: ['127.0.0.1'], appUrl: undefined },
    doors: [],
    pageDoors: [citizenDoor()],
    pages: async (request, response) => {
      const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
      const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const asked = new Request(url, { headers, method: request.method ?? 'GET' })
      const [, code] = /^\/phan-anh\/([^/]+)$/.exec(url.pathname) ?? []
      const answer = code ? await citizenRoute(asked, { params: Promise.resolve({ code }) }) : await refusedRoute(asked)
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(await answer.text())
    },
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

const now = () => new Date()
const hour = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * hour)
/** Answered an hour ago, so that it can be rated now. */
const fresh = { receivedAt: ago(5), assignedAt: ago(4), askedAt: ago(3), endedAt: ago(1) }

type Asked = { cookie?: string; ip?: string; headers?: Record<string, string> }

function visitorOf(desk: string) {
  const ask = (path: string, init: RequestInit, { cookie, ip = '198.51.100.7', headers }: Asked) =>
    fetch(`${desk}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { 'x-forwarded-for': ip, ...(cookie && { cookie }), ...headers },
    })
  const get = (path: string, asked: Asked = {}) => ask(path, {}, asked)
  const post = (path: string, body: BodyInit, asked: Asked = {}) =>
    ask(path, { method: 'POST', body }, { ...asked, headers: { origin: desk, ...asked.headers } })
  const open = async (link: string) => {
    const answer = await get(link)
    const cookie = answer.headers.get('set-cookie')?.split(';')[0]
    if (answer.status !== 303 || !cookie) throw new Error(`not opened: ${answer.status}`)
    return cookie
  }
  return { get, post, open }
}

const said = (fields: Record<string, string>) => new URLSearchParams(fields)

describe('a link', () => {
  test('is exchanged for a cookie that is limited to this page, and the token leaves the address', async ({
    db,
    desk,
  }) => {
    const { get } = visitorOf(desk)
    const report = await buildReport(db, { state: 'answered', ...fresh })
    const link = await issueCitizenLink(db, report.id, { now: now() })
    const swapped = await get(link)
    expect([swapped.status, swapped.headers.get('location')]).toEqual([303, `/phan-anh/${report.code}`])
    expect(swapped.headers.get('referrer-policy')).toBe('same-origin')
    expect(swapped.headers.get('cache-control')).toBe('no-store')
    const line = swapped.headers.get('set-cookie') ?? ''
    for (const part of [`Path=/phan-anh/${report.code}`, 'HttpOnly', 'SameSite=Lax', 'Max-Age=604800']) {
      expect(line).toContain(part)
    }
    const shown = await get(`/phan-anh/${report.code}`, { cookie: line.split(';')[0] as string })
    const html = await shown.text()
    expect(shown.status).toBe(200)
    expect(shown.headers.get('cache-control')).toBe('private, no-store')
    expect(shown.headers.get('x-robots-tag')).toContain('noindex')
    expect(shown.headers.get('content-security-policy')).toContain(`default-src 'none'`)
    expect(html).not.toContain('<script')
    expect(html).not.toContain(new URL(link, desk).searchParams.get('t'))
    expect(html).toContain(report.code)
    const english = await get(`${link}&lang=en`)
    expect(english.headers.get('location')).toBe(`/phan-anh/${report.code}?lang=en`)
  })

  test('that is wrong, of another report, expired or revoked leads to the same page, which reveals no report', async ({
    db,
    desk,
  }) => {
    const { get, open } = visitorOf(desk)
    const [report, other] = [await buildReport(db), await buildReport(db)]
    const link = await issueCitizenLink(db, report.id, { now: now() })
    const elsewhere = link.replace(report.code, other.code)
    const expired = await issueCitizenLink(db, report.id, { now: ago(24 * citizenLinkLimits.days + 1) })
    const cookie = await open(link)
    const pages = [elsewhere, expired, `${link}x`, `/phan-anh/${report.code}?t=`, `/phan-anh/HN-000000-0000?t=a`]
    const bodies = new Set<string>()
    for (const path of [...pages, `/phan-anh/${report.code}`, '/phan-anh', '/phan-anh/a/b', '/phan-anh/%zz']) {
      const answer = await get(path)
      expect([path, answer.status]).toEqual([path, path.includes('%zz') ? 400 : 404])
      if (path.includes('%zz')) continue
      const html = await answer.text()
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(html).toContain('1022')
      bodies.add(html.replaceAll(/\/phan-anh[^"?]*/g, ''))
    }
    expect(bodies.size).toBe(1)
    expect((await get(`/phan-anh/${other.code}`, { cookie })).status).toBe(404)
    expect((await get(`/phan-anh/${report.code}`, { cookie })).status).toBe(200)
    await revokeCitizenLinks(db, report.id, now())
    expect((await get(`/phan-anh/${report.code}`, { cookie })).status).toBe(404)
    expect((await get(link)).status).toBe(404)
    expect(await (await get(`/phan-anh/${report.code}?lang=en`)).text()).toContain('cannot be opened')
  })

  test('is limited by link and by address, and so are requests with invalid links', async ({ db, desk }) => {
    const { get, open } = visitorOf(desk)
    const report = await buildReport(db)
    const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
    const codes = async (count: number, asked: Asked) => {
      const answers = await Promise.all(Array.from({ length: count }, () => get(`/phan-anh/${report.code}`, asked)))
      return answers.map(({ status }) => status)
    }
    const { requests } = citizenLinkLimits.link
    const many = await codes(requests + 5, { cookie, ip: '198.51.100.20' })
    expect(many.filter((status) => status === 200)).toHaveLength(requests)
    expect(many.filter((status) => status === 429)).toHaveLength(5)
    const stranger = { ip: '198.51.100.21' }
    for (let done = 0; done < citizenLinkLimits.unknown.requests; done += 20) {
      expect(new Set(await codes(20, stranger))).toEqual(new Set([404]))
    }
    const refused = await get(`/phan-anh/${report.code}`, stranger)
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect((await get('/phan-anh/x', { ip: '198.51.100.22' })).status).toBe(404)
  })
})

describe('the page', () => {
  test('shows only the data that was sent to the citizen', async ({ db, desk }) => {
    const { get, open } = visitorOf(desk)
    const agency = await buildAgency(db, { name: 'UBND phường Thử Trang' })
    const officer = await buildActor(db, 'officer', agency, 'Người Xử Lý')
    const report = await buildReport(db, {
      state: 'answered',
      agencyId: agency.id,
      assigneeId: officer.id,
      authorId: officer.id,
      title: 'Cây đổ, gọi anh 0912 345 678',
      body: 'Nội dung riêng của người gửi',
      reporter: { name: 'Nguyễn Văn Gửi', phone: '0987654321' },
      ...fresh,
    })
    await db
      .insert(reportMessages)
      .values([{ reportId: report.id, kind: 'added', body: 'Lời riêng đã nói thêm', createdAt: ago(2) }])
    const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
    const html = await (await get(`/phan-anh/${report.code}`, { cookie })).text()
    const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, report.id))
    for (const there of [report.code, 'UBND phường Thử Trang', 'Đã xử lý', answer?.what, '[số điện thoại]', '1022']) {
      expect(html).toContain(there)
    }
    const secrets = [
      '0912 345 678',
      'Nội dung riêng',
      'Nguyễn Văn Gửi',
      '0987654321',
      'Người Xử Lý',
      'Lời riêng',
      officer.id,
    ]
    for (const secret of secrets) expect(html).not.toContain(secret)
    expect(html).toContain('Hài lòng')
    expect(html).toContain('Vẫn chưa được xử lý?')
    const english = await (await get(`/phan-anh/${report.code}?lang=en`, { cookie })).text()
    expect(english).toContain('<html lang="en"')
    expect(english).toContain('Still not dealt with?')
    expect(english).toContain(`action="/phan-anh/${report.code}?lang=en"`)
  })

  test('contains no personal data of the report', async ({ db, desk }) => {
    const { get, open } = visitorOf(desk)
    const { reportId } = await buildPlanted(db)
    const of = eq(reports.id, reportId)
    const [report] = await db.select({ code: reports.code }).from(reports).where(of)
    const cookie = await open(await issueCitizenLink(db, reportId, { now: now() }))
    const found = async () => {
      const html = await (await get(`/phan-anh/${report?.code}`, { cookie })).text()
      expect(html).toContain('Quá trình xử lý')
      return plantsIn(html).map(({ field, kind }) => `${kind} of ${field}`)
    }
    const p = (kind: Kind) => plant('title', kind)
    const title = [
      `Tôi là ${p('name')}, điện thoại ${p('mobile')}, máy bàn ${p('landline')}, số ${p('international')}`,
      `thư ${p('email')}, nhà tôi ở ${p('homeAddress')}, CCCD ${p('identityNumber')}, xe ${p('plate')}`,
      `stk ${p('bankAccount')}, gặp anh ${p('thirdPerson')}`,
    ].join(', ')
    await db.update(reports).set({ title }).where(of)
    expect(await found()).toEqual([])
    await db.update(reports).set({ title: 'Cây đổ' }).where(of)
    expect(await found()).toEqual([])
    await db
      .update(reports)
      .set({ state: 'answered', answeredAt: ago(1), dueAt: null, soonAt: null })
      .where(of)
    await db
      .update(reportAnswers)
      .set({ status: 'sent', sentAt: ago(1) })
      .where(eq(reportAnswers.reportId, reportId))
    // The answer of the agency contains planted data that the agency itself sent to the citizen.
    expect((await found()).filter((plant) => !plant.endsWith(' of answer'))).toEqual([])
  })

  test('has the reviewed title while the copy is public, and masks the title by rules otherwise', async ({
    db,
    desk,
  }) => {
    const { get, open } = visitorOf(desk)
    const report = await buildReport(db, {
      title: 'Cây đổ của người sinh 17/09/1987, 0912 345 678',
      state: 'answered',
      ...fresh,
    })
    const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
    const titleOf = async () =>
      /<h1[^>]*>([^<]*)/.exec(await (await get(`/phan-anh/${report.code}`, { cookie })).text())?.[1]
    expect(await titleOf()).toBe('Cây đổ của người sinh 17/09/1987, [số điện thoại]')
    const { id: reviewerId } = await buildActor(db, 'dispatcher')
    const reviewed = { reviewerId, reviewedAt: now(), publishedAt: now() }
    const texts = { title: 'Cây đổ ở đầu ngõ', body: 'Cây đổ', address: '' }
    const copy = { reportId: report.id, receivedAt: ago(5), ...texts, ...reviewed }
    await db.insert(publicationCopies).values({ ...copy, state: 'published' })
    expect(await titleOf()).toBe('Cây đổ ở đầu ngõ')
    await db.update(publicationCopies).set({ state: 'draft', publishedAt: null })
    expect(await titleOf()).toBe('Cây đổ của người sinh 17/09/1987, [số điện thoại]')
  })

  test('hides decisions that can still be undone, and answers that are not sent yet', async ({ db, desk }) => {
    const { get, open } = visitorOf(desk)
    const agency = await buildAgency(db, { name: 'Sở Chưa Biết' })
    const dispatcher = await buildActor(db, 'dispatcher')
    const waiting = await buildReport(db, { receivedAt: ago(2) })
    const seen = async (report: { id: number; code: string }) => {
      const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
      return (await get(`/phan-anh/${report.code}`, { cookie })).text()
    }
    const acting = { db, actor: dispatcher, now }
    await assignReport(acting, { reportId: waiting.id, version: 1, agencyId: agency.id })
    const held = await seen(waiting)
    expect(held).toContain('Chờ tiếp nhận')
    expect(held).not.toContain('Sở Chưa Biết')
    expect(held).not.toContain('Thời hạn')
    await release(db, waiting.id)
    const told = await seen(waiting)
    expect(told).toContain('Chờ xử lý')
    expect(told).toContain('Chuyển đến Sở Chưa Biết')

    const closed = await buildReport(db, { state: 'closed', agencyId: agency.id, ...fresh })
    await reopenReport(acting, { reportId: closed.id, version: 1, reason: 'Chưa xong' })
    const stillClosed = await seen(closed)
    expect(stillClosed).toContain('Đã xử lý')
    expect(stillClosed).not.toContain('Mở lại theo')
    expect(stillClosed).not.toContain('<form')

    const leaving = await buildReport(db, { state: 'answered', answerStatus: 'queued', ...fresh })
    const unsent = await seen(leaving)
    expect(unsent).toContain('Đang xử lý')
    expect(unsent).not.toContain('<form')
  })

  test('of a merged report shows the answer of the canonical report, and no form', async ({ db, desk }) => {
    const { get, open } = visitorOf(desk)
    const canonical = await buildReport(db, { state: 'answered', mergedCount: 1, title: 'Của người khác', ...fresh })
    const merged = await buildReport(db, { state: 'merged', mergedIntoId: canonical.id, receivedAt: ago(5) })
    const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, canonical.id))
    const cookie = await open(await issueCitizenLink(db, merged.id, { now: now() }))
    const page = async () => (await get(`/phan-anh/${merged.code}`, { cookie })).text()
    expect(await page()).toContain('xử lý chung')
    const details = { answerId: answer?.id, fromReportId: canonical.id, fromCode: canonical.code }
    await db.insert(events).values({
      at: now(),
      event: 'report.answer_passed_on',
      subjectKind: 'report',
      reportId: merged.id,
      actorKind: 'robot',
      details,
    })
    const html = await page()
    expect(html).toContain(answer?.what)
    expect(html).toContain('Đã xử lý')
    for (const other of [canonical.code, 'Của người khác', '<form']) expect(html).not.toContain(other)
  })

  test('of a rejected report shows the reason and the answer', async ({ db, desk }) => {
    const { get, open } = visitorOf(desk)
    const report = await buildReport(db, { state: 'rejected', ...fresh })
    const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
    const html = await (await get(`/phan-anh/${report.code}`, { cookie })).text()
    expect(html).toContain('Từ chối')
    expect(html).toContain('Ngoài phạm vi tiếp nhận')
    expect(html).not.toContain('<form')
  })

  test('serves only photos of answers that were sent, without metadata', async ({ db, desk }) => {
    const { get, open } = visitorOf(desk)
    const report = await buildReport(db, { state: 'answered', ...fresh })
    const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, report.id))
    const stored = await storePhoto({ db, actor: robot, now }, 'report_photo', await photo('#336699'))
    const other = await storePhoto({ db, actor: robot, now }, 'report_photo', await photo('#993366'))
    await db.insert(answerPhotos).values({ answerId: answer?.id as string, fileId: stored.fileId })
    const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
    const path = `/phan-anh/${report.code}/anh/${stored.fileId}.jpg`
    expect(await (await get(`/phan-anh/${report.code}`, { cookie })).text()).toContain(`src="${path}"`)
    const sent = await get(path, { cookie })
    const bytes = Buffer.from(await sent.arrayBuffer())
    expect([sent.status, sent.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    expect((await get(path)).status).toBe(404)
    expect((await get(`/phan-anh/${report.code}/anh/${other.fileId}.jpg`, { cookie })).status).toBe(404)
    await db.update(reportAnswers).set({ status: 'queued', sentAt: null }).where(eq(reportAnswers.reportId, report.id))
    expect((await get(path, { cookie })).status).toBe(404)
  })
})

describe('a form', () => {
  test('records the rating as the citizen, once for repeated forms, and confirms it', async ({ db, desk }) => {
    const { get, post, open } = visitorOf(desk)
    const report = await buildReport(db, { state: 'answered', ...fresh })
    const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
    const path = `/phan-anh/${report.code}`
    const form = () => said({ say: 'rate', rating: 'satisfied', words: 'Nhanh' })
    const answers = await Promise.all([post(path, form(), { cookie }), post(path, form(), { cookie })])
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}?done=rate`])
    }
    const { report: after, events: log, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({ state: 'closed', rating: 'satisfied' })
    expect(lastEvent).toMatchObject({ actorKind: 'citizen', ip: '198.51.100.7' })
    expect(log.filter(({ event }) => event === 'report.rated')).toHaveLength(1)
    const html = await (await get(`${path}?done=rate`, { cookie })).text()
    expect(html).toContain('Đã ghi nhận đánh giá của bạn')
    expect(html).toContain('Đánh giá của bạn')
    expect(html).not.toContain('Nhanh')
  })

  test('shows the typed values and the reason after a refusal', async ({ db, desk }) => {
    const { post, open } = visitorOf(desk)
    const report = await buildReport(db, { state: 'answered', ...fresh })
    const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
    const path = `/phan-anh/${report.code}`
    const without = await post(path, said({ say: 'rate', words: 'Chưa <b>chọn</b>' }), { cookie })
    const html = await without.text()
    expect(without.status).toBe(422)
    expect(html).toContain('Hãy chọn một mức đánh giá')
    expect(html).toContain('Chưa &lt;b&gt;chọn&lt;/b&gt;')
    const empty = await post(`${path}?lang=en`, said({ say: 'reopen', words: ' ' }), { cookie })
    expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining('Please write something')])
    const late = await buildReport(db, { state: 'closed' })
    const again = await open(await issueCitizenLink(db, late.id, { now: now() }))
    const passed = await post(`/phan-anh/${late.code}`, said({ say: 'reopen', words: 'Vẫn còn' }), { cookie: again })
    expect([passed.status, await passed.text()]).toEqual([
      422,
      expect.stringContaining('Thời gian cho việc này đã hết'),
    ])
    expect((await storyOf(db, late.id)).report.state).toBe('closed')
    expect((await post(path, said({ say: 'nothing' }), { cookie })).status).toBe(400)
    expect((await post(path, 'x', { cookie, headers: { 'content-type': 'text/plain' } })).status).toBe(400)
  })

  test('reopens the report with a photo, and leaves no unused upload', async ({ db, desk }) => {
    const { post, open } = visitorOf(desk)
    const report = await buildReport(db, { state: 'answered', ...fresh })
    const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
    const path = `/phan-anh/${report.code}`
    const form = async (bytes: Buffer) => {
      const data = new FormData()
      data.append('say', 'reopen')
      data.append('words', 'Cây vẫn nằm đó')
      data.append('photos', new File([new Uint8Array(bytes)], 'anh.jpg', { type: 'image/jpeg' }))
      return data
    }
    const count = () => db.$count(files)
    const before = await count()
    const broken = await post(path, await form(Buffer.from('no photo')), { cookie })
    expect([broken.status, await broken.text()]).toEqual([415, expect.stringContaining('Cây vẫn nằm đó')])
    expect(await count()).toBe(before)
    const bytes = await photo('#225522', 2400)
    const both = [await form(bytes), await form(bytes)].map((data) => post(path, data, { cookie }))
    for (const sent of await Promise.all(both)) {
      expect([sent.status, sent.headers.get('location')]).toEqual([303, `${path}?done=reopen`])
    }
    expect((await post(path, await form(bytes), { cookie })).status).toBe(303)
    expect(await count()).toBe(before + 1)
    const story = await storyOf(db, report.id)
    expect(story.report).toMatchObject({ state: 'in_progress', photoCount: 1, reopenCount: 1 })
    expect(story.lastEvent).toMatchObject({ actorKind: 'citizen', details: { reason: 'Cây vẫn nằm đó', photos: 1 } })
    // The same words with another photo are not a repetition, because the photo is new.
    expect((await post(path, await form(await photo('#552222')), { cookie })).status).toBe(303)
    expect((await storyOf(db, report.id)).report).toMatchObject({ photoCount: 2, reopenCount: 1 })
  })

  test('replies to a question; without one there is no such form', async ({ db, desk }) => {
    const { get, post, open } = visitorOf(desk)
    const report = await buildReport(db, { state: 'awaiting_citizen', stateBefore: 'in_progress', receivedAt: ago(5) })
    const question = { reportId: report.id, kind: 'question', body: 'Ở số nhà nào?', createdAt: ago(1) } as const
    await db.insert(reportMessages).values(question)
    const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
    const path = `/phan-anh/${report.code}`
    const html = await (await get(path, { cookie })).text()
    expect(html).toContain('Ở số nhà nào?')
    expect(html).toContain('name="say" value="add"')
    const sent = await post(path, said({ say: 'add', words: 'Số 20' }), { cookie })
    expect(sent.headers.get('location')).toBe(`${path}?done=add`)
    const after = await (await get(`${path}?done=add`, { cookie })).text()
    expect(after).toContain('Đã nhận thông tin bổ sung')
    expect(after).not.toContain('value="add"')
    expect((await storyOf(db, report.id)).report.state).toBe('in_progress')
  })

  test('by a link that staff handed out is marked in the log and on the timeline', async ({ db, desk }) => {
    const { post, open } = visitorOf(desk)
    const dispatcher = await buildActor(db, 'dispatcher')
    const report = await buildReport(db, { state: 'answered', ...fresh })
    const { path: handedOut } = await giveCitizenLink({ db, actor: dispatcher, now }, report.id)
    const links = [await issueCitizenLink(db, report.id, { now: now() }), handedOut]
    const path = `/phan-anh/${report.code}`
    for (const [at, link] of links.entries()) {
      const form = said({ say: 'rate', rating: at === 0 ? 'satisfied' : 'dissatisfied', words: '' })
      expect((await post(path, form, { cookie: await open(link) })).status).toBe(303)
    }
    const cookie = await open(handedOut)
    expect((await post(path, said({ say: 'reopen', words: 'Cây vẫn nằm đó' }), { cookie })).status).toBe(303)
    const spoken = (await storyOf(db, report.id)).events.filter(({ actorKind }) => actorKind === 'citizen')
    expect(spoken.map(({ event }) => event)).toEqual(['report.rated', 'report.rated', 'report.reopened'])
    const marks = spoken.map(({ details }) => (details as { linkHandedOut?: true }).linkHandedOut)
    expect(marks).toEqual([undefined, true, true])
    const { timeline } = await reportByCode({ db, actor: dispatcher, now }, report.code)
    const shown = timeline.filter(({ event }) => event === 'rated' || event === 'reopened')
    expect(shown.map(({ linkHandedOut }) => linkHandedOut)).toEqual([false, true, true])
  })

  test('is refused from another origin, without a link, and beyond its limits', async ({ db, desk }) => {
    const { post, open } = visitorOf(desk)
    const report = await buildReport(db, { state: 'answered', ...fresh })
    const cookie = await open(await issueCitizenLink(db, report.id, { now: now() }))
    const path = `/phan-anh/${report.code}`
    const form = () => said({ say: 'rate', rating: 'satisfied', words: '' })
    for (const origin of ['https://elsewhere.example', 'null']) {
      expect((await post(path, form(), { cookie, headers: { origin } })).status).toBe(403)
    }
    expect((await post(path, form())).status).toBe(404)
    expect((await post(`${path}/anh/x`, form(), { cookie })).status).toBe(404)
    const long = await post(path, said({ say: 'rate', rating: 'satisfied', words: 'a'.repeat(130_000) }), { cookie })
    expect(long.status).toBe(413)
    // The body is longer than requests without a sign-in may be elsewhere.
    const letters = await post(path, said({ say: 'rate', rating: 'satisfied', words: 'ệ'.repeat(3900) }), { cookie })
    expect(letters.status).toBe(303)
    const codes: number[] = []
    for (let sent = 0; sent < citizenLinkLimits.said.tries; sent++) {
      codes.push((await post(path, said({ say: 'reopen', words: '' }), { cookie })).status)
    }
    expect(codes.at(0)).toBe(422)
    expect(codes.at(-1)).toBe(429)
    expect(await db.$count(citizenLinks, eq(citizenLinks.reportId, report.id))).toBe(1)
  })
})

/** Moves the end of the undo period into the past. */
async function release(db: Parameters<typeof buildReport>[0], reportId: number) {
  await db.execute(sql`alter table events disable trigger user`)
  await db.execute(sql`update events set details = details - 'kept' where report_id = ${reportId}`)
  await db.execute(sql`alter table events enable trigger user`)
  await db
    .update(reports)
    .set({ releasedAt: ago(1), knownTo: null })
    .where(eq(reports.id, reportId))
}

const photo = (background: string, width = 320) =>
  sharp({ create: { width, height: 240, channels: 3, background } })
    .withExif({ IFD0: { Artist: 'Người chụp' } })
    .jpeg()
    .toBuffer()
