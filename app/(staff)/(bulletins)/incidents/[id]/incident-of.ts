import { TRPCError } from '@trpc/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { caller } from '#server/trpc/caller.ts'

/** The incident of the address; an address that names none is not found, however it is written. */
export const incidentOf = cache(async (id: string) => {
  try {
    return await (await caller()).incidents.byId(id)
  } catch (error) {
    if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) notFound()
    throw error
  }
})
