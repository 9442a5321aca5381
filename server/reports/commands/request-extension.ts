import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { dueOf } from '#server/calendars/rules/deadlines.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { extensionInput } from '../rules/schemas.ts'
import { type Moved, moveReport } from './move-report.ts'
import { askRequest } from './requests.ts'

/** Requests more working minutes, which must happen before the deadline passes (docs/domain.md, clocks). */
export async function requestExtension(ctx: Context, input: z.output<typeof extensionInput>): Promise<Moved> {
  return moveReport(ctx, 'request_extension', input, async ({ tx, report, clocks, now, ctx: { actor } }) => {
    const kept = clocks.running()
    const due = kept && dueOf(kept.clock, clocks.timeOf(kept.calendarId))
    if (!due) throw new DomainError('clock_stopped')
    if (due < now) throw new DomainError('deadline_lapsed')
    const { minutes, reason } = input
    const requestId = await askRequest(tx, report.id, actor, now, { kind: 'extension', reason, minutes })
    return { details: { requestId, minutes, reason, dueAt: due.toISOString() } }
  })
}
