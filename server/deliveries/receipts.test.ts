import type { AddressInfo } from 'node:net'
import { asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildTold } from '#db/factories/deliveries.ts'
import { deliveries, deliveryAttempts, events, gateways } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { programDoors } from '#server/doors.ts'
import { createDeskServer } from '#server/http/desk-server.ts'
import { now } from '#server/platform/clock.ts'
import { receiptLimits } from '#server/platform/rules/limits.ts'
import { readdressReceipts, removeGateway } from './commands/keep-gateways.ts'
import { planDeliveries } from './commands/plan-deliveries.ts'
import { sendDeliveries } from './commands/send-deliveries.ts'
import { listGateways } from './queries/gateways.ts'
import { receiptPath } from './rules/receipts.ts'
import { openGatewayServer } from './testing/gateway-server.ts'
import { type BuiltGateway, buildGateway } from './testing/gateways.ts'

/** The desk, a provider of short messages, and a client that sends no origin, like the server of a provider. */
const test = databaseTest
  .extend('provider', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
    expect(databaseUrl).toBe(process.env.DATABASE_URL)
    const provider = await openGatewayServer()
    onCleanup(() => provider.close())
    return provider
  })
  .extend('desk', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
    expect(databaseUrl).toBe(process.env.DATABASE_URL)
    const server = createDeskServer({
      files: (_request, _response, otherwise) => otherwise(),
      environment: { trustedProxies: ['127.0.0.1'], appUrl: undefined },
      doors: [],
      programDoors,
      pages: (_request, response) => response.writeHead(404).end('page'),
    })
    await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
    onCleanup(() => {
      server.closeAllConnections()
      server.close()
    })
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return (token: string, init?: RequestInit, query = '') => fetch(`${origin}${receiptPath}/${token}${query}`, init)
  })

const rule = {
  receiptNumberField: 'data.id',
  receiptStateField: 'data.status',
  deliveredValues: 'DELIVRD, READ',
  undeliveredValues: 'UNDELIV',
}
const json = (id: unknown, status: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ data: { id, status } }),
})
const outside = {
  mail: undefined,
  appUrl: new URL('https://desk.hanoi.gov.vn'),
  calls: { internal: ['127.0.0.1'] },
}

/** A gateway whose provider reports, and the token of its address. */
async function reporting(db: Database, wanted: Parameters<typeof buildGateway>[1] = {}) {
  await db.update(gateways).set({ removedAt: now() })
  await db.delete(deliveries)
  const { id, version } = await buildGateway(db, { ...rule, ...wanted })
  const admin = { db, now, actor: await buildActor(db, 'admin') }
  const made = await readdressReceipts(admin, { id, version })
  const [gateway] = await db.select().from(gateways).where(eq(gateways.id, id))
  return { gateway: gateway as BuiltGateway, token: made.token, admin }
}

/** A message that the provider has accepted; its number is SM-42. */
async function sent(db: Database, gateway: BuiltGateway, contact = { phone: '0912 345 678', email: 'man@example.vn' }) {
  const { report, delivery } = await buildTold(db, { at: now(), channel: 'hotline', severity: 'urgent', contact })
  const ctx = { db, now, actor: robot }
  await planDeliveries(ctx)
  // The test may run in the quiet hours.
  await db.update(deliveries).set({ dueAt: now() }).where(eq(deliveries.id, delivery.id))
  await db.execute(`insert into settings (key, value) values ('quietSparesUrgent', 'true') on conflict do nothing`)
  expect(await sendDeliveries(ctx, gateway.id, outside)).toBe(1)
  const told = async () =>
    (await db.select().from(events).where(eq(events.reportId, report.id)).orderBy(asc(events.id)))
      .filter(({ event }) => event.startsWith('report.delivery'))
      .map(({ event, details }) => ({ event, ...details }))
  const state = async () => (await db.select().from(deliveries).where(eq(deliveries.id, delivery.id)))[0]
  return { report, delivery, told, state, plan: () => planDeliveries(ctx) }
}

