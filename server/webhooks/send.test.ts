import { eq, sql as raw, type SQL } from 'drizzle-orm'
import { beforeEach, describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { buildReport } from '#db/factories/reports.ts'
import { accounts, apiClients, events, webhookDeliveries, webhookMarks } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { recordEvent } from '#server/events/commands.ts'
import { callOutside } from '#server/outbound/call.ts'
import { outboundLimits, webhookLimits } from '#server/platform/rules/limits.ts'
import { endBacklog } from './commands/end-backlog.ts'
import { forgetDeliveries } from './commands/forget.ts'
import { changeWebhook, endWebhook, pauseWebhook, resumeWebhook, rotateSecret } from './commands/keep-webhooks.ts'
import { prepareDeliveries } from './commands/prepare.ts'
import { replayDeliveries, testWebhook } from './commands/replay.ts'
import { revokeApiClient } from './commands/revoke-client.ts'
import { sendWebhooks } from './commands/send.ts'
import { webhookById } from './queries/webhooks.ts'
import {
  attemptsOf,
  call,
  deliveriesOf,
  endAll,
  internal,
  isSigned,
  openReceiver,
  robotIn,
  subscribe,
  webhookOf,
} from './testing/receiver.ts'

beforeEach<{ db: Database }>(async ({ db }) => {
  await endAll(db)
  await db.delete(webhookMarks)
})

/** Creates deliveries that are ready to be sent, one for the rating of each report. */
async function happened(db: Database, many = 1, wanted: Parameters<typeof buildReport>[1] = {}): Promise<string[]> {
  const codes: string[] = []
  for (let at = 0; at < many; at += 1) {
    const report = await buildReport(db, wanted)
    await db.delete(webhookMarks).where(raw`event_id in (select id from events where report_id = ${report.id})`)
    await recordEvent(db, robotIn(db), {
      event: 'report.rated',
      subject: { kind: 'report', id: report.id },
      version: 5,
    })
    codes.push(report.code)
  }
  return codes
}

const codesIn = (arrived: { data: Record<string, unknown> }[]) => arrived.map(({ data }) => String(data.code))
const first = async (db: Database, webhookId: string) => {
  const [delivery] = await deliveriesOf(db, webhookId)
  if (!delivery) throw new Error('nothing was prepared')
  return delivery
}

test('a notification arrives once, signed, with the id of its delivery', async ({ db }) => {
  const { id, secret, receiver } = await subscribe(db)
  const codes = await happened(db, 3)
  await sendWebhooks(robotIn(db, 1), { call })
  expect(codesIn(receiver.arrived).toSorted()).toEqual(codes.toSorted())
  const deliveries = await deliveriesOf(db, id)
  expect(receiver.arrived.map((one) => one.id).toSorted()).toEqual(deliveries.map((one) => `msg_${one.id}`).toSorted())
  expect(receiver.arrived.every((one) => isSigned(one, secret))).toBe(true)
  expect(deliveries).toMatchObject(deliveries.map(() => ({ state: 'delivered', tries: 1, failure: null, status: 204 })))
  expect(await webhookOf(db, id)).toMatchObject({ failingSince: null, lastSuccessAt: expect.any(Date) })
  await sendWebhooks(robotIn(db, 2), { call })
  expect(receiver.arrived).toHaveLength(3)
})

test('what fails is tried again later with the same id and text, and then as often as the schedule says', async ({
  db,
}) => {
  const { id, receiver } = await subscribe(db)
  await happened(db)
  receiver.answer = (_, response) => response.writeHead(500).end('Lỗi máy chủ')
  await sendWebhooks(robotIn(db, 1), { call })
  await sendWebhooks(robotIn(db, 2), { call })
  expect(receiver.arrived).toHaveLength(1)
  expect(await first(db, id)).toMatchObject({ state: 'waiting', tries: 1, failure: 'server_failed', status: 500 })
  let seconds = 1
  for (const wait of outboundLimits.backoff.seconds) {
    seconds += wait * 1.3
    await sendWebhooks(robotIn(db, seconds), { call })
  }
  const tries = outboundLimits.backoff.seconds.length + 1
  expect(new Set(receiver.arrived.map(({ id: each, body }) => `${each} ${body}`)).size).toBe(1)
  expect(receiver.arrived).toHaveLength(tries)
  const delivery = await first(db, id)
  expect(delivery).toMatchObject({ state: 'dead', tries, nextTryAt: null })
  const attempts = await attemptsOf(db, delivery.id)
  expect(attempts).toHaveLength(tries)
  expect(attempts[0]).toMatchObject({ failure: 'server_failed', status: 500, answer: 'Lỗi máy chủ' })
  // A replayed delivery starts again with the same id, so that the receiver recognises it.
  receiver.answer = (_, response) => response.end()
  const { actor } = await subscribe(db)
  const ctx = { ...robotIn(db, seconds), actor }
  expect(await replayDeliveries(ctx, { webhookId: id, deliveryId: null })).toEqual({ count: 1 })
  await sendWebhooks(robotIn(db, seconds + 1), { call })
  expect(await first(db, id)).toMatchObject({ state: 'delivered', tries: 1, failure: null })
  expect(new Set(receiver.arrived.map((one) => one.id)).size).toBe(1)
})

test('a receiver that drops connections, is slow or repeats gets everything, each with one id', async ({ db }) => {
  const { id, receiver } = await subscribe(db)
  const codes = await happened(db, 12)
  const seen = new Map<string, number>()
  receiver.answer = ({ id: each }, response) => {
    const times = (seen.get(each) ?? 0) + 1
    seen.set(each, times)
    const way = times === 1 ? seen.size % 3 : times === 2 ? 0 : 3
    if (way === 0) response.socket?.destroy()
    else if (way === 1) setTimeout(() => response.end(), 1500)
    else if (way === 2) response.writeHead(503, { 'retry-after': '1' }).end()
    else response.end()
  }
  for (let seconds = 1; seconds < 4000; seconds = seconds * 2 + 30) await sendWebhooks(robotIn(db, seconds), { call })
  const deliveries = await deliveriesOf(db, id)
  expect(deliveries.map(({ state }) => state)).toEqual(codes.map(() => 'delivered'))
  const byCode = Map.groupBy(receiver.arrived, ({ data }) => String(data.code))
  expect([...byCode.keys()].toSorted()).toEqual(codes.toSorted())
  for (const arrived of byCode.values()) expect(new Set(arrived.map((one) => one.id)).size).toBe(1)
})

test('a slow receiver does not delay another, and has few calls at once', async ({ db }) => {
  const slow = await subscribe(db)
  const quick = await subscribe(db)
  const codes = await happened(db, 8)
  let [busy, most] = [0, 0]
  const waiting: (() => void)[] = []
  slow.receiver.answer = (_, response) => {
    busy += 1
    most = Math.max(most, busy)
    waiting.push(() => {
      busy -= 1
      response.end()
    })
  }
  const sending = sendWebhooks(robotIn(db, 1), {
    call: (asked) => callOutside(asked, { internal, totalSeconds: 20, silenceSeconds: 20 }),
  })
  // The fast receiver gets everything before the slow one has answered a call.
  await expect.poll(() => quick.receiver.arrived.length, { timeout: 5000 }).toBe(codes.length)
  expect(busy).toBe(webhookLimits.atOnce.perWebhook)
  const stop = setInterval(() => {
    for (const answer of waiting.splice(0)) answer()
  }, 20)
  await sending
  clearInterval(stop)
  expect(most).toBe(webhookLimits.atOnce.perWebhook)
  expect(slow.receiver.arrived).toHaveLength(codes.length)
})

test('two workers send each once, and together have as few calls at once as one', async ({ db }) => {
  const { receiver } = await subscribe(db)
  const codes = await happened(db, 20)
  let [busy, most] = [0, 0]
  receiver.answer = (_, response) => {
    busy += 1
    most = Math.max(most, busy)
    setTimeout(() => {
      busy -= 1
      response.end()
    }, 20)
  }
  await Promise.all([sendWebhooks(robotIn(db, 1), { call }), sendWebhooks(robotIn(db, 1), { call })])
  expect(codesIn(receiver.arrived).toSorted()).toEqual(codes.toSorted())
  expect(most).toBeLessThanOrEqual(webhookLimits.atOnce.perWebhook)
})

test('a call that cannot be made is a visible failed try and does not stop the others', async ({ db }) => {
  const { id } = await subscribe(db)
  const other = await subscribe(db)
  await happened(db)
  const faulty: typeof call = (asked) =>
    asked.address === other.receiver.address ? call(asked) : Promise.reject(new Error('a defect'))
  expect(await sendWebhooks(robotIn(db, 1), { call: faulty })).toBe(2)
  expect(other.receiver.arrived).toHaveLength(1)
  const delivery = await first(db, id)
  expect(delivery).toMatchObject({ state: 'waiting', tries: 1, failure: 'desk_failed', claimedUntil: null })
  expect(await attemptsOf(db, delivery.id)).toMatchObject([{ failure: 'desk_failed', status: null }])
  expect((await webhookOf(db, id)).failingSince).not.toBeNull()
})

test('deliveries claimed by a dead worker are later sent by another', async ({ db }) => {
  const { id, receiver } = await subscribe(db)
  await happened(db)
  await prepareDeliveries(robotIn(db, 1))
  const died = new Date(Date.now() + webhookLimits.claimSeconds * 1000)
  await db.update(webhookDeliveries).set({ claimedUntil: died }).where(raw`webhook_id = ${id}`)
  await sendWebhooks(robotIn(db, 5), { call })
  expect(receiver.arrived).toHaveLength(0)
  await sendWebhooks(robotIn(db, webhookLimits.claimSeconds + 5), { call })
  expect(receiver.arrived).toHaveLength(1)
})

test('a redirect to this machine is not followed, and a name that changes its address is refused', async ({ db }) => {
  const inner = await openReceiver()
  const { id, receiver } = await subscribe(db)
  receiver.answer = (_, response) => response.writeHead(307, { location: inner.address }).end()
  await happened(db)
  await sendWebhooks(robotIn(db, 1), { call })
  expect(await first(db, id)).toMatchObject({ state: 'waiting', failure: 'redirected', status: 307 })
  expect(inner.arrived).toHaveLength(0)
  const rebinding = (asked: Parameters<typeof callOutside>[0]) =>
    callOutside(
      { ...asked, address: asked.address.replace(/^http:\/\/[^:]+/, 'https://hook.example') },
      { internal: [], resolve: async () => ['127.0.0.1'] },
    )
  await sendWebhooks(robotIn(db, 60), { call: rebinding })
  expect(await first(db, id)).toMatchObject({ state: 'waiting', failure: 'address_not_allowed', status: null })
})

describe('a webhook that fails for days', () => {
  const days = (count: number) => count * 86_400

  test('is stopped, keeps its deliveries, and continues when it is activated again', async ({ db, sql }) => {
    const { id, actor, receiver } = await subscribe(db)
    await db.update(accounts).set({ email: 'admin@hanoi.example' }).where(raw`id = ${actor.id}`)
    receiver.answer = (_, response) => response.writeHead(503).end()
    await happened(db)
    await sendWebhooks(robotIn(db, 1), { call })
    await happened(db)
    for (const day of [1, 2, 3, 4]) await sendWebhooks(robotIn(db, days(day)), { call })
    expect((await webhookOf(db, id)).state).toBe('active')
    await happened(db)
    await sendWebhooks(robotIn(db, days(5.1)), { call })
    const stopped = await webhookOf(db, id)
    expect(stopped.state).toBe('disabled')
    const log = await db.select().from(events).where(raw`subject_id = ${id} and event = 'webhook.disabled'`)
    expect(log).toMatchObject([
      { actorKind: 'robot', version: stopped.version, details: { lastFailure: 'server_failed' } },
    ])
    const told = await sql`select key from graphile_worker.jobs where task_identifier = 'tell_webhook_disabled'`
    expect(told.map(({ key }) => key)).toContain(`webhook_disabled:${id}:${actor.id}`)

    const before = receiver.arrived.length
    await happened(db)
    await sendWebhooks(robotIn(db, days(6)), { call })
    expect(receiver.arrived).toHaveLength(before)
    receiver.answer = (_, response) => response.end()
    await resumeWebhook({ ...robotIn(db, days(6)), actor }, { id, version: stopped.version })
    await sendWebhooks(robotIn(db, days(6) + 1), { call })
    const states = (await deliveriesOf(db, id)).map(({ state }) => state)
    expect(states).toEqual(states.map(() => 'delivered'))
    expect(await webhookOf(db, id)).toMatchObject({ state: 'active', failingSince: null })
  })

  test('is not stopped by one failure after days in which nothing happened', async ({ db }) => {
    const { id, receiver } = await subscribe(db)
    receiver.answer = (_, response) => response.writeHead(503).end()
    await happened(db)
    let seconds = 1
    for (const wait of [0, ...outboundLimits.backoff.seconds]) {
      seconds += wait * 1.3
      await sendWebhooks(robotIn(db, seconds), { call })
    }
    expect(await first(db, id)).toMatchObject({ state: 'dead' })
    const sixthDay = 6 * 86_400
    await happened(db)
    await sendWebhooks(robotIn(db, sixthDay), { call })
    const webhook = await webhookOf(db, id)
    expect(webhook.state).toBe('active')
    expect(webhook.failingSince).toEqual(webhook.lastFailedAt)
  })

  test('is stopped at once where the receiver says that it is gone', async ({ db }) => {
    const { id, receiver } = await subscribe(db)
    receiver.answer = (_, response) => response.writeHead(410).end()
    await happened(db)
    await sendWebhooks(robotIn(db, 1), { call })
    expect((await webhookOf(db, id)).state).toBe('disabled')
    expect(await first(db, id)).toMatchObject({ state: 'dead', failure: 'gone' })
  })
})

test('a paused webhook keeps its deliveries, an ended one sends nothing', async ({ db }) => {
  const { id, version, actor, receiver } = await subscribe(db)
  const ctx = { ...robotIn(db), actor }
  const paused = await pauseWebhook(ctx, { id, version })
  const codes = await happened(db, 2)
  await sendWebhooks(robotIn(db, 1), { call })
  expect(receiver.arrived).toHaveLength(0)
  expect(await webhookById(ctx, id)).toMatchObject({ health: 'paused', waiting: 2, dead: 0 })
  const resumed = await resumeWebhook(ctx, paused)
  await sendWebhooks(robotIn(db, 2), { call })
  expect(codesIn(receiver.arrived).toSorted()).toEqual(codes.toSorted())
  await pauseWebhook(ctx, resumed)
  await happened(db)
  await prepareDeliveries(robotIn(db, 1))
  await endWebhook(ctx, { id, version: resumed.version + 1 })
  await happened(db)
  await sendWebhooks(robotIn(db, 3), { call })
  expect(receiver.arrived).toHaveLength(2)
  await expect(changeWebhook(ctx, { ...(await webhookOf(db, id)), kinds: ['report.rated'] })).rejects.toMatchObject({
    code: 'webhook_address',
  })
  await expect(pauseWebhook(ctx, { id, version: resumed.version + 2 })).rejects.toMatchObject({ code: 'webhook_ended' })
})

test.for(['by the command', 'by hand'])(
  'the webhook of an API client sends nothing more once that is revoked %s',
  async (way, { db }) => {
    const client = await buildApiClient(db)
    const { id, actor, receiver } = await subscribe(db, { clientId: client.id })
    await happened(db, 1, { source: `client:${client.id}` })
    await prepareDeliveries(robotIn(db, 1))
    expect(await deliveriesOf(db, id)).toHaveLength(1)
    const ctx = { ...robotIn(db), actor }
    if (way === 'by the command') {
      await revokeApiClient(ctx, { id: client.id, version: client.version })
      await endBacklog(ctx)
      expect(await webhookById(ctx, id)).toMatchObject({ health: 'ended', waiting: 0, dead: 1 })
      const [ended] = await db.select().from(events).where(raw`subject_id = ${id} and event = 'webhook.ended'`)
      expect(ended).toMatchObject({ actorId: actor.id, details: { clientId: client.id } })
      await expect(replayDeliveries(ctx, { webhookId: id, deliveryId: null })).rejects.toMatchObject({
        code: 'webhook_ended',
      })
    } else await db.update(apiClients).set({ revokedAt: new Date() }).where(eq(apiClients.id, client.id))
    expect(await sendWebhooks(robotIn(db, 2), { call })).toBe(0)
    expect(receiver.arrived).toHaveLength(0)
  },
)

test('revoking an API client does not wait for the backlog of its webhook, which ends afterwards', async ({ db }) => {
  const client = await buildApiClient(db)
  const { id, actor } = await subscribe(db, { clientId: client.id })
  await happened(db, 4, { source: `client:${client.id}` })
  await prepareDeliveries(robotIn(db, 1))
  const ctx = { ...robotIn(db), actor }
  await db.transaction(async (other) => {
    await other.execute(raw`select from webhook_deliveries where webhook_id = ${id} for no key update`)
    await revokeApiClient(ctx, { id: client.id, version: client.version })
  })
  expect((await webhookOf(db, id)).state).toBe('ended')
  expect(await endBacklog(ctx)).toBeGreaterThanOrEqual(4)
  expect(await endBacklog(ctx)).toBe(0)
  expect((await deliveriesOf(db, id)).map(({ state }) => state)).toEqual(['dead', 'dead', 'dead', 'dead'])
})

test('a call that ends while its webhook is being changed holds nothing that the change needs', async ({ db }) => {
  const { id } = await subscribe(db)
  await happened(db)
  const sending = await db.transaction(async (tx) => {
    await tx.execute(raw`select from webhooks where id = ${id} for no key update`)
    const ending = sendWebhooks(robotIn(db, 1), { call })
    const waiting = raw`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await expect.poll(async () => (await db.execute(waiting)).length, { timeout: 5000 }).toBe(1)
    await tx.execute(raw`update webhook_deliveries set tries = 0 where webhook_id = ${id}`)
    return { ending }
  })
  expect(await sending.ending).toBe(1)
  expect(await first(db, id)).toMatchObject({ state: 'delivered' })
})

test('during a rotation both secrets sign, and afterwards the new one', async ({ db }) => {
  const old = await subscribe(db)
  const { id, version, actor, receiver } = old
  const ctx = { ...robotIn(db), actor }
  const fresh = await rotateSecret(ctx, { id, version, overlapHours: 2 })
  await happened(db)
  await sendWebhooks(robotIn(db, 1), { call })
  await happened(db)
  await sendWebhooks(robotIn(db, 7300), { call })
  const [during, after] = receiver.arrived
  if (!during || !after) throw new Error('something did not arrive')
  expect([isSigned(during, old.secret), isSigned(during, fresh.secret)]).toEqual([true, true])
  // The library compares the signature time with the clock of this machine.
  const signatures = String(after.headers['webhook-signature']).split(' ')
  expect([String(during.headers['webhook-signature']).split(' ').length, signatures.length]).toEqual([2, 1])
  for (const table of ['webhook_secrets', 'webhooks', 'events']) {
    const [found] = await db.execute<{ n: number }>(
      raw`select count(*)::int as n from ${raw.identifier(table)} t where t::text like ${`%${fresh.secret.slice(6)}%`}`,
    )
    expect([table, found?.n]).toEqual([table, 0])
  }
})

test('what claiming and the state of a webhook read has an index, also with a long backlog', async ({ db }) => {
  const { id } = await subscribe(db)
  await db.execute(raw`
    insert into webhook_deliveries (webhook_id, event_id, about, kind, body, state, created_at, next_try_at)
    select ${id}::uuid, n, 'x', 'report.rated', '{}', case when n % 2 = 0 then 'delivered' else 'waiting' end, now(),
      case when n % 2 = 1 then now() end from generate_series(1, 20000) n`)
  await db.execute(raw`analyze webhook_deliveries`)
  const rowsRead = async (query: SQL) => {
    const rows = await db.execute<{ 'QUERY PLAN': string }>(raw`explain (analyze, costs off, timing off) ${query}`)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    const removed = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, many]) => Number(many))
    return Math.max(0, ...removed)
  }
  const ofWebhook = raw`select * from webhook_deliveries where webhook_id = ${id}::uuid and`
  const claimed = raw`${ofWebhook} state = 'waiting' and claimed_until > now()`
  const failed = raw`${ofWebhook} state <> 'delivered' and failure is not null order by id desc limit 1`
  expect([await rowsRead(claimed), await rowsRead(failed)]).toEqual([0, 0])
  expect(await webhookById({ ...robotIn(db), actor: await buildActor(db, 'admin') }, id)).toMatchObject({
    waiting: 10_000,
    lastFailure: null,
  })
})

test('a test is answered at once and is in the log, but is not sent again', async ({ db }) => {
  const { id, version, actor, secret, receiver } = await subscribe(db)
  const ctx = { ...robotIn(db), actor }
  expect(await testWebhook(ctx, { id, version }, call)).toMatchObject({ failure: null, status: 204 })
  receiver.answer = (_, response) => response.writeHead(401).end('khóa sai')
  expect(await testWebhook(ctx, { id, version }, call)).toMatchObject({
    failure: 'not_accepted',
    status: 401,
    body: 'khóa sai',
  })
  expect(receiver.arrived.map(({ type }) => type)).toEqual(['webhook.test', 'webhook.test'])
  expect(receiver.arrived.every((one) => isSigned(one, secret))).toBe(true)
  await sendWebhooks(robotIn(db, 60), { call })
  expect(receiver.arrived).toHaveLength(2)
  expect((await deliveriesOf(db, id)).map(({ state }) => state)).toEqual(['delivered', 'dead'])
  await expect(replayDeliveries(ctx, { webhookId: id, deliveryId: null })).rejects.toMatchObject({
    code: 'webhook_nothing_to_replay',
  })
})

test('old deliveries are deleted with their attempts', async ({ db }) => {
  const { id } = await subscribe(db)
  await happened(db)
  await sendWebhooks(robotIn(db, 1), { call })
  const delivery = await first(db, id)
  await forgetDeliveries(robotIn(db, 59 * 86_400))
  expect(await deliveriesOf(db, id)).toHaveLength(1)
  await forgetDeliveries(robotIn(db, 61 * 86_400))
  expect([await deliveriesOf(db, id), await attemptsOf(db, delivery.id)]).toEqual([[], []])
})
