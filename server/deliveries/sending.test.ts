import { and, asc, eq, inArray, isNull, sql as query } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { buildTold } from '#db/factories/deliveries.ts'
import { type Mailbox, openMailbox } from '#db/factories/mailbox.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import {
  apiClients,
  citizenLinks,
  deliveries,
  deliveryAttempts,
  events,
  gateways,
  reporters,
  reports,
  settings,
} from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { hashOfToken, revokeCitizenLinks } from '#server/citizen-links/links.ts'
import { askCitizen } from '#server/reports/commands/ask-citizen.ts'
import { rateReport } from '#server/reports/commands/rate-report.ts'
import { takeBack } from '#server/reports/commands/take-back.ts'
import { revokeApiClient } from '#server/webhooks/commands/revoke-client.ts'
import { forgetDeliveries } from './commands/forget-deliveries.ts'
import { correctContact } from './commands/handle-delivery.ts'
import { planDeliveries } from './commands/plan-deliveries.ts'
import { remindToRate } from './commands/remind-to-rate.ts'
import { sendDeliveries } from './commands/send-deliveries.ts'
import { tellingEvents, toldBy } from './rules/told.ts'
import type { Outside } from './senders/sender.ts'
import { type GatewayServer, openGatewayServer } from './testing/gateway-server.ts'
import { buildGateway } from './testing/gateways.ts'

const morning = '2026-03-02 09:00'
const phone = '0912 345 678'
let [server, mailbox]: [GatewayServer, Mailbox] = [] as never
beforeAll(async () => {
  server = await openGatewayServer()
  mailbox = await openMailbox()
})
afterAll(() => Promise.all([server.close(), mailbox.close()]))
beforeEach(() => {
  server.received.length = 0
  server.passedOn.clear()
  server.onReceived = null
  mailbox.letters.length = 0
})

const at = (db: Database, local: string) => ({ db, actor: robot, now: () => hanoi(local) })
const out = (): Outside => ({
  mail: { url: mailbox.url, from: 'traloi@hanoi.gov.vn', domains: ['hanoi.gov.vn'] },
  appUrl: new URL('https://desk.hanoi.gov.vn'),
  calls: { internal: ['127.0.0.1'], totalSeconds: 1, silenceSeconds: 1 },
})

/** Replaces all gateways by one at the server of the test. */
async function only(db: Database, wanted: Parameters<typeof buildGateway>[1] = {}) {
  await db.update(gateways).set({ removedAt: new Date() })
  await db.delete(deliveryAttempts)
  await db.delete(deliveries)
  const kind = wanted.kind ?? 'sms'
  return buildGateway(db, { address: kind === 'mail' ? '' : server.address, ...wanted, kind })
}

async function run(db: Database, local: string): Promise<number> {
  const ctx = at(db, local)
  await planDeliveries(ctx)
  let sent = 0
  const inUse = await db.select({ id: gateways.id }).from(gateways).where(query`removed_at is null`)
  for (const { id } of inUse) sent += await sendDeliveries(ctx, id, out())
  return sent
}

async function stateOf(db: Database, reportId: number) {
  const rows = await db
    .select()
    .from(deliveries)
    .where(eq(deliveries.reportId, reportId))
    .orderBy(asc(deliveries.createdAt))
  return rows[0] as (typeof rows)[number]
}

const told = async (db: Database, reportId: number, name: string) =>
  (await db.select().from(events).where(eq(events.reportId, reportId)).orderBy(asc(events.id))).filter(
    ({ event }) => event === name,
  )

