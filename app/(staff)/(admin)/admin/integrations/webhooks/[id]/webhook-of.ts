import { TRPCError } from '@trpc/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { caller } from '#server/trpc/caller.ts'

/** The webhook with this id. An unknown or malformed id leads to the not-found page. */
export const webhookOf = cache(async (id: string) => {
  try {
    return await (await caller()).webhooks.byId(id)
  } catch (error) {
    if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) notFound()
    throw error
  }
})
