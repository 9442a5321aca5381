'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { NameBook } from './foreseen.ts'

/** Looks names up in the cache; what is not there is not queried. */
export function useNameBook(): () => NameBook {
  const trpc = useTRPC()
  const queries = useQueryClient()
  return useCallback(
    () => ({
      agency: (id) => queries.getQueryData(trpc.agencies.valid.queryKey())?.find((agency) => agency.id === id),
      category: (code) => {
        const found = queries
          .getQueryData(trpc.categories.active.queryKey())
          ?.find((category) => category.code === code)
        return (
          found && {
            name: found.name,
            nameEn: found.nameEn,
            parentName: found.groupName,
            parentNameEn: found.groupNameEn,
          }
        )
      },
      incident: (id) => queries.getQueryData(trpc.incidents.choices.queryKey())?.find((incident) => incident.id === id),
    }),
    [queries, trpc],
  )
}