describe('what reporters are told', () => {
  test('are written by the trigger for every event of the table, and for no other', async ({ db, sql }) => {
    await only(db)
    const [row] = await sql`select prosrc from pg_proc where proname = 'mark_deliveries'`
    const named = [...String(row?.prosrc).matchAll(/'(report\.[a-z_]+)'/g)].map(([, name]) => name)
    expect([...new Set(named)].sort()).toEqual([...tellingEvents].sort())
    const { report } = await buildTold(db, { at: hanoi(morning) })
    for (const event of Object.keys(toldBy)) {
      const row = { at: hanoi(morning), event, subjectKind: 'report', reportId: report.id, actorKind: 'robot' } as const
      await db.insert(events).values(row)
    }
    const written = await db.select().from(deliveries).where(eq(deliveries.reportId, report.id))
    const expected = Object.values(toldBy).flatMap((kind) => kind ?? [])
    expect(written.map(({ kind }) => kind).sort()).toEqual([...expected, 'answer'].sort())
  })

  test('wait during the undo period, and are not sent after an undo', async ({ db }) => {
    await only(db)
    const team = await buildTeam(db)
    const ask = async () => {
      const reporter = { name: 'Lê Mận', phone }
      const report = await buildReport(db, { state: 'in_progress', agencyId: team.agency.id, reporter })
      await askCitizen(actingAt(db, team.officer, '09:00'), { ...seen(report), question: 'Số nhà bao nhiêu?' })
      return report
    }
    const [stays, goes] = [await ask(), await ask()]
    await takeBack(actingAt(db, team.officer, '09:00'), { reportId: goes.id, version: goes.version + 1 })
    expect(await run(db, '2026-03-02 09:00')).toBe(0)
    expect(await run(db, '2026-03-02 09:01')).toBe(1)
    expect([(await stateOf(db, stays.id)).state, (await stateOf(db, goes.id)).state]).toEqual(['sent', 'cancelled'])
  })

  test('is a question again when the reply that ended it is taken back, and only the question that stands', async ({
    db,
  }) => {
    const { id: gatewayId } = await only(db)
    const contact = { phone }
    const [queued, failed, silent] = [
      await buildTold(db, { kind: 'question', at: hanoi(morning), contact }),
      await buildTold(db, { kind: 'question', at: hanoi(morning), contact }),
      await buildTold(db, { kind: 'question', at: hanoi(morning), contact: { phone: '1022' } }),
    ]
    const isFailed = { state: 'failed', failure: 'timeout', gatewayId } as const
    await db.update(deliveries).set(isFailed).where(eq(deliveries.id, failed.delivery.id))
    await planDeliveries(at(db, morning))
    const all = [queued, failed, silent]
    const become = async (state: 'in_progress' | 'awaiting_citizen') => {
      const ids = all.map(({ report }) => report.id)
      await db.update(reports).set({ state }).where(inArray(reports.id, ids))
      await sendDeliveries(at(db, '2026-03-02 09:01'), gatewayId, out())
      await planDeliveries(at(db, '2026-03-02 09:01'))
      return Promise.all(all.map(async ({ report }) => (await stateOf(db, report.id)).state))
    }
    expect(await become('in_progress')).toEqual(['cancelled', 'cancelled', 'cancelled'])
    await db.insert(events).values({
      at: hanoi('2026-03-02 09:01'),
      event: 'report.citizen_asked',
      subjectKind: 'report',
      reportId: silent.report.id,
      actorKind: 'robot',
    })
    expect(server.received).toEqual([])
    expect(await become('awaiting_citizen')).toEqual(['queued', 'failed', 'cancelled'])
    expect(await run(db, '2026-03-02 09:02')).toBe(1)
    expect((await stateOf(db, queued.report.id)).state).toBe('sent')
  })

  test('is not sent at all before the city has a gateway, nor days later when it gets one', async ({ db }) => {
    await only(db)
    await db.update(gateways).set({ removedAt: new Date() })
    const { report } = await buildTold(db, { at: hanoi(morning), contact: { phone } })
    await run(db, '2026-03-02 10:00')
    expect((await stateOf(db, report.id)).state).toBe('waiting')
    await buildGateway(db, { address: server.address })
    await run(db, '2026-03-09 10:00')
    expect(await stateOf(db, report.id)).toMatchObject({ state: 'failed', failure: 'too_old' })
    expect(server.received).toEqual([])
  })
})

