import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { incidentById } from '#server/incidents/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { readSettings } from '#server/platform/settings.ts'
import { noticedLately, noticeReach } from '../queries/notice-reach.ts'
import type { ComposeNotice } from '../rules/batch-schemas.ts'
import { noticeVariables } from '../rules/templates.ts'
import { assertVariables, composedBefore, fileBatch } from './compose-batch.ts'

/**
 * The city's message to everyone who reported an incident, whatever agency holds the report. It is sent like a batch of
 * answers, and leaves states, clocks and figures as they are.
 */
export async function composeNotice(ctx: Context, input: ComposeNotice) {
  const capacity = capacityFor(ctx.actor, (one) => mayUse(one, 'incidents.notify'))
  if (!capacity) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const known = await composedBefore(tx, input.id)
    if (known) return known
    // If two users write to the same persons at the same time, the second waits, and finds them already reached.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`notices:${input.incidentId}`}))`)
    await incidentById(tx, input.incidentId, ctx.now())
    assertVariables(input.body, noticeVariables)
    const { recipients, leftOut, rootId } = await noticeReach(tx, ctx.actor, input)
    const settledAt = ctx.now()
    return fileBatch(tx, ctx, capacity, input, {
      kind: 'notice',
      recipients: recipients.length,
      told: await noticedLately(tx, input.incidentId, settledAt),
      rows: [
        ...recipients.flatMap(({ id, covers }) => [
          { reportId: id },
          ...covers.map((each) => ({ reportId: each, status: 'covered' as const, viaReportId: id, settledAt })),
        ]),
        ...leftOut.map(({ id, refusalReason }) => ({
          reportId: id,
          status: 'skipped' as const,
          refusal: refusalReason,
          settledAt,
        })),
      ],
      details: { anonymous: leftOut.filter(({ refusalReason }) => refusalReason === 'anonymous').length },
      set: { what: input.body, followsId: rootId, leavesAt: await leaveTime(tx, ctx) },
    })
  })
}

/** When a notice that is released now is sent. */
export async function leaveTime(tx: Parameters<typeof readSettings>[0], { now }: Pick<Context, 'now'>): Promise<Date> {
  const { undoSeconds } = await readSettings(tx)
  return new Date(now().getTime() + undoSeconds * 1000)
}
