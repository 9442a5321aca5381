import { TRPCError } from '@trpc/server'
import { cache } from 'react'
import type { Storm } from '#server/insights/rules/board.ts'
import { caller } from '#server/trpc/caller.ts'

/** The storm of an address; null where it names none or is malformed. */
export const stormOf = cache(async (id: string): Promise<Storm | null> => {
  try {
    return await (await caller()).insights.storm(id)
  } catch (error) {
    if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) return null
    throw error
  }
})
