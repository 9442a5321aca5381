import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { log } from '#server/platform/log.ts'
import { batchKey, queueGo } from './compose-batch.ts'

/**
 * Looks each minute for batches that are being sent but have no job left: it was lost, or failed too often. Logs it and
 * queues the next run. Returns how many were found.
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
