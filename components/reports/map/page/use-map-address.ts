'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import { formatPlace, type MapPlace, parsePlace } from '#server/reports/rules/map.ts'
import type { Queue, QueueView } from '#server/reports/rules/queue.ts'
import { parseQueue, queueAddress } from '#server/reports/rules/queue-address.ts'

const home = '/map'
const placeName = 'at'

/** The filter of the list, and where the map stands, are the address: it can be kept, sent, and gone back to. */
export function useMapAddress(firstView: QueueView) {
  const text = useSearchParams().toString()
  const queue = useMemo(() => parseQueue(parametersOf(new URLSearchParams(text)), firstView), [text, firstView])
  /** Another list begins with all of it in sight. */
  const show = useCallback((next: Queue) => window.history.pushState(null, '', `${home}?${queueAddress(next)}`), [])
  /** Every step of the map is no step of the history. */
  const stand = useCallback((place: MapPlace) => {
    const { search } = window.location
    const parameters = new URLSearchParams(search)
    parameters.set(placeName, formatPlace(place))
    const next = `${home}?${parameters.toString().replaceAll('%2C', ',')}`
    // Written anew though nothing moved, it would call off a way to another page that was just taken.
    if (next !== `${window.location.pathname}${search}`) window.history.replaceState(null, '', next)
  }, [])
  const place = useMemo(() => parsePlace(new URLSearchParams(text).get(placeName)), [text])
  return { queue, place, show, stand }
}
