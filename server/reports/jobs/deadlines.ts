import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { defineJob, queueJob } from '#server/platform/jobs.ts'
import { openRanges, recomputeDeadlines } from '../commands/recompute-deadlines.ts'
import type { DeadlineScope, IdRange } from '../deadline-changes.ts'

type Sweep = DeadlineScope & {
  /** When the change was decided: clocks that switch to another time do so at this instant. */
  at: string
}

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    recompute_deadlines: Sweep
    recompute_deadline_range: Sweep & IdRange
  }
}

const sweep = z.object({ calendarId: z.string().nullable(), incidentId: z.uuid().nullable(), at: z.iso.datetime() })
const range = sweep.extend({ fromId: z.number().int(), toId: z.number().int() })

/** The sweep only finds the ranges; each range is a separate small job, done by any free worker. */
async function queueRanges(payload: Sweep, { db }: Context): Promise<void> {
  await db.transaction(async (tx) => {
    for (const found of await openRanges({ db }, payload)) {
      await queueJob(tx, 'recompute_deadline_range', { ...payload, ...found })
    }
  })
}

async function recomputeRange({ fromId, toId, at, ...scope }: Sweep & IdRange, ctx: Context): Promise<void> {
  await recomputeDeadlines(ctx, { scope, range: { fromId, toId }, at: new Date(at) })
}

export const deadlineJobs = {
  recompute_deadlines: defineJob(sweep, queueRanges),
  recompute_deadline_range: defineJob(range, recomputeRange),
}
