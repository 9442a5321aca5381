import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { encode } from 'next-auth/jwt'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { type BuiltAccount, buildAccount } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { test as databaseTest } from '#db/testing.ts'
import { revokeSessions } from '#server/accounts/commands/keep-sessions.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { recordEvent } from '#server/events/commands.ts'
import { environment } from '#server/platform/environment.ts'
import { wire } from '#server/platform/rules/wire.ts'
import type { LiveMessage } from './rules/message.ts'

const now = () => new Date()

/** The desk without its pages: started as `server/main.ts` does, and stopped on request. */
const program = `
  const { createDeskServer } = await import('#server/http/desk-server.ts')
  const { closeLive } = await import('#server/live/hub.ts')
  const { closeDatabase } = await import('#db/client.ts')
  const server = createDeskServer({
    environment: { trustedProxies: [], appUrl: undefined },
    files: (request, response, otherwise) => otherwise(),
    pages: (request, response) => response.end(),
    doors: [],
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
  process.once('SIGTERM', async () => {
    const closed = new Promise((settle) => server.close(settle))
    closeLive()
    server.closeIdleConnections()
    await closed
    await closeDatabase()
    process.exit(0)
  })`

type Desk = { process: ChildProcess; origin: string }

async function startDesk(databaseUrl: string): Promise<Desk> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, DATABASE_URL: databaseUrl, AUTH_SECRET: environment().authSecret },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [port] = await once(child, 'message')
  return { process: child, origin: `http://127.0.0.1:${port}` }
}

const test = databaseTest.extend('desks', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  const desks = await Promise.all([startDesk(databaseUrl), startDesk(databaseUrl)])
  onCleanup(() => {
    for (const desk of desks) desk.process.kill('SIGKILL')
  })
  return desks as [Desk, Desk]
})

/** A message as it is written in the stream. */
const wordsOf = (message: LiveMessage): string => JSON.stringify(wire.serialize(message))

async function signIn(db: Database, { username }: BuiltAccount) {
  const { id, accountId } = await buildSession(db, username)
  const token = await encode({ token: { sub: accountId, sid: id }, secret: environment().authSecret })
  return { id, cookie: `next-auth.session-token=${token}` }
}

/** The browser's end of the stream, line by line; `until` reads on to the first event that contains this text. */
async function listenAt({ origin }: Desk, cookie: string, query = '') {
  const response = await fetch(`${origin}/api/trpc/live.stream${query}`, { headers: { cookie } })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let read = ''
  const more = async () => {
    const { value, done } = (await reader?.read()) ?? { done: true, value: undefined }
    read += value ?? ''
    return !done
  }
  return {
    async until(words: string) {
      while (!read.includes(words)) if (!(await more())) expect.fail(`the stream ended before ${words}: ${read}`)
    },
    async end() {
      while (await more()) read = read.slice(-1000)
      return read
    },
  }
}

const touched = (db: Database, id: number) =>
  recordEvent(db, { actor: robot, now }, { event: 'report.note_added', subject: { kind: 'report', id } })

test('two processes of the desk notify their browsers of one change; a signed-out session is cut off by both', async ({
  db,
  desks,
}) => {
  const agency = await buildAgency(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const session = await signIn(db, await buildAccount(db, { agency }))
  const streams = await Promise.all(desks.map((desk) => listenAt(desk, session.cookie)))
  for (const { until } of streams) await until('catch_up')
  // Repeated until it is received: a process begins to listen only when its first browser connects.
  const telling = setInterval(() => void touched(db, report.id), 100)
  for (const { until } of streams) await until(wordsOf({ kind: 'report', ids: [report.id] }))
  clearInterval(telling)

  await db.transaction((tx) => revokeSessions(tx, { sessionId: session.id }, 'revoked_by_admin', now()))
  for (const { end } of streams) expect(await end()).toContain('session_revoked')
})

test('a stream is not opened for a page that was rendered for another account', async ({ db, desks }) => {
  const [hung, hoa] = [await buildAccount(db), await buildAccount(db)]
  const { cookie } = await signIn(db, hoa)
  const stream = await listenAt(desks[0], cookie, `?x-desk-account=${hung.id}`)
  const told = await stream.end()
  expect(told).toContain('other_account')
  expect(told).not.toContain('catch_up')
  await (await listenAt(desks[0], cookie, `?x-desk-account=${hoa.id}`)).until('catch_up')
})

test('a process that is asked to stop closes its streams and ends', async ({ db, desks }) => {
  const { cookie } = await signIn(db, await buildAccount(db))
  const stream = await listenAt(desks[0], cookie)
  await stream.until('catch_up')
  const gone = once(desks[0].process, 'exit')
  desks[0].process.kill('SIGTERM')
  expect(await stream.end()).toContain('event: return')
  expect(await gone).toEqual([0, null])
})
