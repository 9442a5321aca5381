import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished } from 'vitest'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildCopies } from '#db/factories/copies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { bulkRows, bulkRuns, sessions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { handleBulkFailures } from './http.ts'
import type { BulkAction } from './rules/actions.ts'
import { failuresForm, failuresPath } from './rules/addresses.ts'

const now = () => hanoi('2026-03-02 14:00')

test('downloading more than five hundred rows that a run left undone takes a confirmed identity', async ({ db }) => {
  const account = await buildAccount(db, { roles: ['dispatcher'], agency: await buildCity(db) })
  const { id: sessionId } = await buildSession(db, account.username, hanoi('2026-03-02 13:00'))
  const report = await buildReport(db)
  const runId = randomUUID()
  const stopped = { state: 'cancelled', startedAt: now(), finishedAt: now() } as const
  const action: BulkAction = { name: 'change_tags', add: ['bão'], remove: [] }
  await db.insert(bulkRuns).values({ ...stopped, id: runId, action, rows: 501, startedById: account.id })
  const rows = [report.id, ...(await buildCopies(db, report, 500))].map((reportId, index) => ({
    runId,
    reportId,
    position: index + 1,
    state: 'awaiting_intake' as const,
    version: 1,
    status: 'cancelled' as const,
    settledAt: now(),
  }))
  await db.insert(bulkRows).values(rows)

  const session = { id: sessionId, accountId: account.id, actor: account.actor, lastSeenAt: now() }
  const server = createServer((req, res) => {
    void handleBulkFailures(req, res, { db, now, requestId: 'r', ip: null, session })
  })
  onTestFinished(() => void server.close())
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  const take = () =>
    fetch(`http://127.0.0.1:${port}${failuresPath}`, {
      method: 'POST',
      body: new URLSearchParams(failuresForm(runId, 'vi')),
    })

  const linked = await fetch(`http://127.0.0.1:${port}${failuresPath}?id=${runId}`)
  expect([linked.status, linked.headers.get('allow')]).toEqual([405, 'POST'])
  const refused = await take()
  expect(await refused.json()).toEqual({ code: 'step_up_needed', details: {} })
  await db.update(sessions).set({ confirmedAt: now() }).where(eq(sessions.id, sessionId))
  const taken = await take()
  expect((await taken.text()).trim().split('\r\n')).toHaveLength(502)
})
