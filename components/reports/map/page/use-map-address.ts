'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import { formatPlace, type MapPlace, parsePlace } from '#server/reports/rules/map.ts'
import type { Queue, QueueView } from '#server/reports/rules/queue.ts'
import { parseQueue, queueAddress } from '#server/reports/rules/queue-address.ts'

const home = '/map'
const placeName = 'at'

/**
 * The filter of the list and the position of the map are stored in the address: it can be bookmarked, shared and
 * navigated back to.
 */
export function useMapAddress(firstView: QueueView) {
  const text = useSearchParams().toString()
  const queue = useMemo(() => parseQueue(parametersOf(new URLSearchParams(text)), firstView), [text, firstView])
  /** Another list starts with all of it visible. */
  const show = useCallback((next: Queue) => window.history.pushState(null, '', `${home}?${queueAddress(next)}`), [])
  /** Another order of the same list: the map stays where it is. */
  const order = useCallback((next: Queue) => {
    const at = new URLSearchParams(window.location.search).get(placeName)
    window.history.pushState(
      null,
      '',
      `${home}?${[queueAddress(next), at && `${placeName}=${at}`].filter(Boolean).join('&')}`,
    )
  }, [])
  /** Moving the map adds no history entries. */
  const stand = useCallback((place: MapPlace) => {
    const { search } = window.location
    const parameters = new URLSearchParams(search)
    parameters.set(placeName, formatPlace(place))
    const next = `${home}?${parameters.toString().replaceAll('%2C', ',')}`
    // Writing it again without a change would cancel a navigation that has just started.
    if (next !== `${window.location.pathname}${search}`) window.history.replaceState(null, '', next)
  }, [])
  const place = useMemo(() => parsePlace(new URLSearchParams(text).get(placeName)), [text])
  return { queue, place, show, order, stand }
}
