'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useSettled } from '#components/ui/use-settled.ts'
import { streetText } from '#server/bulletins/rules/named-areas.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'

const hour = 3_600_000

/** The communes of today; undefined until they are known. */
export function useValidAreas() {
  const trpc = useTRPC()
  return useQuery({ ...trpc.areas.valid.queryOptions(), staleTime: hour }).data
}

const pause = 400

/** The communes that the streets of title and lead run through; undefined while typing, and until they are known. */
export function useStreetAreas(content: Pick<BulletinContent, 'vi'>): readonly number[] | undefined {
  const trpc = useTRPC()
  const text = streetText(content).trim()
  const settled = useSettled(text, pause)
  const { data } = useQuery({
    ...trpc.bulletins.streetAreas.queryOptions({ text: settled }, { trpc: { abortOnUnmount: true } }),
    enabled: settled !== '',
    staleTime: 60_000,
  })
  if (text === '') return none
  return settled === text ? data : undefined
}

const none: readonly number[] = []

/** The names of communes in Vietnamese order; null until they are known. */
export function useAreaNames(ids: readonly number[]): string[] | null {
  const data = useValidAreas()
  if (ids.length === 0) return []
  return data ? data.filter(({ id }) => ids.includes(id)).map(({ name }) => name) : null
}
