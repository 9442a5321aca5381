import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { agencies, reportPutOffs, reports } from '#db/schema/index.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { handleCaseExports } from '#server/reports/export-http.ts'
import { openStates } from '#server/reports/rules/lifecycle.ts'
import { handleBoardExports } from '../http.ts'

/** Half past ten of a Tuesday, two days after the period of the golden log. */
const now = () => new Date('2026-03-17T03:30:00Z')

/** What a request of a manager of the city, or of an agency, brings along. */
export async function signIn(db: Database, agency?: string): Promise<RequestContext & { actor: StaffActor }> {
  const [own] = agency ? await db.select().from(agencies).where(eq(agencies.id, agency)) : []
  const actor = await buildActor(db, 'manager', own)
  await putAllOff(db, actor)
  const session = { id: randomUUID(), accountId: actor.id, actor, lastSeenAt: now() }
  return { db, now, requestId: 'r', ip: null, session: session as never, actor }
}

/** What a reader has put off counts like everything else, and is in the lists of all figures. */
async function putAllOff(db: Database, { id }: StaffActor): Promise<void> {
  const put = { accountId: id, putOffAt: now(), until: new Date(now().getTime() + 86_400_000) }
  const open = await db
    .select({ reportId: reports.id })
    .from(reports)
    .where(inArray(reports.state, [...openStates]))
  await db.insert(reportPutOffs).values(open.map((report) => ({ ...put, ...report })))
}

/** A server with the download endpoints, for a test file; requests are those of the account passed to `letIn` last. */
export function openDoors() {
  let asking: RequestContext | null = null
  let served: Promise<unknown> = Promise.resolve()
  const server = createServer((req, res) => {
    served = (async () => {
      if (!asking || !((await handleCaseExports(req, res, asking)) || (await handleBoardExports(req, res, asking))))
        res.writeHead(404).end()
    })()
  })
  beforeAll(() => new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready)))
  afterAll(() => void server.close())
  return {
    letIn(context: RequestContext): void {
      asking = context
    },
    async take(path: string, form: URLSearchParams): Promise<Buffer> {
      const door = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const answer = await fetch(door + path, { method: 'POST', body: form })
      const body = Buffer.from(await answer.arrayBuffer())
      // An account may fetch one file at a time, and the server learns a little later that this one has arrived.
      await served
      expect([path, answer.status, answer.status === 200 ? '' : body.toString()]).toEqual([path, 200, ''])
      return body
    },
  }
}
