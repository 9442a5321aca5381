import { TRPCError } from '@trpc/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { caller } from '#server/trpc/caller.ts'

/** The webhook of the address. An address that names none, or is malformed, is not found. */
export const webhookOf = cache(async (id: string) => {
  try {
    return await (await caller()).webhooks.byId(id)
  } catch (error) {
    if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) notFound()
    throw error
  }
})
