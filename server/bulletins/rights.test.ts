import { randomUUID } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { type BuiltBulletin, buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { bulletins } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { type Actor, type Role, roles } from '#server/accounts/rules/actor.ts'
import { mayUse, type Permission } from '#server/accounts/rules/permissions.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { DomainError } from '#server/platform/errors.ts'
import { createCallerFactory } from '#server/procedures/init.ts'
import { appRouter } from '#server/trpc/root.ts'
import {
  type BulletinMove,
  type BulletinState,
  bulletinMoveRules,
  bulletinMoves,
  bulletinStates,
} from './rules/lifecycle.ts'
import { refusalReasonForMove } from './rules/policy.ts'

const now = hanoi('2026-03-02 09:00')
const callerOf = createCallerFactory(appRouter)

/** The procedure of each move, with the input it needs. */
const doors: Partial<Record<BulletinMove, { path: string; input?: object }>> = {
  submit: { path: 'submit' },
  take_back: { path: 'takeBack' },
  claim_review: { path: 'claimReview' },
  release_review: { path: 'releaseReview' },
  request_changes: { path: 'requestChanges', input: { remarks: 'Nêu rõ giờ' } },
  approve: { path: 'approve' },
  schedule: { path: 'schedule', input: { at: hanoi('2026-03-02 10:00') } },
  unschedule: { path: 'unschedule' },
  publish: { path: 'publish' },
  publish_unreviewed: { path: 'publishUnreviewed', input: { reason: 'Khẩn' } },
  look_back: { path: 'lookBack' },
  correct: { path: 'correct', input: { kind: 'minor' } },
  discard_correction: { path: 'discardCorrection' },
  withdraw: { path: 'withdraw', input: { notice: 'Sai', noticeEn: 'Wrong' } },
  discard: { path: 'discard' },
  bring_back: { path: 'bringBack' },
  unpublish: { path: 'unpublish', input: { reason: 'Trùng' } },
}

/** The relation of the actor to the bulletin. */
const standpoints = ['author', 'earlier writer', 'last editor', 'somebody else'] as const
type Standpoint = (typeof standpoints)[number]

const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { meta?: { permission?: Permission } } }
>

/** Every account holds the role at the city; the urgent publisher is a chief editor as well. */
const rolesOf = (role: Role): Role[] => (role === 'urgent_publisher' ? ['urgent_publisher', 'chief_editor'] : [role])

function standing(state: BulletinState, actor: Actor, standpoint: Standpoint, other: string) {
  const own = actor.id as string
  return {
    state,
    isExercise: false,
    authorId: standpoint === 'author' ? own : other,
    authorFor: null,
    lastEditorId: standpoint === 'last editor' ? own : other,
    lastEditorFor: null,
    writerIds: standpoint === 'earlier writer' ? [other, own] : [other],
    publishedRevisionId: ['published', 'superseded', 'withdrawn', 'unpublished'].includes(state) ? randomUUID() : null,
    needsLookBack: false,
    unreviewedById: null,
    reviewerId: null,
    claimedAt: null,
  }
}

describe.each(bulletinMoves)('%s', (move) => {
  test('has an endpoint, and is offered to no one whose roles or state do not allow it', async ({ db }) => {
    expect(doors[move]).toBeDefined()
    for (const role of roles) {
      const actor = await buildActor(db, rolesOf(role))
      for (const state of bulletinStates) {
        for (const standpoint of standpoints) {
          const refusalReason = refusalReasonForMove(actor, move, standing(state, actor, standpoint, randomUUID()), now)
          const { by, from } = bulletinMoveRules[move]
          const isHeld = rolesOf(role).some((held) => by.includes(held))
          if (!isHeld) expect([role, state, refusalReason]).toEqual([role, state, 'forbidden'])
          else if (!from.includes(state)) expect([role, state, refusalReason]).toEqual([role, state, 'wrong_state'])
          else if (move === 'approve')
            expect([standpoint, refusalReason]).toEqual([
              standpoint,
              standpoint === 'somebody else' ? null : 'own_bulletin',
            ])
          else expect(refusalReason).not.toBe('forbidden')
        }
      }
    }
  })

  test('called through the endpoint it gives what the policy says, and writes one event or none', async ({ db }) => {
    const { path, input } = doors[move] as { path: string; input?: object }
    const [from] = bulletinMoveRules[move].from
    for (const role of roles) {
      const actor = await buildActor(db, rolesOf(role))
      for (const standpoint of standpoints) {
        const bulletin = await buildStanding(db, from as BulletinState, move, actor, standpoint)
        const permission = procedures[`bulletins.${path}`]?._def.meta?.permission as Permission
        const policy = refusalReasonForMove(actor, move, bulletin, now)
        const expected = mayUse(actor, permission) ? (policy ?? 'done') : 'forbidden'
        const before = await eventsOf(db, bulletin.id)
        const outcome = await call(db, actor, path, { id: bulletin.id, version: bulletin.version, ...input })
        expect([role, standpoint, outcome]).toEqual([role, standpoint, expected])
        expect((await eventsOf(db, bulletin.id)) - before).toBe(outcome === 'done' ? 1 : 0)
      }
    }
  })
})

/** In the state from which the move starts, with the actor related to it as the standpoint says. */
async function buildStanding(
  db: Database,
  from: BulletinState,
  move: BulletinMove,
  actor: Actor,
  standpoint: Standpoint,
): Promise<BuiltBulletin> {
  const own = actor.id as string
  const other = (await buildActor(db, 'editor')).id
  const authorId = standpoint === 'author' ? own : other
  const lastEditorId = standpoint === 'last editor' ? own : other
  // A public one was first approved by a third person; one under correction is public already.
  const state = bulletinMoveRules[move].needs === 'public' ? 'published' : from
  const earlierId = standpoint === 'earlier writer' ? own : undefined
  const bulletin = await buildBulletin(db, {
    state,
    authorId,
    lastEditorId,
    content: contentOf(),
    ...(earlierId && { earlierId }),
  })
  if (move === 'discard_correction') {
    await db
      .update(bulletins)
      .set({
        state: 'draft',
        approvedById: null,
        approvedRevisionId: null,
        correction: { kind: 'minor', note: '', noteEn: '' },
      })
      .where(sql`id = ${bulletin.id}`)
  }
  if (move === 'look_back') {
    const { id } = await buildActor(db, 'chief_editor')
    await db
      .update(bulletins)
      .set({ needsLookBack: true, unreviewedReason: 'Khẩn', unreviewedById: id })
      .where(sql`id = ${bulletin.id}`)
  }
  if (move === 'release_review') {
    await db.update(bulletins).set({ reviewerId: own, claimedAt: now }).where(sql`id = ${bulletin.id}`)
  }
  const [row] = await db.select().from(bulletins).where(sql`id = ${bulletin.id}`)
  return row as BuiltBulletin
}

async function eventsOf(db: Database, id: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from events where subject_kind = 'bulletin' and subject_id = ${id}`,
  )
  return row?.count ?? 0
}

async function call(db: Database, actor: Actor, path: string, input: unknown): Promise<string> {
  const session = { id: randomUUID(), accountId: actor.id ?? '', actor, lastSeenAt: now }
  const caller = callerOf({ db, now: () => now, requestId: 'request-1', ip: '203.0.113.7', session })
  const procedure = (caller.bulletins as unknown as Record<string, (input: unknown) => Promise<unknown>>)[path]
  try {
    await procedure?.(input)
    return 'done'
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof DomainError) return error.cause.code
    throw error
  }
}
