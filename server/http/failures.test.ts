import { writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { encode } from 'next-auth/jwt'
import sharp from 'sharp'
import { expect } from 'vitest'
import { db as ownPool } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { withoutDatabase } from '#db/factories/outage.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { test as databaseTest } from '#db/testing.ts'
import { environment } from '#server/platform/environment.ts'
import type { FileStore } from '#server/platform/files.ts'
import { wire } from '#server/platform/rules/wire.ts'
import { handleCaseExports } from '#server/reports/export-http.ts'
import { handlePhotos } from '#server/reports/http.ts'
import { createDeskServer } from './desk-server.ts'

/** A full disk, with the error of the system. */
const kept = new Map<string, Uint8Array>()
const disk = { isFull: false }
const store: FileStore = {
  async write(key, bytes) {
    if (disk.isFull) await writeFile('/dev/full', bytes)
    kept.set(key, bytes)
  },
  read: async () => null,
  remove: async (key) => void kept.delete(key),
}

const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl, db }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: [], appUrl: undefined },
    doors: [(request, response, context) => handlePhotos(request, response, context, store), handleCaseExports],
    pages: (_request, response) => response.end('page'),
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  const account = await buildAccount(db, { agency: await buildCity(db), roles: ['dispatcher', 'officer'] })
  const { id, accountId } = await buildSession(db, account.username)
  const token = await encode({ token: { sub: accountId, sid: id }, secret: environment().authSecret })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const headers = { origin, cookie: `next-auth.session-token=${token}` }
  const call = async (path: string, input?: unknown) => {
    const body = input === undefined ? undefined : JSON.stringify(wire.serialize(input))
    const more = body === undefined ? {} : { method: 'POST', body }
    const answer = await fetch(`${origin}/api/trpc/${path}`, {
      headers: { ...headers, 'content-type': 'application/json' },
      ...more,
    })
    const { error } = await answer.json()
    const refused = error && (wire.deserialize(error) as { data: { refusal?: { code: string } } })
    return told(answer, refused?.data.refusal?.code)
  }
  const post = async (path: string, body: BodyInit) => {
    const answer = await fetch(`${origin}${path}`, { method: 'POST', body, headers })
    return told(answer, answer.ok ? undefined : ((await answer.json()) as { code: string }).code)
  }
  return { call, post }
})

const told = ({ status, headers }: Response, code: string | undefined) => ({
  status,
  ...(code && { code }),
  retryAfter: headers.get('retry-after'),
})

const poolSize = Number(process.env.DATABASE_POOL_SIZE ?? 20)

const away = { status: 503, code: 'unavailable', retryAfter: '5' }
const full = { status: 507, code: 'storage_full', retryAfter: '5' }

test('without its database the desk refuses requests until it is back', async ({ db, databaseUrl, desk }) => {
  const { id: reportId } = await buildReport(db)
  const note = { reportId, id: crypto.randomUUID(), body: 'Đã gọi công ty cây xanh' }
  expect(await desk.call('me.view')).toMatchObject({ status: 200 })
  await withoutDatabase(databaseUrl, async () => {
    // The cached sign-in may still be valid for a moment.
    await expect.poll(() => desk.call('me.view')).toEqual(away)
    expect(await desk.call('reports.addNote', note)).toEqual(away)
    expect(await desk.post('/api/reports/export', new URLSearchParams({ format: 'csv', columns: 'code' }))).toEqual(
      away,
    )
    expect(await desk.post('/api/photos', await photo())).toEqual(away)
    expect(
      await desk.call(
        `accounts.passwordLink?input=${encodeURIComponent(JSON.stringify(wire.serialize({ token: 'x'.repeat(43) })))}`,
      ),
    ).toEqual(away)
  })
  await expect.poll(() => desk.call('me.view')).toMatchObject({ status: 200 })
  expect(await desk.call('reports.addNote', note)).toMatchObject({ status: 200 })
  expect(await notesOf(db, reportId)).toBe(1)
})

test('a desk without a free connection refuses in time, and accepts the same request once one is free', async ({
  db,
  desk,
}) => {
  const { id: reportId } = await buildReport(db)
  const note = { reportId, id: crypto.randomUUID(), body: 'Đã gọi công ty cây xanh' }
  const [inside, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let began = 0
  const holding = Array.from({ length: poolSize }, () =>
    ownPool.transaction(async (tx) => {
      await tx.execute('select 1')
      if (++began === poolSize) inside.resolve()
      await done.promise
    }),
  )
  // A failure to get a connection surfaces at once.
  await Promise.race([inside.promise, Promise.all(holding)])
  expect(await desk.call('reports.addNote', note)).toEqual({ status: 503, code: 'database_busy', retryAfter: '5' })
  done.resolve()
  await Promise.all(holding)
  expect(await notesOf(db, reportId)).toBe(0)
  expect(await desk.call('reports.addNote', note)).toMatchObject({ status: 200 })
})

test('a full database stores nothing of a change, and all of it when there is space again', async ({
  db,
  sql,
  desk,
}) => {
  const { id: reportId } = await buildReport(db)
  const note = { reportId, id: crypto.randomUUID(), body: 'Đã gọi công ty cây xanh' }
  // Fails at the last write of a change: all earlier writes are rolled back.
  await sql.unsafe(`
    create function no_room() returns trigger language plpgsql as $$ begin raise 'no room' using errcode = '53100'; end $$;
    create trigger no_room before insert on events for each row execute function no_room()`)
  expect(await desk.call('reports.addNote', note)).toEqual(full)
  expect(await notesOf(db, reportId)).toBe(0)
  await sql.unsafe('drop function no_room cascade')
  expect(await desk.call('reports.addNote', note)).toMatchObject({ status: 200 })
  expect(await notesOf(db, reportId)).toBe(1)
})

test('a full disk refuses a photo, and accepts the same one when there is space again', async ({ desk }) => {
  const bytes = await photo()
  disk.isFull = true
  expect(await desk.post('/api/photos', bytes)).toEqual(full)
  expect(kept.size).toBe(0)
  disk.isFull = false
  expect(await desk.post('/api/photos', bytes)).toMatchObject({ status: 201 })
  expect(kept.size).toBe(3)
})

async function notesOf(db: Parameters<typeof buildReport>[0], reportId: number): Promise<number> {
  const [row] = await db.execute(`select count(*)::int as count from report_notes where report_id = ${reportId}`)
  return (row as { count: number }).count
}

const photo = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#2f6f3f' } })
    .jpeg()
    .toBuffer()