describe('a message by a gateway', () => {
  test('is sent once, and its proof is on the timeline', async ({ db }) => {
    const { name } = await only(db)
    const { report, delivery } = await buildTold(db, { at: hanoi(morning), contact: { phone, name: 'Lê Thị Mận' } })
    expect(await run(db, morning)).toBe(1)
    expect(await run(db, '2026-03-02 09:01')).toBe(0)
    expect(server.received).toHaveLength(1)
    const [{ headers, body, key }] = server.received as [(typeof server.received)[number]]
    expect([key, headers.authorization]).toEqual([delivery.id, 'Bearer bi-mat'])
    const sent = JSON.parse(body) as { to: string; ref: string; message: { text: string } }
    expect([sent.to, sent.ref]).toEqual(['84912345678', delivery.id])
    expect(sent.message.text).toMatch(
      new RegExp(`^[ -~]*${report.code}[ -~]* https://desk\\.hanoi\\.gov\\.vn/phan-anh/${report.code}\\S+$`),
    )
    expect(body).not.toContain('Mận')
    expect(await stateOf(db, report.id)).toMatchObject({ state: 'sent', status: '200', receipt: 'SM-42', link: null })
    const [proof, ...others] = await told(db, report.id, 'report.delivery_sent')
    expect(others).toEqual([])
    expect(proof).toMatchObject({
      actorKind: 'robot',
      version: null,
      details: { told: 'answer', through: 'sms', gateway: name, receipt: 'SM-42', status: '200' },
    })
  })

  test('that fails, hangs or drops is sent again with the same text under the same key', async ({ db }) => {
    await only(db)
    const { report, delivery } = await buildTold(db, { at: hanoi(morning), contact: { phone } })
    server.next('fail', 'hang', 'drop', 'lose', 'login')
    for (const minute of ['00', '02', '05', '10', '19', '36']) await run(db, `2026-03-02 09:${minute}`)
    expect(server.received.map(({ key }) => key)).toEqual(Array.from({ length: 6 }, () => delivery.id))
    expect(new Set(server.received.map(({ body }) => body)).size).toBe(1)
    // The provider recognised the key and passed the message on once.
    expect(server.passedOn.size).toBe(1)
    expect((await stateOf(db, report.id)).state).toBe('sent')
    const attempts = await db.select().from(deliveryAttempts).where(eq(deliveryAttempts.deliveryId, delivery.id))
    expect(attempts.map(({ outcome, failure }) => [outcome, failure])).toEqual([
      ['temporary', 'server_failed'],
      ['unsure', 'timeout'],
      ['unsure', 'unreachable'],
      ['unsure', 'unreachable'],
      ['temporary', 'not_accepted'],
      ['accepted', null],
    ])
  })

  test('that is refused uses the next channel, and finally becomes work for intake', async ({ db }) => {
    await only(db)
    await buildGateway(db, { kind: 'mail', address: '' })
    const both = await buildTold(db, {
      at: hanoi(morning),
      channel: 'hotline',
      contact: { phone, email: 'man@example.vn' },
    })
    const one = await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact: { phone } })
    server.next('refuse', 'refuse')
    await run(db, '2026-03-02 09:00')
    await run(db, '2026-03-02 09:01')
    expect(await stateOf(db, both.report.id)).toMatchObject({ state: 'sent', channel: 'mail', tried: ['sms'] })
    expect(await stateOf(db, one.report.id)).toMatchObject({ state: 'failed', failure: 'no_channel', tried: ['sms'] })
    expect(await told(db, one.report.id, 'report.delivery_failed')).toHaveLength(1)
    expect(mailbox.letters.map(({ to }) => to)).toEqual([['man@example.vn']])
  })

  test('waits if the account of the city has no credit; one to an invalid number uses the next channel', async ({
    db,
  }) => {
    const { id } = await only(db, { refusedValues: 'NO_NUMBER, BLOCKED' })
    await buildGateway(db, { kind: 'mail', address: '' })
    const contact = { phone, email: 'man@example.vn' }
    const first = await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact })
    for (let n = 0; n < 3; n++) await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact })
    await db
      .update(gateways)
      .set({ lastFailedAt: hanoi('2026-03-02 08:59') })
      .where(eq(gateways.id, id))
    server.next('say_no')
    await run(db, morning)
    expect(await stateOf(db, first.report.id)).toMatchObject({
      state: 'queued',
      channel: 'sms',
      failure: 'not_accepted_so',
    })
    const [gateway] = await db.select().from(gateways).where(eq(gateways.id, id))
    expect(gateway).toMatchObject({ lastFailure: 'not_accepted_so', lastFailedAt: hanoi(morning) })
    server.next('no_number')
    await run(db, '2026-03-02 09:02')
    await run(db, '2026-03-02 09:03')
    const states = (await db.select().from(deliveries)).map(({ state, channel }) => `${state} ${channel}`).sort()
    expect(states).toEqual(['sent mail', 'sent sms', 'sent sms', 'sent sms'])
  })

  test('that waits when the links are revoked goes out with a new one', async ({ db }) => {
    await only(db)
    const { report } = await buildTold(db, { at: hanoi(morning), contact: { phone } })
    server.next('fail')
    await run(db, morning)
    await revokeCitizenLinks(db, report.id, hanoi('2026-03-02 09:01'))
    expect(await run(db, '2026-03-02 09:02')).toBe(1)
    const [before, after] = server.received.map(({ body }) => /\?t=([\w-]+)/.exec(body)?.[1] ?? '')
    expect(after).not.toBe(before)
    const valid = and(eq(citizenLinks.hash, hashOfToken(after ?? '')), isNull(citizenLinks.revokedAt))
    expect(await db.$count(citizenLinks, valid)).toBe(1)
  })

  test('that is being sent while the contact is corrected is sent to the new one, as another message', async ({
    db,
  }) => {
    const { id } = await only(db)
    const { report, delivery } = await buildTold(db, { at: hanoi(morning), contact: { phone } })
    const other = { ...delivery, id: undefined, kind: 'notice', state: 'failed' } as const
    const [failed] = await db.insert(deliveries).values(other).returning()
    const dispatcher = { ...at(db, '2026-03-02 09:01'), actor: await buildActor(db, 'dispatcher') }
    const corrected = { id: failed?.id ?? '', version: failed?.version ?? 0, phone: '0987 654 321' }
    server.onReceived = async () => {
      server.onReceived = null
      await correctContact(dispatcher, { ...corrected, email: '', address: '' })
    }
    await planDeliveries(at(db, morning))
    expect(await sendDeliveries(at(db, morning), id, out())).toBe(1)
    expect(await told(db, report.id, 'report.delivery_sent')).toEqual([])
    await run(db, '2026-03-02 09:06')
    const sent = server.received.filter(({ key }) => key.startsWith(delivery.id))
    expect(sent.map(({ body }) => /84\d+/.exec(body)?.[0])).toEqual(['84912345678', '84987654321'])
    expect(new Set(sent.map(({ key }) => key)).size).toBe(2)
    expect(await told(db, report.id, 'report.delivery_sent')).toHaveLength(2)
  })

  test('to a dead number that looks like an account without credit makes the gateway neither slow nor red', async ({
    db,
  }) => {
    const { id } = await only(db)
    const dead = '0900 000 009'
    server.onReceived = ({ body }) => {
      if (body.includes('84900000009')) server.next('say_no')
    }
    for (let n = 0; n < 24; n++) {
      const contact = { phone: n % 6 === 0 ? dead : phone }
      await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact })
    }
    const failing = async () => {
      const [gateway] = await db.select().from(gateways).where(eq(gateways.id, id))
      return gateway?.lastFailure
    }
    expect([await run(db, morning), await failing()]).toEqual([20, null])
    // Their next attempts come with nothing that would be accepted.
    expect([await run(db, '2026-03-02 09:02'), await failing()]).toEqual([0, null])
    await db
      .update(gateways)
      .set({ lastFailedAt: hanoi('2026-03-02 09:10') })
      .where(eq(gateways.id, id))
    await buildTold(db, { at: hanoi('2026-03-02 09:10'), channel: 'hotline', contact: { phone } })
    server.received.length = 0
    expect(await run(db, '2026-03-02 09:11')).toBe(1)
    expect(server.received[0]?.body).toContain('84912345678')
    expect(server.received).toHaveLength(5)
  })

  test('is given up after the last attempt, and left to the intake where it may have arrived', async ({ db }) => {
    await only(db)
    await buildGateway(db, { kind: 'mail', address: '' })
    const contact = { phone, email: 'man@example.vn' }
    const unsure = await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact })
    const sure = await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact })
    await run(db, '2026-03-02 08:00')
    await planDeliveries(at(db, morning))
    await db
      .update(deliveries)
      .set({ attempts: 11 })
      .where(inArray(deliveries.id, [unsure.delivery.id, sure.delivery.id]))
    server.next('hang', 'fail')
    await run(db, morning)
    await run(db, '2026-03-02 09:01')
    const states = [await stateOf(db, unsure.report.id), await stateOf(db, sure.report.id)]
    expect(states.find(({ failure }) => failure === 'timeout')?.state).toBe('failed')
    await run(db, '2026-03-02 09:02')
    expect((await db.select().from(deliveries)).map(({ state }) => state).sort()).toEqual(['failed', 'sent'])
    expect(mailbox.letters).toHaveLength(1)
  })

  test('that may have arrived is left to the intake when it is refused afterwards, or its gateway is removed', async ({
    db,
  }) => {
    const { id } = await only(db)
    await buildGateway(db, { kind: 'mail', address: '' })
    const contact = { phone, email: 'man@example.vn' }
    const told = () => buildTold(db, { at: hanoi(morning), channel: 'hotline', contact })
    const refused = await told()
    server.next('lose', 'refuse')
    await run(db, morning)
    await run(db, '2026-03-02 09:02')
    expect(await stateOf(db, refused.report.id)).toMatchObject({ state: 'failed', failure: 'not_understood' })
    const left = await told()
    server.next('lose')
    await run(db, '2026-03-02 09:03')
    const untouched = await told()
    await planDeliveries(at(db, '2026-03-02 09:03'))
    await db.update(gateways).set({ removedAt: new Date() }).where(eq(gateways.id, id))
    await sendDeliveries(at(db, '2026-03-02 09:04'), id, out())
    await run(db, '2026-03-02 09:04')
    expect(await stateOf(db, left.report.id)).toMatchObject({ state: 'failed', failure: 'unreachable' })
    expect(await stateOf(db, untouched.report.id)).toMatchObject({ state: 'sent', channel: 'mail' })
    expect(mailbox.letters).toHaveLength(1)
  })

  test('goes to the next channel in the end when nothing was reached at all: nothing can have arrived', async ({
    db,
  }) => {
    await only(db, { address: 'http://127.0.0.1:1/send' })
    await buildGateway(db, { kind: 'mail', address: '' })
    const contact = { phone, email: 'man@example.vn' }
    const { report, delivery } = await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact })
    await planDeliveries(at(db, morning))
    await db.update(deliveries).set({ attempts: 11 }).where(eq(deliveries.id, delivery.id))
    await run(db, morning)
    const attempts = await db.select().from(deliveryAttempts).where(eq(deliveryAttempts.deliveryId, delivery.id))
    expect(attempts).toMatchObject([{ outcome: 'temporary', failure: 'unreachable' }])
    await run(db, '2026-03-02 09:01')
    expect(await stateOf(db, report.id)).toMatchObject({ state: 'sent', channel: 'mail' })
  })

  test('of a killed process is sent again under the same key, and the attempt is recorded as unsure', async ({
    db,
  }) => {
    const gateway = await only(db)
    const { report, delivery } = await buildTold(db, { at: hanoi(morning), contact: { phone } })
    await planDeliveries(at(db, morning))
    // The process dies during the call, so the result is never stored.
    const dying = sendDeliveries({ ...at(db, morning), db: failingAfterClaim(db) }, gateway.id, out())
    await expect(dying).rejects.toThrow('killed')
    expect((await stateOf(db, report.id)).state).toBe('queued')
    expect(await run(db, '2026-03-02 09:04')).toBe(0)
    expect(await run(db, '2026-03-02 09:06')).toBe(1)
    expect(server.received.map(({ key }) => key)).toEqual([delivery.id, delivery.id])
    expect(server.passedOn.size).toBe(1)
    const attempts = await db.select().from(deliveryAttempts).where(eq(deliveryAttempts.deliveryId, delivery.id))
    expect(attempts.map(({ outcome, failure }) => [outcome, failure])).toEqual([
      ['unsure', 'interrupted'],
      ['accepted', null],
    ])
  })

  test('of two workers at once is sent by one of them', async ({ db }) => {
    const { id } = await only(db)
    const built = []
    for (let n = 0; n < 12; n++) built.push(await buildTold(db, { at: hanoi(morning), contact: { phone } }))
    await Promise.all([planDeliveries(at(db, morning)), planDeliveries(at(db, morning))])
    const sent = await Promise.all([1, 2, 3].map(() => sendDeliveries(at(db, morning), id, out())))
    expect(sent.reduce((sum, each) => sum + each, 0)).toBe(12)
    expect(server.received.map(({ key }) => key).sort()).toEqual(built.map(({ delivery }) => delivery.id).sort())
    for (const { report } of built) expect(await told(db, report.id, 'report.delivery_sent')).toHaveLength(1)
  })

  test('waits for the end of the quiet hours', async ({ db }) => {
    await only(db)
    const evening = '2026-03-02 20:59'
    const { report } = await buildTold(db, { at: hanoi(evening), contact: { phone } })
    server.next('fail')
    expect(await run(db, evening)).toBe(0)
    // The next attempt would be in the quiet hours.
    expect(await run(db, '2026-03-02 21:05')).toBe(0)
    expect(await run(db, '2026-03-03 06:59')).toBe(0)
    expect(await run(db, '2026-03-03 07:00')).toBe(1)
    expect((await stateOf(db, report.id)).state).toBe('sent')
  })

  test('waits while the gateway is paused, and is planned again when it is removed', async ({ db }) => {
    const { id } = await only(db)
    const { report } = await buildTold(db, { at: hanoi(morning), contact: { phone } })
    await db.update(gateways).set({ pausedAt: new Date() }).where(eq(gateways.id, id))
    expect(await run(db, morning)).toBe(0)
    expect((await stateOf(db, report.id)).state).toBe('queued')
    await db.update(gateways).set({ removedAt: new Date() }).where(eq(gateways.id, id))
    await buildGateway(db, { kind: 'zalo', address: server.address })
    await sendDeliveries(at(db, morning), id, out())
    expect(await run(db, morning)).toBe(1)
    expect(await stateOf(db, report.id)).toMatchObject({ state: 'sent', channel: 'zalo' })
  })

  test('goes by another channel while its gateway is paused; what has none is left to the intake after days', async ({
    db,
  }) => {
    const { id } = await only(db)
    await buildGateway(db, { kind: 'mail', address: '' })
    await db.update(gateways).set({ pausedAt: new Date() }).where(eq(gateways.id, id))
    const both = { phone, email: 'man@example.vn' }
    const other = await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact: both })
    const named = { phone, name: 'Lê Mận', address: '5 Hàng Bài' }
    const none = await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact: named })
    expect(await run(db, morning)).toBe(1)
    expect(await stateOf(db, other.report.id)).toMatchObject({ state: 'sent', channel: 'mail' })
    await run(db, '2026-03-05 08:59')
    expect(await stateOf(db, none.report.id)).toMatchObject({ state: 'queued', channel: 'sms' })
    await run(db, '2026-03-05 09:01')
    expect(await stateOf(db, none.report.id)).toMatchObject({ state: 'failed', failure: 'too_old' })
    expect(server.received).toEqual([])
  })

  test('leaves to a job of its own what the pace does not allow yet', async ({ db, sql }) => {
    const { id } = await only(db, { perMinute: 2 })
    for (let n = 0; n < 3; n++) await buildTold(db, { at: hanoi(morning), contact: { phone } })
    expect(await run(db, morning)).toBe(2)
    const [job] = await sql`select run_at from graphile_worker.jobs where key = ${`send_deliveries:${id}`}`
    expect(job?.run_at).toEqual(hanoi('2026-03-02 09:01'))
    expect(await sendDeliveries(at(db, '2026-03-02 09:01'), id, out())).toBe(1)
  })

  test('that is urgent does not wait behind messages in quiet hours', async ({ db }) => {
    const { id } = await only(db)
    await db.insert(settings).values({ key: 'quietSparesUrgent', value: true })
    const evening = '2026-03-02 20:58'
    for (let n = 0; n < 21; n++) await buildTold(db, { at: hanoi(evening), contact: { phone } })
    const urgent = await buildTold(db, { at: hanoi('2026-03-02 20:59'), severity: 'urgent', contact: { phone } })
    await planDeliveries(at(db, '2026-03-02 20:59'))
    expect(await sendDeliveries(at(db, '2026-03-02 21:05'), id, out())).toBe(1)
    expect((await stateOf(db, urgent.report.id)).state).toBe('sent')
  })

  test('of a storm respects the rate limit: 315 simultaneous messages are sent once each', async ({ db }) => {
    await only(db, { perMinute: 100 })
    await db.transaction(async (tx) => {
      const first = await buildTold(tx, { at: hanoi(morning), contact: { phone } })
      await tx.execute(query`
        insert into events (at, event, subject_kind, report_id, actor_kind, details)
        select ${hanoi(morning).toISOString()}::timestamptz, 'report.answer_sent', 'report', ${first.report.id}, 'robot', '{}'
        from generate_series(1, 314)`)
    })
    const pace = []
    for (let minute = 0; minute < 4; minute++) pace.push(await run(db, `2026-03-02 09:0${minute}`))
    expect(pace).toEqual([100, 100, 100, 15])
    expect(new Set(server.received.map(({ key }) => key)).size).toBe(315)
    expect(server.received).toHaveLength(315)
  }, 60_000)

  test('is tried alone while the gateway fails, so that an outage uses up no attempts of the others', async ({
    db,
  }) => {
    const { id } = await only(db)
    for (let n = 0; n < 3; n++) await buildTold(db, { at: hanoi(morning), contact: { phone } })
    await db
      .update(gateways)
      .set({ lastFailedAt: hanoi('2026-03-02 08:59') })
      .where(eq(gateways.id, id))
    server.next('fail')
    await run(db, morning)
    expect(server.received).toHaveLength(1)
    expect(await run(db, '2026-03-02 09:02')).toBe(3)
  })
})

