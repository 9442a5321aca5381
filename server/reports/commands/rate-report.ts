import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import type { rateInput } from '../rules/schemas.ts'
import { writeMessage } from './ask-citizen.ts'
import { type Moved, moveReport } from './move-report.ts'
import { marksOf, type SenderMarks } from './received-photos.ts'

type Rate = Omit<z.output<typeof rateInput>, 'channel'> & {
  /** How staff who record the rating received it; null if the citizen rates by the link or a program. */
  channel: z.output<typeof rateInput>['channel'] | null
}

/** Records how the citizen rated the answer; the report closes. A later rating within the window replaces it. */
export async function rateReport(ctx: Context, input: Rate, marks: SenderMarks = {}): Promise<Moved> {
  return moveReport(ctx, 'rate', input, async (desk) => {
    const messageId = input.words ? await writeMessage(desk, 'added', input.words) : null
    const { rating, channel } = input
    return {
      set: { rating, closedAt: desk.report.closedAt ?? desk.now, stateBefore: null },
      details: { rating, ...(channel && { channel }), ...(messageId && { messageId }), ...marksOf(marks) },
      byCitizen: true,
    }
  })
}
