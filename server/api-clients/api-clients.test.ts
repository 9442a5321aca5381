import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { unique } from '#db/factories/unique.ts'
import { apiKeys } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { mayUse, permissionNames } from '#server/accounts/rules/permissions.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { recordEvent } from '#server/events/commands.ts'
import { listEvents } from '#server/events/queries.ts'
import { noEventFilter } from '#server/events/rules/filters.ts'
import { isVisible } from '#server/reports/rules/scope.ts'
import { revokeApiClient } from '#server/webhooks/commands/revoke-client.ts'
import { clientWithKey } from './authenticate.ts'
import { changeApiClient, createApiClient, rotateApiKey } from './commands/keep-clients.ts'
import { listApiClients } from './queries/clients.ts'
import { actorOf } from './rules/api-client.ts'
import { changeClientInput, createClientInput } from './rules/schemas.ts'

const monday = hanoi('2026-03-02 09:00')
const at = (time: string) => () => hanoi(time)

const wanted = (agencyId: string, more: object = {}) =>
  createClientInput.parse({
    name: unique('Tổng đài'),
    agencyId,
    channel: 'hotline',
    permissions: ['submit_reports', 'follow_reports'],
    requestsPerMinute: 60,
    reportsPerDay: 500,
    keyDays: 30,
    ...more,
  })

test('a key is shown once, and the database has only its hash', async ({ db, sql }) => {
  const [city, actor] = [await buildCity(db), await buildActor(db, 'admin')]
  const made = await createApiClient({ db, actor, now: () => monday }, wanted(city.id))
  expect(made.key).toMatch(/^ihd_[0-9a-f]{8}_[\w-]{43}$/)
  expect(made.key.startsWith(made.prefix)).toBe(true)
  const secret = made.key.slice(made.prefix.length + 1)
  for (const table of ['api_keys', 'api_clients', 'events']) {
    const [found] = await sql`select count(*)::int as n from ${sql(table)} t where t::text like ${`%${secret}%`}`
    expect([table, found?.n]).toEqual([table, 0])
  }
  expect(await clientWithKey(db, made.key, monday)).toMatchObject({
    id: made.id,
    channel: 'hotline',
    agencyId: city.id,
  })
  for (const wrong of [`${made.key.slice(0, -1)}${made.key.endsWith('A') ? 'B' : 'A'}`, made.prefix, '', 'ihd_'])
    expect([wrong, await clientWithKey(db, wrong, monday)]).toEqual([wrong, null])
  expect(await clientWithKey(db, made.key, made.expiresAt)).toBeNull()
})

test('a replaced key stays valid for the set time and no longer than it was', async ({ db }) => {
  const [city, actor] = [await buildCity(db), await buildActor(db, 'admin')]
  const old = await createApiClient({ db, actor, now: () => monday }, wanted(city.id, { keyDays: 2 }))
  const rotated = await rotateApiKey(
    { db, actor, now: () => monday },
    { id: old.id, version: old.version, overlapHours: 24, keyDays: 30 },
  )
  expect(await clientWithKey(db, old.key, hanoi('2026-03-03 08:59'))).not.toBeNull()
  expect(await clientWithKey(db, old.key, hanoi('2026-03-03 09:00'))).toBeNull()
  expect(await clientWithKey(db, rotated.key, hanoi('2026-03-03 09:00'))).not.toBeNull()
  const again = await rotateApiKey(
    { db, actor, now: at('2026-03-03 10:00') },
    { id: old.id, version: rotated.version, overlapHours: 168, keyDays: 30 },
  )
  const ends = await db.select().from(apiKeys).where(eq(apiKeys.clientId, old.id)).orderBy(apiKeys.createdAt)
  expect(ends[0]?.expiresAt).toEqual(hanoi('2026-03-03 09:00'))
  const stale = { id: old.id, version: rotated.version, overlapHours: 0, keyDays: 30 }
  await expect(rotateApiKey({ db, actor, now: () => monday }, stale)).rejects.toMatchObject({ code: 'conflict' })
  await revokeApiClient({ db, actor, now: at('2026-03-03 11:00') }, { id: old.id, version: again.version })
  for (const { key } of [old, rotated, again])
    expect(await clientWithKey(db, key, hanoi('2026-03-03 11:00'))).toBeNull()
  const listed = (await listApiClients({ db, actor, now: at('2026-03-03 11:00') })).find(({ id }) => id === old.id)
  expect(listed).toMatchObject({ health: 'revoked', keys: [] })
})

