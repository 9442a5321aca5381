import type { Transaction } from '#db/client.ts'
import { queueJob } from '#server/platform/jobs.ts'

/**
 * Queues the recomputation of the open deadlines of the incident's reports: now, and once more at its end, because
 * emergency mode ends with the incident even where no one switches it off.
 */
export async function queueRecomputation(
  tx: Transaction,
  { id, endsAt }: { id: string; endsAt: Date | null },
  at: Date,
): Promise<void> {
  const scope = { calendarId: null, incidentId: id }
  const jobKey = `recompute_deadlines:incident:${id}`
  await queueJob(tx, 'recompute_deadlines', { ...scope, at: at.toISOString() }, { jobKey })
  if (endsAt === null || endsAt <= at) return
  await queueJob(
    tx,
    'recompute_deadlines',
    { ...scope, at: endsAt.toISOString() },
    { jobKey: `${jobKey}:end`, runAt: endsAt },
  )
}