describe('a gateway that asks for a pause', () => {
  test('gets no message before its end, and the rest of the batch has lost no attempt', async ({ db, sql }) => {
    const { id } = await only(db)
    for (let n = 0; n < 12; n++) await buildTold(db, { at: hanoi(morning), contact: { phone } })
    server.next('accept', 'busy', 'accept', 'accept')
    await run(db, morning)
    const sent = server.received.length
    expect(sent).toBeLessThan(12)
    const waiting = await db.select().from(deliveries).where(eq(deliveries.state, 'queued'))
    expect(waiting.map(({ attempts }) => attempts).sort()).toEqual([...Array.from({ length: 12 - sent }, () => 0), 1])
    expect(waiting.every(({ claimedUntil }) => claimedUntil === null)).toBe(true)
    expect(await db.$count(deliveryAttempts)).toBe(sent)
    await run(db, '2026-03-02 09:09')
    expect(server.received).toHaveLength(sent)
    const [job] = await sql`select run_at from graphile_worker.jobs where key = ${`send_deliveries:${id}`}`
    expect(job?.run_at).toEqual(hanoi('2026-03-02 09:10'))
    expect(await run(db, '2026-03-02 09:10')).toBe(waiting.length)
    expect((await db.select().from(deliveries)).every(({ state }) => state === 'sent')).toBe(true)
  })

  test('until a date is waited for no longer than the limit', async ({ db }) => {
    const { id } = await only(db)
    const { report } = await buildTold(db, { at: hanoi(morning), contact: { phone } })
    server.next('closed')
    await run(db, morning)
    const [gateway] = await db.select().from(gateways).where(eq(gateways.id, id))
    expect(gateway).toMatchObject({ lastFailure: 'server_failed', closedUntil: hanoi('2026-03-02 10:00') })
    expect((await stateOf(db, report.id)).dueAt).toEqual(hanoi('2026-03-02 10:00'))
    expect([await run(db, '2026-03-02 09:59'), await run(db, '2026-03-02 10:00')]).toEqual([0, 1])
  })
})

