import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createTRPCClient, httpLink } from '@trpc/client'
import { eq } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeEach, expect, vi } from 'vitest'
import type { Database } from '#db/client.ts'
import { type BuiltAccount, buildAccount } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { storyOf } from '#db/factories/story.ts'
import { reports } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { createDeskServer } from '#server/http/desk-server.ts'
import { environment } from '#server/platform/environment.ts'
import { wire } from '#server/platform/rules/wire.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import { dropWaiting, keepWaiting, toBeSent, type WaitingAccept, type WaitingAnswer, waitingOf } from './outbox.ts'
import { sendNow } from './send-now.ts'
import { startSending } from './sender.ts'

const test = databaseTest.extend('origin', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: [], appUrl: undefined },
    doors: [],
    pages: () => undefined,
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

/** A stand-in for the browser's storage, as far as it is used here. */
function storage(): Record<string, string> {
  const hidden = (value: unknown) => ({ value, enumerable: false })
  const kept: Record<string, string> = {}
  return Object.defineProperties(kept, {
    getItem: hidden((key: string) => kept[key] ?? null),
    setItem: hidden((key: string, value: string) => {
      kept[key] = value
    }),
    removeItem: hidden((key: string) => delete kept[key]),
  })
}

beforeEach(() => {
  const deaf = () => undefined
  vi.stubGlobal('window', { localStorage: storage(), addEventListener: deaf, removeEventListener: deaf })
})
afterAll(() => void vi.unstubAllGlobals())

