import type { Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { closeLive } from '#server/live/hub.ts'

type Leaving = {
  server: Server
  /** Between the word of the readiness and the closing of the port. */
  noticeSeconds: number
  /** Says it: see `leaving` of the server. */
  announce: () => void
}

const letGoMillis = 50

/**
 * Readiness turns first; when whoever spreads the requests has heard of it the port closes, and what is under way is
 * finished.
 */
export async function leaveInOrder({ server, noticeSeconds, announce }: Leaving): Promise<void> {
  announce()
  await pause(noticeSeconds * 1000)
  const closed = new Promise((settle) => server.close(settle))
  closeLive()
  // A connection whose request began before the word would be kept for its next one.
  const letGo = setInterval(() => server.closeIdleConnections(), letGoMillis)
  await closed
  clearInterval(letGo)
}