test('a message that the provider reports as delivered has its proof on the timeline, once', async ({
  db,
  desk,
  provider,
}) => {
  const { gateway, token } = await reporting(db, { address: provider.address })
  const { told, state } = await sent(db, gateway)
  expect((await desk(token, json('SM-42', 'ACCEPTD'))).status).toBe(200)
  expect(await told()).toHaveLength(1)
  const statuses = await Promise.all([1, 2, 3].map(async () => (await desk(token, json('SM-42', 'DELIVRD'))).status))
  // A provider that contradicts itself later is not followed.
  statuses.push((await desk(token, json('SM-42', 'UNDELIV'))).status)
  expect(statuses).toEqual([200, 200, 200, 200])
  const through = { told: 'answer', through: 'sms', gateway: gateway.name, receipt: 'SM-42' }
  expect(await told()).toMatchObject([
    { event: 'report.delivery_sent', ...through },
    { event: 'report.delivery_confirmed', ...through },
  ])
  expect(await state()).toMatchObject({ state: 'sent', receipt: 'SM-42' })
})

test('a message that did not arrive takes the next channel, and otherwise is work for intake', async ({
  db,
  desk,
  provider,
}) => {
  const { gateway, token } = await reporting(db, {
    address: provider.address,
    receiptNumberField: 'msgid',
    receiptStateField: 'st',
  })
  await buildGateway(db, { kind: 'mail', address: '' })
  const both = await sent(db, gateway)
  // By the fields of an address, then of a form.
  expect((await desk(token, undefined, '?msgid=SM-42&st=UNDELIV')).status).toBe(200)
  expect((await desk(token, undefined, '?msgid=SM-42&st=UNDELIV')).status).toBe(200)
  expect((await both.told()).map(({ event }) => event)).toEqual(['report.delivery_sent', 'report.delivery_failed'])
  await both.plan()
  expect(await both.state()).toMatchObject({ state: 'queued', channel: 'mail', tried: ['sms'], receipt: null })

  const one = await sent(db, gateway, { phone: '0912 345 678', email: '' })
  const form = { method: 'POST', body: new URLSearchParams({ msgid: 'SM-42', st: 'UNDELIV' }) }
  expect((await desk(token, form)).status).toBe(200)
  await one.plan()
  expect(await one.state()).toMatchObject({ state: 'failed', failure: 'no_channel', tried: ['sms'] })

  const chosen = await sent(db, gateway)
  await db.update(deliveries).set({ chosen: 'sms' }).where(eq(deliveries.id, chosen.delivery.id))
  expect((await desk(token, form)).status).toBe(200)
  expect(await chosen.state()).toMatchObject({ state: 'failed', failure: 'number_refused', settledAt: null })

  // An earlier attempt, of which nothing is known, may have arrived: nothing is sent by another channel.
  const unsure = await sent(db, gateway)
  const { id: deliveryId } = unsure.delivery
  await db.insert(deliveryAttempts).values({ deliveryId, gatewayId: gateway.id, at: now(), outcome: 'unsure' })
  expect((await desk(token, form)).status).toBe(200)
  await unsure.plan()
  expect(await unsure.state()).toMatchObject({ state: 'failed', channel: 'sms', failure: 'number_refused' })
})

test('a number of a message that is longer than JavaScript counts is kept digit by digit', async ({
  db,
  desk,
  provider,
}) => {
  const { gateway, token } = await reporting(db, { address: provider.address })
  const { delivery, told } = await sent(db, gateway)
  const number = '9007199254740993'
  const isTheirs = eq(deliveryAttempts.deliveryId, delivery.id)
  await db.update(deliveryAttempts).set({ receipt: number }).where(isTheirs)
  await db.update(deliveries).set({ receipt: number }).where(eq(deliveries.id, delivery.id))
  const body = (id: string) => `{"data":{"id":${id},"status":"DELIVRD"}}`
  expect((await desk(token, { method: 'POST', body: body('9007199254740992') })).status).toBe(404)
  expect((await desk(token, { method: 'POST', body: body(number) })).status).toBe(200)
  expect((await told()).at(-1)).toMatchObject({ event: 'report.delivery_confirmed', receipt: number })
})

