import { TRPCError } from '@trpc/server'
import { DomainError } from '#server/platform/errors.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { statusOf } from '#server/procedures/refusals.ts'
import { liveHub } from './hub.ts'
import type { Mailbox } from './mailbox.ts'

export const liveRouter = router({
  /**
   * Notifies the browser of changes to what the account may see, as long as the session is valid; an open stream does
   * not extend the session. Messages name subjects and carry no content. See `useLive` for the client and `announce`
   * for how a new kind of change is announced.
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

/** A refusal in the middle of a stream does not pass the endpoint: here it gets the status that endpoints give it. */
async function* messagesOf(mailbox: Mailbox) {
  try {
    yield* mailbox.messages()
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    throw new TRPCError({ code: statusOf(cause.code), cause, message: cause.code })
  }
}
