import { randomUUID } from 'node:crypto'
import { and, desc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { buildCitizenLink } from '#db/factories/citizen-links.ts'
import { buildTold } from '#db/factories/deliveries.ts'
import { buildSession } from '#db/factories/sessions.ts'
import {
  accounts,
  citizenLinks,
  deliveries,
  disclosures,
  events,
  gateways,
  reportAnswers,
  reporters,
} from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { unseal } from '#server/platform/sealed-text.ts'
import { addressLetter } from './commands/address-letter.ts'
import { correctContact, markPosted, markTold, sendAgain, sendBy } from './commands/handle-delivery.ts'
import { changeGateway, createGateway, pauseGateway, removeGateway, replaceSecret } from './commands/keep-gateways.ts'
import { planDeliveries } from './commands/plan-deliveries.ts'
import { testGateway } from './commands/test-gateway.ts'
import { listGateways } from './queries/gateways.ts'
import { letterOf } from './queries/letter.ts'
import { deliveryLog } from './queries/log.ts'
import { readPlanned } from './queries/reached.ts'
import { undelivered } from './queries/undelivered.ts'
import { noDeliveryFilter } from './rules/filters.ts'
import { createGatewayInput } from './rules/schemas.ts'
import { sealingOf } from './senders/sender.ts'
import { type GatewayServer, openGatewayServer } from './testing/gateway-server.ts'
import { buildGateway } from './testing/gateways.ts'

let server: GatewayServer
beforeAll(async () => {
  server = await openGatewayServer()
})
afterAll(() => server.close())

const at = (db: Database, actor: Actor) => ({ db, actor, now: () => hanoi('2026-03-02 10:00') })
type Contact = NonNullable<Parameters<typeof buildTold>[1]['contact']>

/** A delivery that no gateway can send, and a dispatcher of the city. */
async function stuck(db: Database, contact: Contact = { phone: '024 3825 1234' }) {
  await db.update(gateways).set({ removedAt: new Date() })
  await buildGateway(db, { kind: 'sms' })
  const dispatcher = await buildActor(db, 'dispatcher')
  const { report, delivery } = await buildTold(db, { at: hanoi('2026-03-02 09:59'), channel: 'hotline', contact })
  await planDeliveries(at(db, dispatcher))
  const [planned] = await db.select().from(deliveries).where(eq(deliveries.id, delivery.id))
  return { dispatcher, report, delivery: planned as typeof delivery }
}
const now = async (db: Database, id: string) =>
  (await db.select().from(deliveries).where(eq(deliveries.id, id)))[0] as typeof deliveries.$inferSelect
const lastEvent = async (db: Database, reportId: number) =>
  (await db.select().from(events).where(eq(events.reportId, reportId)).orderBy(desc(events.id)).limit(1))[0]

describe('what did not reach its reporter', () => {
  test('is listed for intake within the scope of the account, without contacts', async ({ db }) => {
    const { dispatcher, report, delivery } = await stuck(db, { phone: '024 3825 1234', name: 'Quách Gieo' })
    const { deliveries: listed } = await undelivered(at(db, dispatcher), null)
    const mine = listed.find(({ id }) => id === delivery.id)
    expect(mine).toMatchObject({ code: report.code, state: 'failed', failure: 'no_channel', kind: 'answer' })
    expect(JSON.stringify(listed)).not.toMatch(/Gieo|3825/)
    const { actor: local } = await buildAccount(db, { agency: await buildAgency(db), roles: ['dispatcher'] })
    const others = await undelivered(at(db, local), null)
    expect(others.deliveries.map(({ id }) => id)).not.toContain(delivery.id)
    const act = sendAgain(at(db, local), delivery)
    await expect(act).rejects.toThrow('not_found')
  })

  test('is sent again after a corrected contact; the log has its kind but not its value', async ({ db }) => {
    const { dispatcher, report, delivery } = await stuck(db)
    const input = { id: delivery.id, version: delivery.version, phone: '0987 654 321', email: '', address: '' }
    await buildCitizenLink(db, report.id)
    await correctContact(at(db, dispatcher), input)
    // Someone with the wrong number may have the old link.
    const links = await db.select().from(citizenLinks).where(eq(citizenLinks.reportId, report.id))
    expect(links.map(({ revokedAt }) => revokedAt)).toEqual([hanoi('2026-03-02 10:00')])
    const [known] = await db.select().from(reporters).where(eq(reporters.reportId, report.id))
    expect(known?.phone).toBe('0987 654 321')
    const event = await lastEvent(db, report.id)
    expect(event).toMatchObject({ event: 'report.contact_corrected', details: { corrected: ['phone'] } })
    expect(JSON.stringify(event)).not.toMatch(/987\D*654/)
    await planDeliveries(at(db, dispatcher))
    expect(await now(db, delivery.id)).toMatchObject({ state: 'queued', channel: 'sms' })
    // The receiver must not treat it as a repetition of the message to the wrong number.
    const [planned] = await readPlanned(db, sql`d.id = ${delivery.id}::uuid`)
    expect(planned?.key).not.toBe(delivery.id)
    expect(planned?.key.startsWith(delivery.id)).toBe(true)
  })

  test('becomes a letter without another channel; its addressee needs a reason', async ({ db }) => {
    const contact = { name: 'Lê Thị Mận', address: '5 phố Hàng Bài' }
    const { dispatcher, report, delivery } = await stuck(db, contact)
    expect(delivery.state).toBe('letter')
    const letter = await letterOf(at(db, dispatcher), delivery.id)
    expect(letter).toMatchObject({ code: report.code, subject: 'trả lời phản ánh, kiến nghị' })
    expect(JSON.stringify(letter)).not.toMatch(/Mận|Hàng Bài 5|5 phố/)
    const [account] = await db
      .select()
      .from(accounts)
      .where(eq(accounts.id, dispatcher.id ?? ''))
    const session = await buildSession(db, account?.username ?? '', hanoi('2026-03-02 10:00'))
    const reading = { id: delivery.id, reason: 'In thư trả lời gửi công dân' }
    expect(await addressLetter(at(db, dispatcher), session.id, reading)).toEqual(contact)
    const looks = await db
      .select()
      .from(disclosures)
      .where(eq(disclosures.accountId, dispatcher.id ?? ''))
    expect(looks).toMatchObject([{ purpose: 'reveal', reason: reading.reason, persons: 1 }])
    await markPosted(at(db, dispatcher), delivery)
    expect(await now(db, delivery.id)).toMatchObject({ state: 'posted', channel: 'letter', settledById: dispatcher.id })
    await expect(markPosted(at(db, dispatcher), await now(db, delivery.id))).rejects.toThrow('delivery_not_open')
  })

  test('is no letter any more once a newer answer was issued, or the answer was withdrawn', async ({ db }) => {
    const contact = { name: 'Lê Thị Mận', address: '5 phố Hàng Bài' }
    const { dispatcher, report, delivery } = await stuck(db, contact)
    const [answerId, at9] = [randomUUID(), hanoi('2026-03-02 09:59')]
    const other = await buildTold(db, { at: at9, channel: 'hotline', contact, details: { kind: 'answer', answerId } })
    const answer = { id: answerId, reportId: other.report.id, authorId: dispatcher.id ?? '', createdAt: at9 }
    await db.insert(reportAnswers).values({ ...answer, what: 'Đã vá ổ gà', outcome: 'fixed', status: 'sent' })
    await planDeliveries(at(db, dispatcher))
    const withdrawn = await now(db, other.delivery.id)
    const isObsolete = async (id: string) => (await letterOf(at(db, dispatcher), id)).isObsolete
    expect([await isObsolete(delivery.id), await isObsolete(withdrawn.id)]).toEqual([false, false])
    const answered = { event: 'report.answer_sent', subjectKind: 'report', actorKind: 'robot' } as const
    const later = { at: hanoi('2026-03-02 10:00'), reportId: report.id, details: { kind: 'answer' } }
    await db.insert(events).values({ ...answered, ...later })
    await db.update(reportAnswers).set({ status: 'withdrawn' }).where(eq(reportAnswers.id, answerId))
    for (const { id, version } of [delivery, withdrawn]) {
      expect(await letterOf(at(db, dispatcher), id)).toMatchObject({ isObsolete: true, what: '' })
      const reading = { id, reason: 'In thư trả lời gửi công dân' }
      await expect(addressLetter(at(db, dispatcher), null, reading)).rejects.toThrow('delivery_obsolete')
      await expect(markPosted(at(db, dispatcher), { id, version })).rejects.toThrow('delivery_obsolete')
      await expect(sendAgain(at(db, dispatcher), { id, version })).rejects.toThrow('delivery_obsolete')
    }
    await planDeliveries(at(db, dispatcher))
    expect([(await now(db, delivery.id)).state, (await now(db, withdrawn.id)).state]).toEqual([
      'cancelled',
      'cancelled',
    ])
    expect(await isObsolete(delivery.id)).toBe(true)
  })

  test('is recorded as told in person once; a second attempt is a conflict', async ({ db }) => {
    const { dispatcher, report, delivery } = await stuck(db)
    const told = { id: delivery.id, version: delivery.version, note: 'Gọi lúc 10 giờ' }
    const both = await Promise.allSettled([markTold(at(db, dispatcher), told), markTold(at(db, dispatcher), told)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await lastEvent(db, report.id)).toMatchObject({
      event: 'report.delivery_told',
      actorId: dispatcher.id,
      details: { told: 'answer', note: 'Gọi lúc 10 giờ' },
    })
  })

  test('uses the channel that staff choose, if it has a gateway and a contact', async ({ db }) => {
    const { dispatcher, delivery } = await stuck(db, { phone: '0912345678', email: 'man@example.vn' })
    await db.update(deliveries).set({ state: 'failed', failure: 'timeout' }).where(eq(deliveries.id, delivery.id))
    const by = (channel: 'mail' | 'letter' | 'sms') => sendBy(at(db, dispatcher), { ...delivery, channel })
    await expect(by('mail')).rejects.toThrow('delivery_no_gateway')
    await expect(by('letter')).rejects.toThrow('delivery_no_contact')
    await by('sms')
    await planDeliveries(at(db, dispatcher))
    expect(await now(db, delivery.id)).toMatchObject({ state: 'queued', channel: 'sms', chosen: 'sms' })
    // A delivery that a gateway may be sending now must not be sent twice.
    await expect(sendAgain(at(db, dispatcher), await now(db, delivery.id))).rejects.toThrow('delivery_not_open')
  })
})

const fields = {
  kind: 'sms' as const,
  name: 'SMS thử',
  clientId: null,
  method: 'POST' as const,
  format: 'json' as const,
  headers: 'Authorization: Bearer {{secret}}',
  body: '{"to":"{{phone}}","m":"{{text}}"}',
  acceptedField: 'status',
  acceptedValue: 'OK',
  refusedValues: '',
  receiptField: 'data.id',
  receiptNumberField: '',
  receiptStateField: '',
  deliveredValues: '',
  undeliveredValues: '',
  withoutAccents: true,
  perMinute: 60,
}

describe('a gateway', () => {
  test('is managed by administrators of the city; its secret is encrypted and never shown', async ({ db }) => {
    await db.update(gateways).set({ removedAt: new Date() })
    const admin = await buildActor(db, 'admin')
    const local = { ...admin, grants: admin.grants.map((grant) => ({ ...grant, cityWide: false })) }
    const input = { ...fields, address: server.address, secret: 'rất bí mật' }
    await expect(createGateway(at(db, local), input)).rejects.toThrow('forbidden')
    await expect(listGateways(at(db, local))).rejects.toThrow('forbidden')
    await expect(deliveryLog(at(db, local), noDeliveryFilter, null)).rejects.toThrow('forbidden')
    const made = await createGateway(at(db, admin), input)
    await expect(createGateway(at(db, admin), input)).rejects.toThrow('gateway_kind_taken')
    const [row] = await db.select().from(gateways).where(eq(gateways.id, made.id))
    expect(row?.secret).not.toContain('bí mật')
    expect(unseal(row?.secret ?? '', sealingOf(made.id))).toBe('rất bí mật')
    const renamed = await changeGateway(at(db, admin), { ...input, ...made, name: 'SMS khác' })
    const body = '{"to":"{{phone}}","m":"{{text}}","ApiKey":"lộ bí mật"}'
    const moved = { ...input, ...renamed, body, address: 'https://elsewhere.example/?key=bí-mật' }
    const elsewhere = await changeGateway(at(db, admin), moved)
    // A secret is only sent to the host for which it was entered.
    expect(await listGateways(at(db, admin))).toMatchObject([{ secrets: [{ name: null, isSet: false }] }])
    const tried = await testGateway(at(db, admin), { ...elsewhere, to: '0987 654 321' })
    expect(tried).toEqual({ outcome: 'temporary', failure: 'secret_lost', status: null })
    const replaced = await replaceSecret(at(db, admin), { id: made.id, version: elsewhere.version, secret: 'mới' })
    const written = await db
      .select()
      .from(events)
      .where(and(eq(events.subjectKind, 'gateway'), eq(events.subjectId, made.id)))
    expect(written.map(({ event }) => event)).toEqual([
      'gateway.created',
      'gateway.changed',
      'gateway.changed',
      'gateway.tested',
      'gateway.secret_replaced',
    ])
    expect(JSON.stringify(written)).not.toMatch(/bí.mật|mới"/)
    const paused = await pauseGateway(at(db, admin), { id: made.id, version: replaced.version })
    await removeGateway(at(db, admin), paused)
    expect(await listGateways(at(db, admin))).toEqual([])
  })

  test('may need several secrets by name, which only its own host gets', async ({ db }) => {
    await db.update(gateways).set({ removedAt: new Date() })
    const admin = await buildActor(db, 'admin')
    const headers = 'Authorization: Bearer {{secret}}\nX-Key: {{secret.key}}'
    const body = '{"to":"{{phone}}","m":"{{text}}","user":"{{ secret.user }}"}'
    const input = { ...fields, headers, body, address: server.address }
    const typed = { key: 'bí mật K', user: 'bí mật U', other: 'bí mật O' }
    const made = await createGateway(at(db, admin), { ...input, secret: 'bi mat S', namedSecrets: typed })
    const rowOf = async () => (await db.select().from(gateways).where(eq(gateways.id, made.id)))[0]
    const stored = (await rowOf())?.namedSecrets ?? {}
    expect(Object.keys(stored).sort()).toEqual(['key', 'user'])
    expect(JSON.stringify(stored)).not.toContain('bí mật')
    // Each is bound to its gateway and name.
    expect([
      unseal(stored.key ?? '', sealingOf(made.id, 'key')),
      unseal(stored.key ?? '', sealingOf(made.id, 'user')),
    ]).toEqual(['bí mật K', null])
    const settings = { mail: undefined, appUrl: undefined, calls: { internal: ['127.0.0.1'] } }
    const send = (version: number) => testGateway(at(db, admin), { id: made.id, version, to: '0987 654 321' }, settings)
    server.received.length = 0
    expect((await send(made.version)).outcome).toBe('accepted')
    const [call] = server.received
    expect(JSON.parse(call?.body ?? '').user).toBe('bí mật U')
    expect(call?.headers.authorization).toBe('Bearer bi mat S')

    const key = { id: made.id, version: made.version, name: 'key', secret: 'khoa moi' }
    const replaced = await replaceSecret(at(db, admin), key)
    await expect(replaceSecret(at(db, admin), { ...key, ...replaced, name: 'other' })).rejects.toThrow('not_found')
    await send(replaced.version)
    expect(server.received.at(-1)?.headers['x-key']).toBe('khoa moi')
    const listed = (set: boolean) => [null, 'key', 'user'].map((name) => ({ name, isSet: set }))
    const rows = await listGateways(at(db, admin))
    expect(rows).toMatchObject([{ secrets: listed(true) }])
    expect(JSON.stringify(rows)).not.toContain(stored.user)

    const elsewhere = { ...input, ...replaced, address: 'https://elsewhere.example/send' }
    const moved = await changeGateway(at(db, admin), elsewhere)
    expect(await rowOf()).toMatchObject({ secret: null, namedSecrets: {} })
    expect(await listGateways(at(db, admin))).toMatchObject([{ secrets: listed(false) }])
    server.received.length = 0
    const back = await changeGateway(at(db, admin), { ...input, ...moved })
    const partly = await replaceSecret(at(db, admin), { id: made.id, version: back.version, secret: 'khoa' })
    expect(await send(partly.version)).toMatchObject({ failure: 'secret_lost' })
    expect(server.received).toEqual([])
    const written = await db.select().from(events).where(eq(events.subjectId, made.id))
    expect(written.map(({ details }) => details)).toContainEqual({ secretName: 'key' })
    expect(JSON.stringify(written)).not.toMatch(/bí mật|bi mat|khoa/)
  })

  test('is tested with a number of the administrator, which no log contains', async ({ db }) => {
    await db.update(gateways).set({ removedAt: new Date() })
    const admin = await buildActor(db, 'admin')
    const made = await createGateway(at(db, admin), { ...fields, address: server.address, secret: 'khóa' })
    const out = { mail: undefined, appUrl: undefined, calls: { internal: ['127.0.0.1'] } }
    const send = (to: string) => testGateway(at(db, admin), { ...made, to }, out)
    await expect(send('1022')).rejects.toThrow('gateway_test_phone')
    expect(await send('0987 654 321')).toEqual({ outcome: 'accepted', status: '200', receipt: 'SM-42' })
    server.next('login')
    expect(await send('0987 654 321')).toMatchObject({ outcome: 'temporary', failure: 'not_accepted', status: '401' })
    expect(await listGateways(at(db, admin))).toMatchObject([{ health: expect.stringMatching(/working|failing/) }])
    const written = await db.select().from(events).where(eq(events.subjectId, made.id))
    expect(written.filter(({ event }) => event === 'gateway.tested')).toHaveLength(2)
    // Identifiers and seals may have these digits too, but not so many of them in a row.
    expect(JSON.stringify(written)).not.toMatch(/987\D*654/)
  })

  test('of the program of a partner gets a signing secret that is shown once', async ({ db }) => {
    const [admin, client] = [await buildActor(db, 'admin'), await buildApiClient(db)]
    const app = { ...fields, kind: 'app' as const, clientId: client.id, address: server.address, secret: '' }
    const made = await createGateway(at(db, admin), app)
    expect(made.signingSecret).toMatch(/^whsec_/)
    const again = await replaceSecret(at(db, admin), { id: made.id, version: made.version, secret: '' })
    expect(again.signingSecret).toMatch(/^whsec_/)
    expect(again.signingSecret).not.toBe(made.signingSecret)
  })

  test('is refused with a template that cannot be filled', () => {
    const problems = (change: object) =>
      createGatewayInput
        .safeParse({ ...fields, address: 'https://sms.example', secret: '', ...change })
        .error?.issues.map(({ path, message }) => [path[0], message])
    expect(problems({})).toBeUndefined()
    expect(problems({ body: '{"m":"{{text}}"}' })).toEqual([['body', 'template_to']])
    expect(problems({ headers: 'X: {{secret.constructor}}{{secret.a_1}}' })).toBeUndefined()
    expect(problems({ headers: 'X: {{secret.A}}' })).toEqual([['body', 'template_unknown']])
    const many = Array.from({ length: 11 }, (_, n) => `{{secret.s${n}}}`).join('')
    expect(problems({ headers: `X: ${many}` })).toEqual([['body', 'template_secrets']])
    expect(problems({ headers: 'Host: evil' })).toEqual([['headers', 'template_header']])
    expect(problems({ address: 'sms.example' })).toEqual([['address', 'not_an_address']])
    expect(problems({ kind: 'app' })).toEqual([['clientId', 'required']])
  })
})
