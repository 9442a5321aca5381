import type { z } from 'zod'
import { reportMessages } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { type Clock, pauseClock, resumeClock } from '#server/calendars/rules/deadlines.ts'
import type { ReportState } from '../rules/lifecycle.ts'
import type { MessageKind } from '../rules/parts.ts'
import type { askCitizenInput, citizenRepliedInput } from '../rules/schemas.ts'
import { type Desk, type Moved, moveReport } from './move-report.ts'
import { attachPhotos, type WithPhotos } from './received-photos.ts'
import { updateSearch } from './update-search.ts'

const pauseReason = 'awaiting_citizen'

/** Asks the citizen a question: the running clock is paused until the reply. */
export async function askCitizen(ctx: Context, input: z.output<typeof askCitizenInput>): Promise<Moved> {
  return moveReport(ctx, 'ask_citizen', input, async (desk) => {
    const { clocks, report, now } = desk
    const messageId = await writeMessage(desk, 'question', input.question)
    if (!report.pausedAt) clocks.change(clocks.running(), (clock) => pauseClock(clock, now, pauseReason))
    return { set: { stateBefore: report.state, askedById: ctx.actor.id }, details: { messageId } }
  })
}

/**
 * Records the citizen's reply: the report returns to the state before, and the clock runs on unless another agency is
 * still waited for.
 */
export async function recordCitizenReply(
  ctx: Context,
  input: z.output<typeof citizenRepliedInput>,
  withPhotos: WithPhotos = {},
): Promise<Moved> {
  return moveReport(ctx, 'citizen_replied', input, async (desk) => {
    const { clocks, report, now } = desk
    const { set, details } = await attachPhotos(desk, withPhotos)
    const messageId = await writeMessage(desk, 'reply', input.reply)
    const running = clocks.running()
    if (running && waitsForCitizen(running.clock)) clocks.change(running, (clock) => resumeClock(clock, now))
    const back: ReportState = report.stateBefore ?? 'awaiting_intake'
    return {
      set: { stateBefore: null, ...set },
      circumstances: { stateBefore: back },
      details: { messageId, ...details },
      byCitizen: true,
    }
  })
}

function waitsForCitizen(clock: Clock): boolean {
  const last = clock.pauses.at(-1)
  return last?.to === null && last.reason === pauseReason
}

/**
 * Stores a message exchanged with the citizen and indexes it for search. Its author is the account that wrote it; a
 * message of the citizen, also one that a program forwards, has none.
 */
export async function writeMessage(desk: Desk, kind: MessageKind, body: string): Promise<string> {
  const { tx, report, ctx, now } = desk
  const [row] = await tx
    .insert(reportMessages)
    .values({
      reportId: report.id,
      kind,
      body,
      authorId: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      createdAt: now,
    })
    .returning({ id: reportMessages.id })
  if (!row) throw new Error('no message was written')
  await updateSearch(tx, [report.id])
  return row.id
}
