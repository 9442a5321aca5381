import type { Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { closeLive } from '#server/live/hub.ts'

type Leaving = {
  server: Server
  /** Seconds between the change of readiness and the closing of the port. */
  noticeSeconds: number
  /** Changes the readiness: see `leaving` of the server. */
  announce: () => void
}

const letGoMillis = 50

/**
 * Readiness changes first; after the load balancer has had time to notice, the port closes, and work in progress is
 * finished.
 */
export async function leaveInOrder({ server, noticeSeconds, announce }: Leaving): Promise<void> {
  announce()
  await pause(noticeSeconds * 1000)
  const closed = new Promise((settle) => server.close(settle))
  closeLive()
  // A connection whose request began before that would be kept alive for its next request.
  const letGo = setInterval(() => server.closeIdleConnections(), letGoMillis)
  await closed
  clearInterval(letGo)
}
