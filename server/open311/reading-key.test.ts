import { eq, like } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { apiClients, apiKeys } from '#db/schema/index.ts'
import { endReadingKeys, makeReadingKey } from '#server/api-clients/commands/keep-clients.ts'
import { test, xmlIn } from '#server/http/testing/open311-desk.ts'
import { formWith, partner, photoOf } from '#server/http/testing/open311-partner.ts'
import { log } from '#server/platform/log.ts'
import { revokeApiClient } from '#server/webhooks/commands/revoke-client.ts'

/** A partner that has sent a report, and the address that it may read by. */
async function reader(db: Database, post: (key: string, sent: Record<string, string>) => Promise<unknown>) {
  const mine = await partner(db)
  await post(mine.key, mine.sent)
  const [report] = await mine.reportsOf()
  const admin = { db, actor: await buildActor(db, 'admin'), now: () => new Date() }
  const seen = async () => {
    const [row] = await db.select({ version: apiClients.version }).from(apiClients).where(eq(apiClients.id, mine.id))
    return { id: mine.id, version: row?.version ?? 0 }
  }
  const make = async () => makeReadingKey(admin, { ...(await seen()), overlapHours: 0, keyDays: 30 })
  return { ...mine, admin, seen, make, code: report?.code ?? '' }
}

test('a program that sends no key reads its own reports by the key in the address, and nothing else', async ({
  desk,
  db,
}) => {
  const { make, code, key, sent, reportsOf } = await reader(db, desk.post)
  const [other, { key: reading }] = [await reader(db, desk.post), await make()]
  expect(reading).toMatch(/^ihr_/)
  expect(await db.$count(apiKeys, like(apiKeys.hash, `%${reading}%`))).toBe(0)
  const endpoint = `/open311/v2/k/${reading}`
  const own = await desk.send(`${endpoint}/requests.xml`)
  expect([own.status, own.headers.get('referrer-policy'), own.headers.get('cache-control')]).toEqual([
    ...[200, 'no-referrer', 'no-store'],
  ])
  expect(xmlIn(own.text)).toMatchObject({ service_requests: { request: { service_request_id: code } } })
  expect(own.headers.get('ratelimit-limit')).toBe('6000')
  const statusOf = async (path: string, init?: RequestInit) => (await desk.send(`${endpoint}${path}`, init)).status
  expect(await statusOf(`/requests/${code}.json`)).toBe(200)
  expect(await statusOf(`/requests/${other.code}.json`)).toBe(404)
  expect(await statusOf('/servicerequestupdates.json')).toBe(200)
  const pictured = await desk.send('/open311/v2/requests.json', {
    method: 'POST',
    body: formWith({ ...sent, api_key: key }, await photoOf()),
  })
  const [{ service_request_id: withPhoto } = {}] = pictured.json()
  const [{ media_url: photo } = {}] = (await desk.send(`${endpoint}/requests/${withPhoto}.json`)).json()
  expect(photo).not.toContain(reading)
  const path = new URL(String(photo)).pathname.replace('/open311/v2', '')
  expect([await statusOf(path), (await fetch(String(photo))).status]).toEqual([200, 403])
  const [{ url }] = JSON.parse((await desk.send(`${endpoint}/discovery.json`)).text).endpoints
  expect(url).toBe(`${desk.origin}${endpoint}`)

  // It sends nothing; the endpoint takes what comes with the other key, as programs have one endpoint for both.
  const body = new URLSearchParams({ ...sent, api_key: reading })
  expect(await statusOf('/requests.json', { method: 'POST', body: new URLSearchParams(sent) })).toBe(403)
  expect(await statusOf('/requests.json', { method: 'POST', body })).toBe(403)
  const about = new URLSearchParams({ service_request_id: code, description: 'Vẫn còn' })
  expect(await statusOf('/servicerequestupdates.json', { method: 'POST', body: about })).toBe(403)
  expect(await reportsOf()).toHaveLength(2)
  body.set('api_key', key)
  expect(await statusOf('/requests.json', { method: 'POST', body })).toBe(200)
  for (const [path, status] of [
    ['/open311/v2/requests.json', 403],
    ['/api/v1/reports', 401],
  ] as const)
    expect([path, (await desk.send(path, { headers: { 'x-api-key': reading } })).status]).toEqual([path, status])
})

test('a key in the address that is wrong, ended or of another use is refused in the form of the standard', async ({
  desk,
  db,
}) => {
  const { make, seen, admin, key } = await reader(db, desk.post)
  const [first, second] = [await make(), await make()]
  const refusal = { errors: { error: { code: '403', description: expect.stringContaining('api_key') } } }
  const read = async (used: string) => {
    const { status, text } = await desk.send(`/open311/v2/k/${used}/requests.xml`)
    return status === 200 ? 200 : xmlIn(text)
  }
  // The first was replaced without an overlap.
  expect(await read(second.key)).toBe(200)
  for (const wrong of [first.key, `${second.key.slice(0, -4)}AAAA`, key, 'x'])
    expect([wrong, await read(wrong)]).toMatchObject([wrong, refusal])
  await endReadingKeys(admin, await seen())
  expect(await read(second.key)).toMatchObject(refusal)
  expect((await desk.get('requests.json', key)).status).toBe(200)
  const third = await make()
  expect(await read(third.key)).toBe(200)
  await revokeApiClient(admin, await seen())
  expect(await read(third.key)).toMatchObject(refusal)
})

test('no line of the log has a key of an address', async ({ desk, db }) => {
  const { make } = await reader(db, desk.post)
  const { key } = await make()
  const lines = [vi.spyOn(log, 'info'), vi.spyOn(log, 'warn'), vi.spyOn(log, 'error')]
  for (const path of ['requests.json', 'requests/none.json', 'discovery.xml', 'nothing'])
    await desk.send(`/open311/v2/k/${key}/${path}`)
  // The line is written when the connection has taken the answer.
  await vi.waitFor(() => expect(lines[0]?.mock.calls.length).toBeGreaterThanOrEqual(4))
  const written = JSON.stringify(lines.flatMap(({ mock }) => mock.calls))
  expect(written).toContain('/open311/v2/k/*/requests.json')
  expect(written).not.toContain(key.slice(0, 12))
  for (const line of lines) line.mockRestore()
})
