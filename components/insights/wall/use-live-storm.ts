'use client'

import { useEffect, useState } from 'react'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import type { Storm } from '#server/insights/rules/board.ts'
import { type Fault, faultOf, waitAfter } from './line.ts'

/** A request without an answer after this time counts as a lost connection. */
const longestWaitMillis = 20_000

type Live = {
  storm: Storm
  /** When these figures arrived, by the clock of this machine. */
  since: number
  fault: Fault | null
  /** When the next request is sent; null while one is in progress. */
  nextAt: number | null
}

/** The storm, requested repeatedly. The last answer stays, whatever happens to the connection. */
export function useLiveStorm(first: Storm): Live {
  const server = useTRPCClient()
  const { id } = first.incident
  const [live, setLive] = useState<Live>(() => ({ storm: first, since: Date.now(), fault: null, nextAt: null }))

  useEffect(() => {
    const over = new AbortController()
    let failures = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let isAsking = false

    const wait = () => {
      const length = waitAfter(failures, Math.random())
      timer = setTimeout(ask, length)
      return Date.now() + length
    }
    const ask = async () => {
      if (isAsking) return
      isAsking = true
      clearTimeout(timer)
      setLive((before) => ({ ...before, nextAt: null }))
      const signal = AbortSignal.any([over.signal, AbortSignal.timeout(longestWaitMillis)])
      try {
        const storm = await server.insights.wall.query(id, { signal })
        failures = 0
        if (!over.signal.aborted) setLive({ storm, since: Date.now(), fault: null, nextAt: wait() })
      } catch (error) {
        failures += 1
        if (!over.signal.aborted) setLive((before) => ({ ...before, fault: faultOf(error), nextAt: wait() }))
      } finally {
        isAsking = false
      }
    }
    const begin = wait()
    setLive((before) => ({ ...before, nextAt: begin }))
    // The machine reports that the network is back: no need to wait.
    window.addEventListener('online', ask)
    return () => {
      over.abort()
      clearTimeout(timer)
      window.removeEventListener('online', ask)
    }
  }, [server, id])
  return live
}
