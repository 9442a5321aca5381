import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { openMailbox } from '#db/factories/mailbox.ts'
import { unique } from '#db/factories/unique.ts'
import { accounts, events, webhooks } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { tellDisabled } from './commands/disable.ts'
import { changeWebhook, createWebhook, endWebhook, pauseWebhook, rotateSecret } from './commands/keep-webhooks.ts'
import { replayDeliveries, testWebhook } from './commands/replay.ts'
import { clientChoices, deliveryById, listDeliveries, listWebhooks, webhookById } from './queries/webhooks.ts'

const now = () => new Date('2026-03-02T02:00:00Z')
const wanted = (more: object = {}) => ({
  name: unique('Đối tác'),
  address: 'https://hook.example/desk',
  kinds: ['report.answered' as const],
  agencyId: null as string | null,
  clientId: null as string | null,
  ...more,
})

test('an administrator of an agency reaches the webhooks of that agency only', async ({ db }) => {
  const [ward, other] = [await buildAgency(db), await buildAgency(db)]
  const [admin, city] = [await buildActor(db, 'admin', ward), await buildActor(db, 'admin')]
  const [own, all] = [
    { db, actor: admin, now },
    { db, actor: city, now },
  ]
  for (const agencyId of [null, other.id]) {
    await expect(createWebhook(own, wanted({ agencyId }))).rejects.toMatchObject({ code: 'forbidden' })
  }
  const foreignClient = await buildApiClient(db, { agency: other })
  const withClient = wanted({ agencyId: ward.id, clientId: foreignClient.id })
  await expect(createWebhook(own, withClient)).rejects.toMatchObject({ code: 'not_found' })
  expect((await clientChoices(own)).map(({ id }) => id)).not.toContain(foreignClient.id)

  const mine = await createWebhook(own, wanted({ agencyId: ward.id }))
  const theirs = [await createWebhook(all, wanted()), await createWebhook(all, wanted({ agencyId: other.id }))]
  expect((await listWebhooks(own)).map(({ id }) => id)).toEqual([mine.id])
  for (const { id, version } of theirs) {
    const seen = { id, version }
    const notFound = { code: 'not_found' }
    await expect(webhookById(own, id)).rejects.toMatchObject(notFound)
    await expect(pauseWebhook(own, seen)).rejects.toMatchObject(notFound)
    await expect(endWebhook(own, seen)).rejects.toMatchObject(notFound)
    await expect(rotateSecret(own, { ...seen, overlapHours: 0 })).rejects.toMatchObject(notFound)
    await expect(testWebhook(own, seen)).rejects.toMatchObject(notFound)
    await expect(changeWebhook(own, { ...seen, ...wanted({ agencyId: ward.id }) })).rejects.toMatchObject(notFound)
    await expect(replayDeliveries(own, { webhookId: id, deliveryId: null })).rejects.toMatchObject(notFound)
    const page = { webhookId: id, state: null, kind: null }
    await expect(listDeliveries(own, page)).rejects.toMatchObject(notFound)
    await expect(deliveryById(own, { webhookId: id, id })).rejects.toMatchObject(notFound)
  }
})

test('the scope of a webhook never changes, and the log has the values before and after other changes', async ({
  db,
}) => {
  const [ward, client] = [await buildAgency(db), await buildApiClient(db)]
  const ctx = { db, actor: await buildActor(db, 'admin'), now }
  const secret = 'k3y-0f-the-receiver'
  const made = wanted({ name: unique('Zalo'), address: `https://old.example/${secret}`, clientId: client.id })
  const { id } = await createWebhook(ctx, made)
  const widened = { ...made, agencyId: ward.id, clientId: null }
  const next = { address: `https://new.example/${secret}`, kinds: ['report.received', 'report.rated'] as const }
  const change = (more: object, version: number) =>
    changeWebhook(ctx, { ...widened, ...next, kinds: [...next.kinds], id, version, ...more })
  expect(await change({}, 1)).toEqual({ id, version: 2 })
  expect(await change({}, 2)).toEqual({ id, version: 2 })
  expect(await change({ address: `https://new.example/v2/${secret}` }, 2)).toEqual({ id, version: 3 })
  expect(await webhookById(ctx, id)).toMatchObject({ agencyId: null, clientId: client.id, version: 3 })
  const told = await db.select().from(events).where(eq(events.subjectId, id)).orderBy(events.id)
  expect(told.map(({ details }) => details)).toEqual([
    {
      name: [null, made.name],
      address: [null, 'https://old.example'],
      kinds: [null, ['report.answered']],
      clientId: [null, client.id],
    },
    { address: ['https://old.example', 'https://new.example'], kinds: [['report.answered'], next.kinds] },
    { address: 'https://new.example' },
  ])
  expect(JSON.stringify(told)).not.toContain(secret)
})

test('an internal address and a name that is taken are refused when they are entered', async ({ db }) => {
  const ctx = { db, actor: await buildActor(db, 'admin'), now }
  for (const [address, reason] of [
    ['http://hook.example/', 'needs_https'],
    ['https://169.254.169.254/latest', 'address_not_allowed'],
    ['https://[::ffff:10.0.0.1]/', 'address_not_allowed'],
  ]) {
    await expect(createWebhook(ctx, wanted({ address }))).rejects.toMatchObject({
      code: 'webhook_address',
      details: { reason },
    })
  }
  const settings = wanted()
  const made = await createWebhook(ctx, settings)
  await expect(createWebhook(ctx, settings)).rejects.toMatchObject({ code: 'webhook_name_taken' })
  const stale = { id: made.id, version: made.version + 1, ...settings }
  await expect(changeWebhook(ctx, stale)).rejects.toMatchObject({ code: 'conflict' })
  await endWebhook(ctx, { id: made.id, version: made.version })
  await createWebhook(ctx, settings)
})

test('administrators who are responsible for a webhook get a letter when it stops', async ({ db }) => {
  const { url, letters, close } = await openMailbox()
  const settings = { mail: { url, from: 'desk@hanoi.example', domains: ['hanoi.example'] } }
  const appUrl = new URL('https://desk.hanoi.example')
  try {
    const ward = await buildAgency(db)
    const [admin, foreign] = [await buildActor(db, 'admin', ward), await buildActor(db, 'admin', await buildAgency(db))]
    for (const { id } of [admin, foreign]) {
      await db
        .update(accounts)
        .set({ email: `${id}@hanoi.example` })
        .where(eq(accounts.id, id))
    }
    const ctx = { db, actor: admin, now }
    const { id } = await createWebhook(ctx, wanted({ agencyId: ward.id, name: 'Tổng đài 1022' }))
    const tell = (accountId: string) => tellDisabled(ctx, { webhookId: id, accountId }, { ...settings, appUrl })
    expect(await tell(admin.id)).toBe(false)
    await db.update(webhooks).set({ state: 'disabled' }).where(eq(webhooks.id, id))
    expect([await tell(admin.id), await tell(foreign.id)]).toEqual([true, false])
    expect(letters).toHaveLength(1)
    expect(letters[0]?.subject).toBe('Webhook đã tự dừng: Tổng đài 1022')
    expect(letters[0]?.text).toContain(`https://desk.hanoi.example/admin/integrations/webhooks/${id}`)
  } finally {
    await close()
  }
})
