'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import type { Queue, QueueView } from '#server/reports/rules/queue.ts'
import { parseQueue, queueAddress } from '#server/reports/rules/queue-address.ts'

const home = '/reports'

/** The code in the path, if a report is open over the queue. */
export function codeIn(path: string): string | null {
  const [, code] = /^\/reports\/([^/]+)/.exec(path) ?? []
  return code ? decodeURIComponent(code) : null
}

export const addressOf = (queue: Queue, code: string | null = null): string =>
  `${code ? `${home}/${encodeURIComponent(code)}` : home}?${queueAddress(queue)}`

type How = { replace?: boolean }

/**
 * The whole state of the view is stored in the address. Navigating adds an entry to the browser's history without a
 * request to the server, so the queue stays mounted and Back restores exactly the same view.
 */
export function useQueueAddress(firstView: QueueView) {
  const path = usePathname()
  const parameters = useSearchParams().toString()
  const told = `${path}?${parameters}`
  // Next reports a new address with a delay. The target shows at once, and has the keys from then on.
  const [ahead, setAhead] = useState<{ from: string; code: string | null; text: string } | null>(null)
  const { code, text } = ahead?.from === told ? ahead : { code: codeIn(path), text: parameters }
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the address has become, it has caught up
  useEffect(() => setAhead(null), [told])
  useEffect(() => {
    // Back, pressed before Next has processed the new address: for Next nothing has changed, and it will report
    // nothing.
    const forget = () => setAhead(null)
    window.addEventListener('popstate', forget)
    return () => window.removeEventListener('popstate', forget)
  }, [])
  const queue = useMemo(() => parseQueue(parametersOf(new URLSearchParams(text)), firstView), [text, firstView])

  /** The form for entering a citizen's report is requested. */
  const isReceiving = new URLSearchParams(text).has('new')

  const go = useCallback(
    (next: Queue, code: string | null, { replace = false }: How = {}) => {
      setAhead({ from: told, code, text: queueAddress(next) })
      const address = addressOf(next, code)
      if (replace) window.history.replaceState(null, '', address)
      else window.history.pushState(null, '', address)
    },
    [told],
  )
  const show = useCallback((next: Queue, how?: How) => go(next, null, how), [go])
  const open = useCallback((next: string, how?: How) => go(queue, next, how), [go, queue])
  return { queue, code, isReceiving, show, open }
}
