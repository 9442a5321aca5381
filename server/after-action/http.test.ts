import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { type BuiltAccount, buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildCopies } from '#db/factories/copies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { events, sessions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { handleIncidentExports } from './http.ts'

const now = () => hanoi('2026-03-02 14:00')
const caller: { db?: Database; account?: BuiltAccount; sessionId?: string } = {}
let server: Server
let home = ''

beforeAll(async () => {
  server = createServer((req, res) => {
    const { db, account, sessionId: id = '' } = caller
    const session = account && { id, accountId: account.id, actor: account.actor, lastSeenAt: now() }
    const context = { db: db as Database, now, requestId: 'r', ip: null, session: session ?? null }
    void handleIncidentExports(req, res, context).then((taken) => taken || res.writeHead(404).end())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

/** From here on a manager of the city asks; returns the id of the session. */
async function comeAsManager(db: Database): Promise<string> {
  const account = await buildAccount(db, { roles: ['manager'], agency: await buildCity(db) })
  const { id: sessionId } = await buildSession(db, account.username, hanoi('2026-03-02 13:00'))
  Object.assign(caller, { db, account, sessionId })
  return sessionId
}

test('more than five hundred reports of an incident are exported only by a user who has just confirmed their identity', async ({
  db,
}) => {
  const sessionId = await comeAsManager(db)
  const incident = await buildIncident(db)
  const report = await buildReport(db, { incidentId: incident.id })
  const files = ['reports.csv', 'after-action.json']
  const ask = (file: string, init?: RequestInit) => fetch(`${home}/api/incidents/${incident.id}/${file}`, init)
  const taken = async () =>
    Promise.all(
      files.map(async (file) => {
        const answer = await ask(file, { method: 'POST', body: new URLSearchParams({ locale: 'vi' }) })
        const text = await answer.text()
        return answer.ok ? answer.status : (JSON.parse(text) as { code: string }).code
      }),
    )
  for (const file of files) {
    const linked = await ask(file)
    expect([linked.status, linked.headers.get('allow')]).toEqual([405, 'POST'])
  }
  await buildCopies(db, report, 499)
  expect(await taken()).toEqual([200, 200])
  await buildCopies(db, report, 1)
  const told = () => db.$count(events, eq(events.event, 'incident.exported'))
  const before = await told()
  expect(await taken()).toEqual(['step_up_needed', 'step_up_needed'])
  expect(await told()).toBe(before)
  await db.update(sessions).set({ confirmedAt: now() }).where(eq(sessions.id, sessionId))
  expect(await taken()).toEqual([200, 200])
})

test('the files of an incident contain its result and each of its reports', async ({ db }) => {
  await comeAsManager(db)
  const incident = await buildIncident(db)
  const first = await buildReport(db, { incidentId: incident.id })
  const second = await buildReport(db, { incidentId: incident.id })
  const elsewhere = await buildReport(db)
  const taken = async (file: string) => {
    const init = { method: 'POST', body: new URLSearchParams({ locale: 'vi' }) }
    return (await fetch(`${home}/api/incidents/${incident.id}/${file}`, init)).text()
  }
  expect(JSON.parse(await taken('after-action.json'))).toMatchObject({
    incident: { id: incident.id },
    figures: { total: 2 },
    citizens: 2,
  })
  const sheet = await taken('reports.csv')
  expect([first, second, elsewhere].map(({ code }) => sheet.includes(code))).toEqual([true, true, false])
})