test('an outage costs only one message of its first batch an attempt', async ({ db }) => {
  await only(db)
  await buildGateway(db, { kind: 'mail', address: '' })
  const contact = { phone, email: 'man@example.vn' }
  for (let n = 0; n < 20; n++) await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact })
  await planDeliveries(at(db, morning))
  const last = await db.select().from(deliveries).orderBy(asc(deliveries.createdAt), asc(deliveries.id))
  const ids = last.map(({ id }) => id)
  const [probe, fresh, ...others] = ids as [string, string, ...string[]]
  await db
    .update(deliveries)
    .set({ attempts: 11 })
    .where(inArray(deliveries.id, [probe, ...others]))
  server.next(...ids.map(() => 'fail' as const))
  await run(db, morning)
  expect(server.received).toHaveLength(20)
  const after = await db.select().from(deliveries).orderBy(asc(deliveries.createdAt), asc(deliveries.id))
  // It was the last attempt of the first, which is planned for the next channel.
  expect(after.map(({ id, state }) => [id, state])).toEqual([
    [probe, 'waiting'],
    ...[fresh, ...others].map((id) => [id, 'queued']),
  ])
  await run(db, '2026-03-02 09:02')
  await run(db, '2026-03-02 09:03')
  const channels = await db
    .select({ id: deliveries.id, channel: deliveries.channel, state: deliveries.state })
    .from(deliveries)
  expect(channels.filter(({ channel, state }) => channel === 'sms' && state === 'sent')).toHaveLength(19)
  expect(mailbox.letters).toHaveLength(1)
})

