import { z } from 'zod'
import { moment } from '#server/platform/rules/moment.ts'

export const readInput = z.union([
  z.object({ ids: z.array(z.number().int().positive()).min(1).max(500) }),
  z.object({ upTo: moment() }),
])

/** Where a page ended: the instant it was shown and its id. */
export const notificationPageInput = z.object({
  before: z.object({ shownAt: moment(), id: z.number().int().positive() }).nullable(),
  unreadOnly: z.boolean(),
})