test('only the current token of a gateway is accepted, and the database has no token', async ({
  db,
  sql,
  desk,
  provider,
}) => {
  const { gateway, token, admin } = await reporting(db, { address: provider.address })
  const { told } = await sent(db, gateway)
  const other = await buildGateway(db, { kind: 'zalo', ...rule })
  const theirs = await readdressReceipts(admin, { id: other.id, version: other.version })
  const delivered = json('SM-42', 'DELIVRD')
  const status = async (by: string) => (await desk(by, delivered)).status
  // Another gateway cannot report on this message.
  expect(await status(theirs.token)).toBe(404)
  const { id, version } = gateway
  const renewed = await readdressReceipts(admin, { id, version })
  expect([await status(token), await status(renewed.token)]).toEqual([404, 200])
  expect(await told()).toHaveLength(2)
  const kept = [sql`select t::text as text from gateways t`, sql`select details::text as text from events`]
  const texts = (await Promise.all(kept)).flat().map(({ text }) => String(text))
  const [row] = await db.select().from(gateways).where(eq(gateways.id, id))
  texts.push(JSON.stringify(await listGateways(admin)))
  for (const secret of [token, renewed.token]) expect(texts.join('\n')).not.toContain(secret)
  expect(texts.at(-1)).not.toContain(row?.receiptHash)
  await removeGateway(admin, { id, version: renewed.version })
  expect(await status(renewed.token)).toBe(404)
})

test('nothing that is sent to the address causes a defect or changes anything', async ({ db, desk, provider }) => {
  const { gateway, token } = await reporting(db, { address: provider.address })
  const { told } = await sent(db, gateway)
  const strange = ['', 'null', '[]', '{', '7', '"\\ud800"', '['.repeat(2000), '\u0000', '{"data":{"id":"a\\u0000b"}}']
  const values: unknown[] = [null, {}, [], 7, true, '', 'x'.repeat(200), 'a\u0000b', '__proto__', "' or 1=1--", 'SM-43']
  const bodies = [...strange, ...values.map((id) => String(json(id, 'DELIVRD').body))]
  const large = `{"data":{"id":"SM-42","status":"DELIVRD","x":"${'x'.repeat(receiptLimits.bodyBytes)}"}}`
  const statuses = new Set<number>()
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
    const headers = { 'content-type': type }
    for (const body of bodies) statuses.add((await desk(token, { method: 'POST', headers, body })).status)
  }
  expect([...statuses].sort()).toEqual([400, 404])
  expect((await desk(token, { method: 'POST', body: large })).status).toBe(413)
  for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])
    expect([method, (await desk(token, { method })).status]).toEqual([method, 400])
  for (const state of [null, {}, 'x'.repeat(5000)]) expect((await desk(token, json('SM-42', state))).status).toBe(200)
  expect(await told()).toHaveLength(1)
  expect((await db.select().from(deliveryAttempts)).every(({ reported }) => reported === null)).toBe(true)
})

test('guessing tokens is limited by network address', async ({ db, desk }) => {
  const { token } = await reporting(db)
  const from = (ip: string) => ({ ...json('SM-1', 'DELIVRD'), headers: { 'x-forwarded-for': ip } })
  const guesses = []
  for (let n = 0; n <= receiptLimits.unknown.requests; n++) {
    guesses.push((await desk(`${'x'.repeat(40)}${String(n).padStart(3, '0')}`, from('203.0.113.9'))).status)
  }
  expect(new Set(guesses.slice(0, -1))).toEqual(new Set([404]))
  const last = await desk('short', from('203.0.113.9'))
  expect([guesses.at(-1), last.status]).toEqual([429, 429])
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  // A provider at the same address is not affected, nor are other addresses; the message is not known.
  expect((await desk(token, from('203.0.113.9'))).status).toBe(404)
  expect((await desk(token, from('203.0.113.10'))).status).toBe(404)
})
