import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { encode } from 'next-auth/jwt'
import type { DatabaseClient } from '#db/client.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { recordEvent } from '#server/events/commands.ts'
import { liveLimits } from '#server/live/rules/message.ts'
import { wire } from '#server/platform/rules/wire.ts'
import { type Scope, scopeOf, sees } from '#server/reports/rules/scope.ts'
import { summed } from './measure.ts'
import { residentMemory, secret } from './processes.ts'
import { line } from './table.ts'

const staff = 200
const writesPerSecond = 20
/** After the last write: announcements that have not arrived by then count as lost. */
const longestWaitMillis = 3000

type App = { url: string; pid: number }
type Held = { id: number; agencyId: string | null; heldBy: string[]; knownTo: string[] | null }

/** Many staff listen while reports change: the time from a commit until it has reached all who may see it. */
export async function liveFigures(client: DatabaseClient, app: App, seconds: number): Promise<string[]> {
  const before = residentMemory(app.pid)
  const sentAt = new Map<number, number>()
  const millis: number[] = []
  const hear = (id: number) => millis.push(performance.now() - (sentAt.get(id) ?? Number.NaN))
  const listeners = await Promise.all(
    (await signInStaff(client)).map(async (one) => ({ ...one, ...(await listen(app, one.token, hear)) })),
  )
  const open = residentMemory(app.pid)

  const reports = await client.sql<Held[]>`
    select id, agency_id as "agencyId", held_by as "heldBy",
      case when released_at > now() then known_to end as "knownTo" from reports
    where agency_id is not null and due_at is not null order by id desc limit ${seconds * writesPerSecond}`
  let due = 0
  for (const report of reports) {
    await recordEvent(
      client.db,
      { actor: robot, now: () => new Date() },
      { event: 'report.note_added', subject: { kind: 'report', id: report.id } },
    )
    sentAt.set(report.id, performance.now())
    due += listeners.filter(({ scope }) => sees(scope, report)).length
    await pause(1000 / writesPerSecond)
  }
  await pause(longestWaitMillis)
  for (const { close } of listeners) close()
  const { p50, p95 } = summed([{ millis, requests: millis.length, seconds, failed: due - millis.length }])
  const lost = due - millis.length
  return [
    line([
      `live: ${staff} staff told of ${writesPerSecond} changes a second, gathered for ${liveLimits.gatherMilliseconds} ms`,
      '',
      `${p50.toFixed(0)}/${p95.toFixed(0)} ms`,
      '',
      (millis.length / seconds).toFixed(0),
      '',
      lost === 0 ? 'all told' : `${lost} LOST`,
    ]),
    line([
      `live: memory before, with ${staff} streams, after`,
      '',
      `${before}/${open}/${residentMemory(app.pid)} MB`,
      '',
      '',
      '',
      '',
    ]),
  ]
}

/** Staff of many agencies and of the city, each with a separate sign-in. */
async function signInStaff({ db, sql }: DatabaseClient): Promise<{ token: string; scope: Scope }[]> {
  const rows = await sql<{ username: string }[]>`
    select distinct username from accounts join account_roles on account_id = accounts.id
    where is_active and role in ('dispatcher', 'officer', 'approver') order by username limit ${staff}`
  const signedIn = []
  for (let at = 0; at < staff; at++) {
    const { username } = rows[at % rows.length] as { username: string }
    const { id, accountId } = await buildSession(db, username)
    const actor = await actorOf(db, accountId, new Date())
    if (!actor) throw new Error(`there is no account ${username}`)
    signedIn.push({ token: await encode({ token: { sub: accountId, sid: id }, secret }), scope: scopeOf(actor) })
  }
  return signedIn
}

/** One browser's end of the stream; ready once it has received the message to catch up. */
function listen({ url }: App, token: string, hear: (id: number) => void): Promise<{ close(): void }> {
  return new Promise((ready, fail) => {
    const headers = { cookie: `next-auth.session-token=${token}` }
    const asked = request(`${url}/api/trpc/live.stream`, { headers, agent: false }, (response) => {
      let rest = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n')
        rest = lines.pop() ?? ''
        for (const read of lines) {
          if (!read.startsWith('data: "[')) continue
          const message = wire.deserialize(JSON.parse(read.slice('data: '.length)))
          const { kind, ids } = message as { kind: string; ids?: number[] | null }
          if (kind === 'catch_up') ready({ close: () => asked.destroy() })
          for (const id of ids ?? []) hear(id)
        }
      })
      response.on('error', () => undefined)
    })
    asked.on('error', fail)
    asked.end()
  })
}
