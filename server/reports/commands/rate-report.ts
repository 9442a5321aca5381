import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import type { rateInput } from '../rules/schemas.ts'
import { writeMessage } from './ask-citizen.ts'
import { type Moved, moveReport } from './move-report.ts'

/** Records how the citizen rated the answer; the report closes. A later rating within the window replaces it. */
export async function rateReport(ctx: Context, input: z.output<typeof rateInput>): Promise<Moved> {
  return moveReport(ctx, 'rate', input, async (desk) => {
    const messageId = input.words ? await writeMessage(desk, 'added', input.words) : null
    return {
      set: { rating: input.rating, closedAt: desk.report.closedAt ?? desk.now, stateBefore: null },
      details: { rating: input.rating, channel: input.channel, ...(messageId && { messageId }) },
      byCitizen: true,
    }
  })
}
