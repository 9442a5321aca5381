import type { Context } from '#server/accounts/context.ts'
import type { ChangeInput } from '../rules/schemas.ts'
import { type Moved, moveReport } from './move-report.ts'

/** The rating window has passed: the system closes the report. */
export async function closeReport(ctx: Context, input: ChangeInput): Promise<Moved> {
  return moveReport(ctx, 'close', input, ({ now }) => ({ set: { closedAt: now, stateBefore: null } }))
}
