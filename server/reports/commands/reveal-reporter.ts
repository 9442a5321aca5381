import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { reporters } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { disclose } from '#server/disclosures/commands/disclose.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockReport } from '../queries/lock.ts'
import { mayAct } from '../rules/policy.ts'
import type { revealInput } from '../rules/schemas.ts'

export type Reporter = { name: string | null; phone: string | null; email: string | null; address: string | null }

/**
 * Reveals one reporter's identity, with the checks and log of personal data; the timeline of the report shows who
 * looked as well.
 */
export async function revealReporter(
  ctx: Context,
  sessionId: string | null,
  input: z.output<typeof revealInput>,
): Promise<Reporter> {
  return ctx.db.transaction(async (tx) => {
    const report = await lockReport(tx, ctx, input.reportId)
    const actor = capacityFor(ctx.actor, (capacity) => mayAct(capacity, 'reveal_reporter', report.agencyId))
    if (!actor) throw new DomainError('forbidden')
    const [reporter] = await tx
      .select({ name: reporters.name, phone: reporters.phone, email: reporters.email, address: reporters.address })
      .from(reporters)
      .where(eq(reporters.reportId, report.id))
    if (!reporter) throw new DomainError('reporter_unknown')
    const { reason } = input
    await disclose(tx, { ...ctx, actor }, sessionId, { purpose: 'reveal', reason, reportIds: [report.id] })
    await recordEvent(
      tx,
      { ...ctx, actor },
      {
        event: 'report.reporter_revealed',
        subject: { kind: 'report', id: report.id },
        agencyId: report.agencyId,
        from: report.state,
        to: report.state,
        details: { reason },
      },
    )
    return reporter
  })
}