test('changed permissions apply to the next request; the keys stay valid, and the log has each change', async ({
  db,
}) => {
  const [city, actor] = [await buildCity(db), await buildActor(db, ['admin', 'auditor'])]
  const ctx = { db, actor, now: () => monday }
  const made = await createApiClient(ctx, wanted(city.id))
  const terms = changeClientInput.parse({
    ...{ id: made.id, version: made.version, name: unique('Tổng đài'), permissions: ['follow_reports'] },
    ...{ requestsPerMinute: 60, reportsPerDay: 20, extendedStatuses: true },
  })
  const changed = await changeApiClient(ctx, terms)
  const { id: _, version: __, ...held } = terms
  expect(await clientWithKey(db, made.key, monday)).toMatchObject(held)
  const { entries } = await listEvents({ db, actor }, { ...noEventFilter, subject: made.id }, null)
  expect(entries[0]).toMatchObject({ event: 'api_client.changed' })
  expect(JSON.stringify(entries[0])).toContain('"reportsPerDay"')
  expect(JSON.stringify(entries[0])).not.toContain('"requestsPerMinute"')
  expect(await changeApiClient(ctx, { ...terms, version: changed.version })).toEqual(changed)
  await expect(changeApiClient(ctx, terms)).rejects.toMatchObject({ code: 'conflict' })
  const other = await createApiClient(ctx, wanted(city.id))
  const taken = { ...terms, id: other.id, version: other.version }
  await expect(changeApiClient(ctx, taken)).rejects.toMatchObject({ code: 'api_client_name_taken' })
  const elsewhere = await buildActor(db, 'admin', await buildAgency(db))
  const reach = changeApiClient({ ...ctx, actor: elsewhere }, { ...terms, version: changed.version })
  await expect(reach).rejects.toMatchObject({ code: 'not_found' })
  const revoked = await revokeApiClient(ctx, changed)
  await expect(changeApiClient(ctx, { ...terms, version: revoked.version })).rejects.toMatchObject({
    code: 'api_client_revoked',
  })
})

test('the last use is recorded, at most once a minute', async ({ db }) => {
  const [city, actor] = [await buildCity(db), await buildActor(db, 'admin')]
  const { id, key } = await createApiClient({ db, actor, now: () => monday }, wanted(city.id))
  const used = async () => (await listApiClients({ db, actor, now: () => monday })).find((each) => each.id === id)
  expect((await used())?.lastUsedAt).toBeNull()
  for (const [time, seen] of [
    ['2026-03-02 09:00', '2026-03-02 09:00'],
    ['2026-03-02 09:00:59', '2026-03-02 09:00'],
    ['2026-03-02 09:01', '2026-03-02 09:01'],
  ] as const) {
    await clientWithKey(db, key, hanoi(time))
    expect((await used())?.lastUsedAt).toEqual(hanoi(seen))
  }
})

test('an administrator of an agency reaches the clients of that agency only', async ({ db }) => {
  const [ward, other] = [await buildAgency(db), await buildAgency(db)]
  const [admin, city] = [await buildActor(db, 'admin', ward), await buildActor(db, 'admin')]
  const now = () => monday
  await expect(createApiClient({ db, actor: admin, now }, wanted(other.id))).rejects.toMatchObject({
    code: 'forbidden',
  })
  const own = await createApiClient({ db, actor: admin, now }, wanted(ward.id))
  const theirs = await createApiClient({ db, actor: city, now }, wanted(other.id))
  expect((await listApiClients({ db, actor: admin, now })).map(({ id }) => id)).toEqual([own.id])
  const seen = { id: theirs.id, version: 1 }
  await expect(revokeApiClient({ db, actor: admin, now }, seen)).rejects.toMatchObject({ code: 'not_found' })
  const taken = wanted(ward.id, { name: (await listApiClients({ db, actor: admin, now }))[0]?.name })
  await expect(createApiClient({ db, actor: admin, now }, taken)).rejects.toMatchObject({
    code: 'api_client_name_taken',
  })
})

test('a client holds no permission of staff, sees no report by their scope, and stands in the log by its name', async ({
  db,
}) => {
  const [city, admin] = [await buildCity(db), await buildActor(db, ['admin', 'auditor'])]
  const client = wanted(city.id)
  const { id } = await createApiClient({ db, actor: admin, now: () => monday }, client)
  const actor: Actor = actorOf({ id, name: client.name })
  expect(permissionNames.filter((permission) => mayUse(actor, permission))).toEqual([])
  const report = await buildReport(db, { state: 'awaiting_intake' })
  expect(isVisible(actor, { agencyId: null, heldBy: [] })).toBe(false)
  await recordEvent(
    db,
    { actor, now: () => monday, requestId: randomUUID() },
    { event: 'report.received', subject: { kind: 'report', id: report.id }, to: 'awaiting_intake', version: 1 },
  )
  const { entries } = await listEvents({ db, actor: admin }, { ...noEventFilter, actorKind: 'api_client' }, null)
  expect(entries.map(({ actor: who }) => who?.name)).toEqual([client.name])
})
