import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import type { StaffActor } from '#db/factories/accounts.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { accounts } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { DomainError } from '#server/platform/errors.ts'
import { createCallerFactory } from '#server/procedures/init.ts'
import { appRouter } from '#server/trpc/root.ts'

const start = hanoi('2026-03-02 08:00')
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

/** The procedures as called by a chief editor who signed in at the start. */
async function deskOf(db: Database, chief: StaffActor, at: Date) {
  const [account] = await db.select().from(accounts).where(eq(accounts.id, chief.id))
  const { id } = await buildSession(db, account?.username ?? '', start)
  const session = { id, accountId: chief.id, actor: chief, lastSeenAt: at }
  return createCallerFactory(appRouter)({ db, now: () => at, requestId: 'request-1', ip: null, session })
}

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: { cause?: unknown }) => (error.cause instanceof DomainError ? error.cause.code : String(error)),
  )

async function approved(db: Database, isAlert: boolean) {
  const room = await buildNewsroom(db)
  const content = { ...contentOf('Lũ trên sông Bùi'), alert: isAlert ? alertPanelOf() : null }
  const bulletin = await buildBulletin(db, { state: 'approved', authorId: room.editor.id, content })
  const { id, version } = bulletin
  return { ...room, change: { id, version, acknowledged: [] } }
}

test('an alert is published or scheduled only by a user who has just confirmed their identity', async ({ db }) => {
  const { chief, change } = await approved(db, true)
  const desk = await deskOf(db, chief, later(11))
  expect(await codeOf(desk.bulletins.publish(change))).toBe('step_up_needed')
  expect(await codeOf(desk.bulletins.schedule({ ...change, at: later(60) }))).toBe('step_up_needed')
  const set = { bulletins: [{ id: change.id, version: change.version }], acknowledged: {} }
  expect(await codeOf(desk.bulletins.releaseSet({ ...set, move: 'publish' as const, at: null }))).toBe('step_up_needed')
  const fresh = await deskOf(db, chief, later(9))
  expect(await codeOf(fresh.bulletins.publish(change))).not.toBe('step_up_needed')
})

test('a bulletin without an alert is published without a prompt', async ({ db }) => {
  const { chief, change } = await approved(db, false)
  const desk = await deskOf(db, chief, later(11))
  expect(await codeOf(desk.bulletins.publish(change))).not.toBe('step_up_needed')
})
