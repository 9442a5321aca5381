import { randomUUID } from 'node:crypto'
import type { Database } from '#db/client.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { sessionById } from '#server/accounts/session.ts'
import { now } from '#server/platform/clock.ts'
import { createCallerFactory } from '#server/procedures/init.ts'
import { appRouter } from '#server/trpc/root.ts'

const callerOf = createCallerFactory(appRouter)

/** Calls a procedure as another account, like a colleague at another machine: `reports.assign`. */
export async function callAs(db: Database, username: string, name: string, input: unknown): Promise<unknown> {
  const { session } = await sessionById((await buildSession(db, username)).id)
  const context = { db, now, requestId: randomUUID(), ip: null, session, heavy: { calls: 0 } }
  let at = callerOf(context) as unknown as Record<string, unknown>
  for (const part of name.split('.')) at = at[part] as Record<string, unknown>
  return (at as unknown as (input: unknown) => Promise<unknown>)(input)
}