describe('a message by mail', () => {
  test('has the same Message-ID in each attempt, and keeps the queue id of the server', async ({ db }) => {
    await only(db, { kind: 'mail' })
    const email = 'man@example.vn'
    const { report, delivery } = await buildTold(db, { at: hanoi(morning), channel: 'email', contact: { email } })
    mailbox.refuse(email, 1)
    expect(await run(db, morning)).toBe(0)
    expect(await stateOf(db, report.id)).toMatchObject({ state: 'queued', failure: 'mail_busy', status: '451' })
    expect(await run(db, '2026-03-02 09:02')).toBe(1)
    const [letter] = mailbox.letters
    expect(letter?.head.find((line) => /^message-id:/i.test(line))).toContain(`delivery-${delivery.id}@hanoi.gov.vn`)
    expect(letter?.subject).toBe(`Trả lời phản ánh ${report.code}`)
    expect(letter?.text).toContain(`https://desk.hanoi.gov.vn/phan-anh/${report.code}`)
    expect(letter?.html).toContain('lang="vi"')
    expect(await stateOf(db, report.id)).toMatchObject({ state: 'sent', channel: 'mail', status: '250' })
  })
})

test('a mail server that refuses the sender is down; one that refuses the address refuses the message', async ({
  db,
}) => {
  const { id } = await only(db, { kind: 'mail' })
  const email = 'man@example.vn'
  const { report } = await buildTold(db, { at: hanoi(morning), channel: 'email', contact: { email } })
  mailbox.refuse('traloi@hanoi.gov.vn', 1, '550 5.7.1 sender not allowed')
  await run(db, morning)
  expect(await stateOf(db, report.id)).toMatchObject({ state: 'queued', failure: 'mail_sender', status: '550' })
  mailbox.refuse(email, 1, '550 5.7.1 relaying denied')
  await run(db, '2026-03-02 09:02')
  expect(await stateOf(db, report.id)).toMatchObject({ state: 'queued', failure: 'mail_sender' })
  const [gateway] = await db.select().from(gateways).where(eq(gateways.id, id))
  expect(gateway?.lastFailure).toBe('mail_sender')
  mailbox.refuse(email, 1, '550 5.1.1 no such user')
  await run(db, '2026-03-02 09:06')
  await run(db, '2026-03-02 09:07')
  expect(await stateOf(db, report.id)).toMatchObject({ state: 'failed', tried: ['mail'] })
})

