import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { deliveries, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { revealReporter } from '#server/reports/commands/reveal-reporter.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { isLetterObsolete } from '../queries/letter.ts'
import type { letterInput } from '../rules/schemas.ts'

export type Addressee = { name: string | null; address: string | null }

/** The addressee of a letter. This discloses the reporter's data, with the usual reason, budget and event. */
export async function addressLetter(
  ctx: Context,
  sessionId: string | null,
  { id, reason }: z.output<typeof letterInput>,
): Promise<Addressee> {
  const [found] = await ctx.db
    .select({ reportId: deliveries.reportId })
    .from(deliveries)
    .innerJoin(reports, eq(reports.id, deliveries.reportId))
    .where(and(eq(deliveries.id, id), visibleTo(ctx.actor)))
  if (!found) throw new DomainError('not_found')
  // Nobody needs the addressee of a letter that is not sent.
  if (await isLetterObsolete(ctx.db, id)) throw new DomainError('delivery_obsolete')
  const { name, address } = await revealReporter(ctx, sessionId, { reportId: found.reportId, reason })
  return { name, address }
}