async function clientFor(db: Database, origin: string, { username }: BuiltAccount, call: typeof fetch = fetch) {
  const { id, accountId } = await buildSession(db, username)
  const token = await encode({ token: { sub: accountId, sid: id }, secret: environment().authSecret })
  const headers = { cookie: `next-auth.session-token=${token}`, origin }
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${origin}/api/trpc`, transformer: wire, headers, fetch: call as never })],
  })
}

async function buildAccepted(db: Database) {
  const agency = await buildAgency(db)
  const officer = await buildAccount(db, { agency })
  const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: agency.id })
  const { id: reportId, code } = report
  const common = { accountId: officer.id, reportId, code, isLate: true, refusal: null }
  const accept: WaitingAccept = { ...common, kind: 'accept', id: `accept-${reportId}`, version: 1, writtenAt: 1 }
  const answer: WaitingAnswer = {
    ...common,
    kind: 'answer',
    id: 'answer',
    way: 'submit_answer',
    version: 2,
    what: 'Đã dọn',
    where: 'Hàng Bài',
    when: 'Sáng nay',
    ...fixed,
    next: '',
    photoIds: [],
    without: [],
    acceptId: accept.id,
    writtenAt: 2,
  }
  keepWaiting(accept)
  keepWaiting(answer)
  return { officer, report, accept, answer }
}

/** Sends the waiting actions once, and returns their results. */
async function sendAll(client: Awaited<ReturnType<typeof clientFor>>, { id }: BuiltAccount): Promise<string[]> {
  const left = toBeSent(id).length
  const told: string[] = []
  const stop = startSending(client, id, ({ kind }, fate) => told.push(`${kind} ${fate}`))
  sendNow()
  await expect.poll(() => told.length, { timeout: 20_000 }).toBe(left)
  stop()
  return told
}

test('an answer is sent after the acceptance that it builds on, and waits as long as that does', async ({
  db,
  origin,
}) => {
  const { officer, report } = await buildAccepted(db)
  const lose = { accept: true }
  const client = await clientFor(db, origin, officer, (input, init) =>
    lose.accept && String(input).includes('reports.accept')
      ? Promise.reject(new TypeError('no line'))
      : fetch(input, init),
  )
  expect(await sendAll(client, officer)).toEqual(['accept late', 'answer late'])
  expect((await storyOf(db, report.id)).report.state).toBe('awaiting_acceptance')
  lose.accept = false
  expect(await sendAll(client, officer)).toEqual(['accept sent', 'answer sent'])
  const { report: after, events } = await storyOf(db, report.id)
  expect(after).toMatchObject({ state: 'awaiting_approval', assigneeId: officer.id })
  expect(events.map(({ event }) => event).slice(-2)).toEqual(['report.accepted', 'report.answer_submitted'])
  expect(waitingOf(officer.id)).toEqual([])
})

test('an answer that was kept before outcomes were asked for returns to its writer', async ({ db, origin }) => {
  const { officer, report, accept, answer } = await buildAccepted(db)
  dropWaiting(accept)
  const { outcome: _, ...before } = answer
  keepWaiting({ ...before, acceptId: null })
  expect(await sendAll(await clientFor(db, origin, officer), officer)).toEqual(['answer refused'])
  expect(waitingOf(officer.id)).toMatchObject([{ refusal: { code: 'outcome_missing' } }])
  expect((await storyOf(db, report.id)).answers).toEqual([])
})

test('where a colleague was faster neither is sent, and both say why', async ({ db, origin }) => {
  const { officer, report } = await buildAccepted(db)
  await db.update(reports).set({ state: 'in_progress', version: 2 }).where(eq(reports.id, report.id))
  expect(await sendAll(await clientFor(db, origin, officer), officer)).toEqual(['accept refused', 'answer refused'])
  expect(waitingOf(officer.id).map(({ refusal }) => refusal?.code)).toEqual(['conflict', 'accept_missing'])
  expect((await storyOf(db, report.id)).answers).toEqual([])
})

test('an answer is not sent once its acceptance was refused, even after that was read and discarded', async ({
  db,
  origin,
}) => {
  const { officer, report, accept, answer } = await buildAccepted(db)
  dropWaiting(answer)
  await db.update(reports).set({ state: 'in_progress', version: 2 }).where(eq(reports.id, report.id))
  const client = await clientFor(db, origin, officer)
  expect(await sendAll(client, officer)).toEqual(['accept refused'])
  dropWaiting(accept)
  keepWaiting(answer)
  expect(await sendAll(client, officer)).toEqual(['answer refused'])
  expect(waitingOf(officer.id)).toMatchObject([{ what: answer.what, refusal: { code: 'accept_missing' } }])
  expect((await storyOf(db, report.id)).answers).toEqual([])
})

test('done by a request whose response was lost, it waits until the report can be read, and does not count as refused', async ({
  db,
  origin,
}) => {
  const { officer, answer } = await buildAccepted(db)
  dropWaiting(answer)
  const lost = { accept: true, report: true }
  const client = await clientFor(db, origin, officer, async (input, init) => {
    if (lost.report && String(input).includes('reports.byCode')) throw new TypeError('no line')
    const said = await fetch(input, init)
    if (lost.accept && String(input).includes('reports.accept')) throw new TypeError('lost on the way')
    return said
  })
  expect(await sendAll(client, officer)).toEqual(['accept late'])
  lost.accept = false
  expect(await sendAll(client, officer)).toEqual(['accept late'])
  lost.report = false
  expect(await sendAll(client, officer)).toEqual(['accept sent'])
})

test('an extension is asked for once, however often it is sent, and an answer written with it follows', async ({
  db,
  origin,
}) => {
  const agency = await buildAgency(db)
  const officer = await buildAccount(db, { agency })
  const now = new Date()
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, receivedAt: now })
  const { id: reportId, code, version } = report
  const common = { accountId: officer.id, reportId, code, version, isLate: true, refusal: null }
  const reason = 'Phải chờ xe cẩu'
  const asked = { minutes: 480, minutesPerDay: 480, reason }
  keepWaiting({ ...common, ...asked, kind: 'request_extension', id: randomUUID(), writtenAt: 1 })
  const words = { what: 'Đã dọn', where: 'Hàng Bài', when: 'Sáng nay', ...fixed, next: '', photoIds: [], without: [] }
  keepWaiting({ ...common, ...words, kind: 'answer', id: 'answer', way: 'submit_answer', acceptId: null, writtenAt: 2 })
  const lost = { isLost: true }
  const client = await clientFor(db, origin, officer, async (input, init) => {
    const isAsking = String(input).includes('reports.requestExtension')
    if (lost.isLost && !isAsking) throw new TypeError('no line')
    const said = await fetch(input, init)
    if (lost.isLost) throw new TypeError('lost on the way')
    return said
  })
  expect(await sendAll(client, officer)).toEqual(['request_extension late', 'answer late'])
  lost.isLost = false
  expect(await sendAll(client, officer)).toEqual(['request_extension sent', 'answer sent'])
  const { report: after, requests, answers } = await storyOf(db, reportId)
  expect(after.state).toBe('awaiting_approval')
  expect(requests).toMatchObject([{ kind: 'extension', minutes: 480, reason, askedById: officer.id }])
  expect(answers).toMatchObject([{ status: 'submitted', what: 'Đã dọn' }])
})

test('where another agency can take a decision back, an answer waits as long as that, and is sent by itself', async ({
  db,
  origin,
}) => {
  const { officer, report, accept, answer } = await buildAccepted(db)
  dropWaiting(accept)
  keepWaiting({ ...answer, acceptId: null, isLate: false })
  const { id: decidedById } = await buildAccount(db, { roles: ['dispatcher'], name: 'Phạm Thị Lan' })
  const releasedAt = new Date(Date.now() + 3000)
  const held = { state: 'in_progress' as const, version: 2, decidedById, releasedAt }
  await db.update(reports).set(held).where(eq(reports.id, report.id))
  const told: [string, unknown, number][] = []
  const stop = startSending(await clientFor(db, origin, officer), officer.id, ({ refusal }, fate) =>
    told.push([fate, refusal?.details.name, Date.now()]),
  )
  sendNow()
  await expect.poll(() => told.length, { timeout: 20_000 }).toBe(1)
  expect(toBeSent(officer.id)).toMatchObject([{ isLate: false, refusal: null }])
  await expect.poll(() => told.length, { timeout: 20_000 }).toBe(2)
  stop()
  expect(told.map(([fate, name]) => [fate, name])).toEqual([
    ['late', 'Phạm Thị Lan'],
    ['sent', undefined],
  ])
  expect(told[1]?.[2]).toBeGreaterThanOrEqual(releasedAt.getTime())
  expect((await storyOf(db, report.id)).answers).toMatchObject([{ status: 'submitted' }])
})
