'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Queue, QueueView } from '#server/reports/rules/queue.ts'
import { parseQueue, queueAddress } from '#server/reports/rules/queue-address.ts'

const home = '/reports'

/** The code in the path, if a report stands over the queue. */
export function codeIn(path: string): string | null {
  const [, code] = /^\/reports\/([^/]+)/.exec(path) ?? []
  return code ? decodeURIComponent(code) : null
}

export const parametersOf = (parameters: URLSearchParams): Record<string, string[]> =>
  Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]))

export const addressOf = (queue: Queue, code: string | null = null): string =>
  `${code ? `${home}/${encodeURIComponent(code)}` : home}?${queueAddress(queue)}`

/**
 * The whole state of the view stands in the address. Going somewhere is a new entry of the browser's history without a
 * visit to the server, so the queue stays mounted and Back brings the very same view.
 */
export function useQueueAddress(firstView: QueueView) {
  const here = codeIn(usePathname())
  // Next tells of a new address when it gets to it. The report shows at once, and the keys are its own from then on.
  const [ahead, setAhead] = useState<{ from: string | null; code: string } | null>(null)
  const code = ahead && ahead.from === here ? ahead.code : here
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the address has become, it has caught up
  useEffect(() => setAhead(null), [here])
  useEffect(() => {
    // Back, pressed before Next has got to the new address: for it nothing has changed, and it will tell of nothing.
    const forget = () => setAhead(null)
    window.addEventListener('popstate', forget)
    return () => window.removeEventListener('popstate', forget)
  }, [])
  const text = useSearchParams().toString()
  const queue = useMemo(() => parseQueue(parametersOf(new URLSearchParams(text)), firstView), [text, firstView])

  /** Someone wants to write down a report for a citizen. */
  const isReceiving = new URLSearchParams(text).has('new')

  const show = useCallback((next: Queue, { replace = false } = {}) => {
    const address = addressOf(next)
    if (replace) window.history.replaceState(null, '', address)
    else window.history.pushState(null, '', address)
  }, [])
  const open = useCallback(
    (next: string, { replace = false } = {}) => {
      const address = addressOf(queue, next)
      setAhead({ from: here, code: next })
      if (replace) window.history.replaceState(null, '', address)
      else window.history.pushState({ fromQueue: true }, '', address)
    },
    [queue, here],
  )
  return { queue, code, isReceiving, show, open }
}