test('old messages are deleted with their attempts, except those with remaining work', async ({ db }) => {
  await only(db)
  const [sent, open, recent] = [
    await buildTold(db, { at: hanoi(morning), contact: { phone } }),
    await buildTold(db, { at: hanoi(morning), contact: { phone: '1022' } }),
    await buildTold(db, { at: hanoi('2026-03-04 09:00'), contact: { phone } }),
  ]
  await run(db, '2026-03-04 09:00')
  expect(await forgetDeliveries(at(db, '2027-03-03 09:00'))).toBe(1)
  const left = await db.select().from(deliveries)
  expect(left.map(({ id }) => id).sort()).toEqual([open.delivery.id, recent.delivery.id].sort())
  expect(await db.$count(deliveryAttempts, eq(deliveryAttempts.deliveryId, sent.delivery.id))).toBe(0)
})

describe('the program that sent the report', () => {
  test('gets a signed call with its reference and without personal data', async ({ db }) => {
    const client = await buildApiClient(db)
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    await only(db, { kind: 'app', clientId: client.id, plainSecret: secret })
    const other = await buildTold(db, { at: hanoi(morning), contact: { phone } })
    const source = { source: `client:${client.id}`, sourceKey: 'app-77' }
    const { report, delivery } = await buildTold(db, {
      at: hanoi(morning),
      contact: { phone, name: 'Lê Mận' },
      ...source,
    })
    expect(await run(db, morning)).toBe(1)
    const [call] = server.received
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      type: 'report.told',
      data: { kind: 'answer', code: report.code, reference: 'app-77' },
    })
    expect(call?.body).not.toMatch(/Mận|912/)
    expect(call?.headers).toMatchObject({ 'webhook-id': delivery.id, 'idempotency-key': delivery.id })
    expect(call?.headers['webhook-signature']).toMatch(/^v1,/)
    expect((await stateOf(db, other.report.id)).failure).toBe('no_channel')
  })

  test.for(['by the command', 'by hand'])('gets nothing more once its client is revoked %s', async (way, { db }) => {
    const client = await buildApiClient(db)
    const { id } = await only(db, { kind: 'app', clientId: client.id })
    await buildGateway(db, { kind: 'sms', address: server.address })
    const source = { contact: { phone }, source: `client:${client.id}` }
    const queued = await buildTold(db, { at: hanoi(morning), ...source })
    await planDeliveries(at(db, morning))
    expect(await stateOf(db, queued.report.id)).toMatchObject({ state: 'queued', channel: 'app' })
    const ctx = { ...at(db, morning), actor: await buildActor(db, 'admin') }
    if (way === 'by the command') {
      await revokeApiClient(ctx, { id: client.id, version: client.version })
      const [gateway] = await db.select().from(gateways).where(eq(gateways.id, id))
      expect(gateway).toMatchObject({ removedAt: hanoi(morning), secret: null })
    } else
      await db
        .update(apiClients)
        .set({ revokedAt: hanoi(morning) })
        .where(eq(apiClients.id, client.id))
    const later = await buildTold(db, { at: hanoi(morning), ...source })
    expect(await sendDeliveries(at(db, morning), id, out())).toBe(0)
    expect(await run(db, morning)).toBe(2)
    for (const { report } of [queued, later]) {
      expect(await stateOf(db, report.id)).toMatchObject({ state: 'sent', channel: 'sms' })
    }
    expect(server.received.every(({ body }) => body.includes('84912345678'))).toBe(true)
  })
})

