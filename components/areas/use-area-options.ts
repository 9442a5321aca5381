'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'

const hour = 3_600_000

/** The communes to choose from; undefined while they are being fetched. */
export function useAreaOptions(): PickerOption[] | undefined {
  const trpc = useTRPC()
  const { data } = useQuery({ ...trpc.areas.valid.queryOptions(), staleTime: hour })
  return useMemo(() => data?.map(({ id, name, code }) => ({ id: String(id), label: name, also: code })), [data])
}
