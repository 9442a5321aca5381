'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useSettled } from '#components/ui/use-settled.ts'
import type { FoundPlace } from '#server/places/rules/place.ts'

/** Milliseconds after the last key; a later key aborts the request of an earlier one. */
const pause = 200
const fewestLetters = 3
/** What is longer is a story, whose beginning says where it happened. */
const mostLetters = 300
const minute = 60_000
const none: readonly FoundPlace[] = []

type Asked = { areaId?: number | null | undefined; isOn?: boolean }

/**
 * The places that an address may mean, the likeliest first. `isSettled`: they are those of the text as it stands, and
 * not of an earlier one.
 */
export function usePlaces(address: string, { areaId, isOn = true }: Asked = {}) {
  const trpc = useTRPC()
  const text = address.trim().slice(0, mostLetters)
  const asked = useSettled(text, pause)
  const isEnough = isOn && asked.length >= fewestLetters
  const { data, isPlaceholderData } = useQuery({
    ...trpc.places.find.queryOptions(
      { text: asked, ...(areaId && { areaId }) },
      // The request is aborted when it is no longer wanted.
      { trpc: { abortOnUnmount: true } },
    ),
    enabled: isEnough,
    staleTime: minute,
    placeholderData: (before) => before,
  })
  const isSettled = isEnough && asked === text && data !== undefined && !isPlaceholderData
  return { found: isEnough && text !== '' ? (data ?? none) : none, isSettled }
}

/** The commune of a point and the street beside it; undefined while it is not known. */
export function usePlaceAt(point: { lon: number; lat: number } | null) {
  const trpc = useTRPC()
  const settled = useSettled(JSON.stringify(point), pause)
  const { data, isPlaceholderData } = useQuery({
    ...trpc.places.at.queryOptions(JSON.parse(settled), { trpc: { abortOnUnmount: true } }),
    enabled: settled !== 'null',
    staleTime: minute,
    placeholderData: (before) => before,
  })
  return point === null || isPlaceholderData || settled !== JSON.stringify(point) ? undefined : data
}