describe('the reminder to rate', () => {
  test('is sent once, some days after the answer was delivered, and not after a rating', async ({ db }) => {
    await only(db)
    const [waits, rated] = [
      await buildTold(db, { at: hanoi(morning), contact: { phone } }),
      await buildTold(db, { at: hanoi(morning), contact: { phone } }),
    ]
    const unreached = await buildTold(db, { at: hanoi(morning), contact: { phone: '1022' } })
    await run(db, morning)
    await db.update(reports).set({ rating: 'satisfied', state: 'closed' }).where(eq(reports.id, rated.report.id))
    expect(await remindToRate(at(db, '2026-03-05 08:59'))).toBe(0)
    const runs = await Promise.all([1, 2, 3].map(() => remindToRate(at(db, '2026-03-05 09:00'))))
    expect(runs.reduce((sum, each) => sum + each, 0)).toBe(1)
    server.received.length = 0
    await run(db, '2026-03-05 09:01')
    expect(await remindToRate(at(db, '2026-03-06 09:00'))).toBe(0)
    expect(server.received.map(({ body }) => body.includes(waits.report.code))).toEqual([true])
    const kinds = await db.select().from(deliveries).where(eq(deliveries.kind, 'rating_reminder'))
    expect(kinds.map(({ reportId, state }) => [reportId, state])).toEqual([[waits.report.id, 'sent']])
    expect(await told(db, unreached.report.id, 'report.delivery_sent')).toEqual([])
  })

  test('is cancelled when a rating arrives meanwhile', async ({ db }) => {
    await only(db)
    const { report } = await buildTold(db, { at: hanoi(morning), contact: { phone } })
    await run(db, morning)
    await remindToRate(at(db, '2026-03-05 23:00'))
    await run(db, '2026-03-05 23:00')
    await db.update(reports).set({ rating: 'acceptable', state: 'closed' }).where(eq(reports.id, report.id))
    server.received.length = 0
    await run(db, '2026-03-06 07:00')
    await run(db, '2026-03-06 07:01')
    expect(server.received).toEqual([])
    const [reminder] = await db.select().from(deliveries).where(eq(deliveries.kind, 'rating_reminder'))
    expect(reminder?.state).toBe('cancelled')
  })
})

describe('the reminder to rate that was cancelled', () => {
  const late = '2026-03-05 23:00'
  /** A reminder in the quiet hours; the report is rated before their end. */
  async function cancelled(db: Database) {
    await only(db)
    const team = await buildTeam(db)
    const { report } = await buildTold(db, { at: hanoi(morning), contact: { phone }, agencyId: team.agency.id })
    await run(db, morning)
    await remindToRate(at(db, late))
    await run(db, late)
    const officer = { ...actingAt(db, team.dispatcher, '09:00'), now: () => hanoi('2026-03-06 06:59') }
    const { version } = report
    await rateReport(officer, { reportId: report.id, version, rating: 'satisfied', channel: 'hotline', words: '' })
    await run(db, '2026-03-06 07:00')
    await run(db, '2026-03-06 07:00')
    server.received.length = 0
    const reminderOf = async () =>
      (await db.select().from(deliveries).where(eq(deliveries.kind, 'rating_reminder')))[0]?.state
    return { report, officer, reminderOf }
  }

  test('is sent after all when the rating is taken back, once', async ({ db }) => {
    const { report, officer, reminderOf } = await cancelled(db)
    expect(await reminderOf()).toBe('cancelled')
    expect(await remindToRate(at(db, '2026-03-06 07:00'))).toBe(0)
    await takeBack(officer, { reportId: report.id, version: report.version + 1 })
    expect(await remindToRate(at(db, '2026-03-06 08:13'))).toBe(1)
    expect(await run(db, '2026-03-06 08:14')).toBe(1)
    expect(server.received[0]?.body).toContain(report.code)
    expect([await remindToRate(at(db, '2026-03-06 09:13')), await reminderOf()]).toEqual([0, 'sent'])
  })

  test('because it could not be sent stays cancelled', async ({ db }) => {
    await only(db)
    const { report } = await buildTold(db, { at: hanoi(morning), contact: { phone } })
    await run(db, morning)
    await db.update(reporters).set({ phone: '024 3825 1234' }).where(eq(reporters.reportId, report.id))
    expect(await remindToRate(at(db, '2026-03-05 10:00'))).toBe(1)
    await run(db, '2026-03-05 10:00')
    expect(await remindToRate(at(db, '2026-03-05 11:00'))).toBe(0)
  })
})

test('no number, name, text or link of a call or its answer is stored', async ({ db, sql }) => {
  await only(db)
  const planted = {
    name: 'Quách Thị Gieo',
    phone: '0987 654 321',
    email: 'gieo.hat@example.vn',
    address: '17 ngõ Gieo',
  }
  const { report } = await buildTold(db, { at: hanoi(morning), channel: 'hotline', contact: planted })
  server.next('fail', 'say_no')
  for (const minute of ['00', '02', '04']) await run(db, `2026-03-02 09:${minute}`)
  const texts: string[] = []
  for (const table of ['deliveries', 'delivery_attempts', 'gateways'])
    texts.push(...(await sql`select t::text as text from ${sql(table)} t`).map(({ text }) => String(text)))
  texts.push(
    ...(await sql`select details::text as text from events where report_id = ${report.id}`).map(({ text }) => text),
  )
  const all = texts.join('\n')
  for (const word of ['Gieo', '987654321', '987 654', 'gieo.hat', 'phan-anh', 'unknown subscriber'])
    expect([word, all.includes(word)]).toEqual([word, false])
})

/** A database that fails after the claim is committed, as if the process had died after the call. */
function failingAfterClaim(db: Database): Database {
  let transactions = 0
  return new Proxy(db, {
    get(target, key, receiver) {
      if (key !== 'transaction') return Reflect.get(target, key, receiver)
      return (...args: Parameters<Database['transaction']>) => {
        transactions += 1
        if (transactions > 1) throw new Error('killed')
        return target.transaction(...args)
      }
    },
  })
}
