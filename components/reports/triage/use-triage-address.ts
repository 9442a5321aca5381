'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { departuresNow } from '#components/shell/departures.ts'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import { triageQueue } from '#server/reports/rules/triage.ts'
import { triageAddress } from './triage-address.ts'

/** Milliseconds. The address follows the keys; it need not change before the page does. */
const rest = 200

/**
 * The filter and the place in it are stored in the address, so that a reload and a shared link lead to exactly the same
 * report.
 */
export function useTriageAddress() {
  const text = useSearchParams().toString()
  const parameters = new URLSearchParams(text)
  const [start] = useState(parameters.get('at'))
  parameters.delete('at')
  const filters = parameters.toString()
  const queue = useMemo(() => triageQueue(parametersOf(new URLSearchParams(filters))), [filters])
  const show = useCallback((next: Queue) => window.history.pushState(null, '', triageAddress(next)), [])
  return { queue, start, show }
}

/** Stores in the address which report is shown. */
export function useKeptPlace(queue: Queue, code: string | null): void {
  useEffect(() => {
    const before = departuresNow()
    const timer = setTimeout(() => {
      // Next cancels a pending navigation when the address changes meanwhile.
      if (departuresNow() === before) window.history.replaceState(null, '', triageAddress(queue, code))
    }, rest)
    return () => clearTimeout(timer)
  }, [queue, code])
}
