import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import type { acceptInput } from '../rules/schemas.ts'
import { type Moved, moveReport } from './move-report.ts'

/** The agency accepts the report; the officer who accepts may become the assignee at once. */
export async function acceptReport(ctx: Context, input: z.output<typeof acceptInput>): Promise<Moved> {
  return moveReport(ctx, 'accept', input, () =>
    input.assignToMe ? { set: { assigneeId: ctx.actor.id }, details: { assigneeId: ctx.actor.id } } : {},
  )
}
