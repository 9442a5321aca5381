import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { sessions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { readSession } from '#server/accounts/queries/sessions.ts'
import type { Role } from '#server/accounts/rules/actor.ts'
import { createCallerFactory } from '#server/procedures/init.ts'
import { appRouter } from '#server/trpc/root.ts'

const minute = 60_000
const start = new Date('2026-03-02T02:00:00Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * minute)

async function signIn(db: Database, role: Role) {
  const { username } = await buildAccount(db, { agency: await buildCity(db), roles: [role] })
  return buildSession(db, username, start)
}

/** The procedures as called with that sign-in at a moment. */
async function deskAt(db: Database, id: string, at: Date) {
  const { session, refusal, resting } = await readSession(db, id, at)
  return createCallerFactory(appRouter)({
    db,
    now: () => at,
    requestId: 'request-1',
    ip: null,
    session,
    ...(refusal && { sessionRefusal: refusal }),
    resting,
  })
}

test('a wall screen shows its figures although no one operates it; everything else is locked', async ({ db }) => {
  const { id: incidentId } = await buildIncident(db)
  const { id } = await signIn(db, 'manager')
  const desk = await deskAt(db, id, later(31))
  expect((await desk.insights.wall(incidentId)).incident.id).toBe(incidentId)
  await expect(desk.insights.storm(incidentId)).rejects.toThrow('session_idle')
  await expect(desk.me.view()).rejects.toThrow('session_idle')
  await expect(desk.me.touch()).rejects.toThrow('session_idle')
  // Watching does not count as activity.
  const [session] = await db.select().from(sessions).where(eq(sessions.id, id))
  expect(session?.lastSeenAt).toEqual(start)
})

test('a wall screen ends with the sign-in itself: after twelve hours, or when someone ends it', async ({ db }) => {
  const { id: incidentId } = await buildIncident(db)
  const { id } = await signIn(db, 'manager')
  await expect((await deskAt(db, id, later(12 * 60))).insights.wall(incidentId)).rejects.toThrow('session_expired')
  await db
    .update(sessions)
    .set({ revokedAt: later(40) })
    .where(eq(sessions.id, id))
  await expect((await deskAt(db, id, later(41))).insights.wall(incidentId)).rejects.toThrow('session_revoked')
})

test('a wall screen is for those who may see figures', async ({ db }) => {
  const { id: incidentId } = await buildIncident(db)
  const { id } = await signIn(db, 'editor')
  for (const minutes of [1, 31]) {
    await expect((await deskAt(db, id, later(minutes))).insights.wall(incidentId)).rejects.toThrow('forbidden')
  }
})
