import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { resumeClock } from '#server/calendars/rules/deadlines.ts'
import type { resumeInput } from '../rules/schemas.ts'
import { type Moved, moveReport } from './move-report.ts'

/** The other agency has done its part: the clock runs on. */
export async function resumeReport(ctx: Context, input: z.output<typeof resumeInput>): Promise<Moved> {
  return moveReport(ctx, 'resume', input, ({ clocks, now }) => {
    clocks.change(clocks.running(), (clock) => resumeClock(clock, now))
    return { details: input.reason ? { reason: input.reason } : {} }
  })
}
