import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { log } from '#server/platform/log.ts'
import { batchKey, queueGo } from './compose-batch.ts'

/**
 * Looks each minute for messages to many that are being sent and of which nobody will send the rest: the job of their
 * next go was lost, or failed as often as it may. Says so in the log and queues the next go. Returns how many were
 * found.
 */
export async function sweepBatches({ db }: Pick<Context, 'db'>): Promise<number> {
  const stranded = await db.execute<{ id: string }>(sql`
    select id from answer_batches batch
    where state = 'sending' and not exists (
      select from graphile_worker.jobs job
      where job.key = ${batchKey('')} || batch.id::text and (job.attempts < job.max_attempts or job.locked_at is not null))`)
  for (const { id: batchId } of stranded) {
    await queueGo(db, batchId)
    log.error({ batchId }, 'a message to many was left behind and is queued again')
  }
  return stranded.length
}
