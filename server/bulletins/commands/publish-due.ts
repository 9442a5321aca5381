import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { log } from '#server/platform/log.ts'
import { lockBulletin, revisionById } from '../queries/lock.ts'
import { bulletinMoveRules, nextBulletinState } from '../rules/lifecycle.ts'
import { writeBulletin } from './move-bulletin.ts'
import { sendOut } from './send-out.ts'

type Due = { revision_id: string; bulletin_id: string; due_at: Date; scheduled_by_id: string }

/** The scheduler's alarm: a bulletin that waits longer than this is logged as an error. */
const alarmSeconds = 60

/**
 * Publishes what is due, one transaction each, until nothing is left that no other process has claimed. Any number of
 * processes may do so at once and be killed at any moment: a row is claimed or it is not, and a revision is published
 * once. `revisionId`: only that one. Returns how many it published.
 */
export async function publishDue(ctx: Context, revisionId?: string): Promise<number> {
  const failed: string[] = []
  let published = 0
  for (;;) {
    const outcome = await publishNext(ctx, { only: revisionId, except: failed })
    if (outcome === 'none') break
    if (outcome === 'published') published += 1
    else failed.push(outcome.failed)
  }
  // One that cannot be published does not block the others; the job is tried again for it.
  if (failed.length > 0) throw new Error(`${failed.length} scheduled bulletins could not be published`)
  return published
}

type Choice = { only: string | undefined; except: readonly string[] }

async function publishNext(ctx: Context, choice: Choice): Promise<'none' | 'published' | { failed: string }> {
  let claimed: Due | undefined
  try {
    return await ctx.db.transaction(async (tx) => {
      // A process that hangs in the middle must not keep the numbers of its incident locked.
      await tx.execute(sql`set local idle_in_transaction_session_timeout = '20s'`)
      claimed = await claimNext(tx, ctx.now(), choice)
      if (!claimed) return 'none'
      await publishClaimed(tx, ctx, claimed)
      return 'published'
    })
  } catch (error) {
    if (!claimed) throw error
    log.error({ err: error, revisionId: claimed.revision_id }, 'a scheduled bulletin could not be published')
    return { failed: claimed.revision_id }
  }
}

async function claimNext(tx: Transaction, now: Date, { only, except }: Choice): Promise<Due | undefined> {
  const [row] = await tx.execute<Due>(sql`
    select waiting.revision_id, waiting.bulletin_id, waiting.due_at, waiting.scheduled_by_id
    from bulletin_schedules waiting join bulletins bulletin on bulletin.id = waiting.bulletin_id
    where waiting.due_at <= ${now}::timestamptz and waiting.published_at is null and waiting.cancelled_at is null
      and bulletin.state = 'scheduled' and bulletin.approved_revision_id = waiting.revision_id
      and (${only ?? null}::uuid is null or waiting.revision_id = ${only ?? null}::uuid)
      and waiting.revision_id <> all(${sql.param(except)}::uuid[])
    order by waiting.due_at, waiting.revision_id
    limit 1 for no key update of waiting, bulletin skip locked`)
  return row
}

async function publishClaimed(tx: Transaction, ctx: Context, due: Due): Promise<void> {
  const bulletin = await lockBulletin(tx, due.bulletin_id)
  const desk = { tx, ctx, bulletin, now: ctx.now() }
  const revision = await revisionById(tx, due.revision_id)
  const dueAt = new Date(due.due_at)
  const { set, details } = await sendOut(desk, {
    revision,
    publishedById: null,
    approvedById: bulletin.approvedById,
    dueAt,
  })
  const state = nextBulletinState(bulletin.state, 'publish')
  await writeBulletin(desk, bulletinMoveRules.publish.event, state, {
    set,
    details: { ...details, scheduledById: due.scheduled_by_id },
  })
  const late = Math.round((desk.now.getTime() - dueAt.getTime()) / 1000)
  if (late > alarmSeconds) log.error({ bulletinId: bulletin.id, seconds: late }, 'a bulletin went out late')
}
