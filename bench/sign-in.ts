import { encode } from 'next-auth/jwt'
import type { DatabaseClient } from '#db/client.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { secret } from './processes.ts'

/** A sign-in of this account: the token for a browser, and the session for procedures called directly. */
export async function signIn(client: DatabaseClient, username: string) {
  const { id, accountId } = await buildSession(client.db, username)
  const actor = await actorOf(client.db, accountId, new Date())
  if (!actor) throw new Error(`there is no account ${username}`)
  const token = await encode({ token: { sub: accountId, sid: id }, secret })
  return { token, session: { id, accountId, actor, lastSeenAt: new Date() } }
}
