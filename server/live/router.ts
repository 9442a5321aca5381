import { TRPCError } from '@trpc/server'
import { DomainError } from '#server/platform/errors.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { statusOf } from '#server/procedures/refusals.ts'
import { liveHub } from './hub.ts'
import type { Mailbox } from './mailbox.ts'

export const liveRouter = router({
  /**
   * Tells the browser what changed of that which the account may see, as long as the sign-in counts; listening keeps
   * nobody signed in. Messages name subjects and carry no content. See `useLive` for the other end and `announce` for
   * how something new is told.
   */
  stream: staffProcedure('session.own').subscription(async function* ({ ctx, signal }) {
    const { mailbox, leave } = liveHub().join(ctx.session)
    if (signal?.aborted) mailbox.end()
    signal?.addEventListener('abort', () => mailbox.end(), { once: true })
    try {
      yield* messagesOf(mailbox)
    } finally {
      leave()
    }
  }),
})

/** A refusal in the middle of a stream passes no door any more: here it gets the status that doors give it. */
async function* messagesOf(mailbox: Mailbox) {
  try {
    yield* mailbox.messages()
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    throw new TRPCError({ code: statusOf(cause.code), cause, message: cause.code })
  }
}
