import { createTRPCClient, httpSubscriptionLink } from '@trpc/client'
import { addressFor, drawnFor } from '#components/trpc/drawn-for.ts'
import { refusalOf } from '#components/trpc/refusal.ts'
import { endSession } from '#components/trpc/session-end.ts'
import { isSessionRefusal, type SessionRefusal } from '#server/accounts/rules/session.ts'
import type { LiveMessage } from '#server/live/rules/message.ts'
import { wire } from '#server/platform/rules/wire.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import { deliverMessage, setIsLive } from './live.ts'

/** Messages between tabs: what the tab with the stream passes on, and what a new tab asks it for. */
type Said = { message: LiveMessage } | { isLive: boolean } | { ended: SessionRefusal } | { asks: true }

const firstWait = 2000
const longestWait = 60_000

/**
 * Joins the one stream that all tabs of an account share, as a browser has six connections to a host. The tab that
 * holds the lock listens and passes on; when it closes, the next tab gets the lock and the work, and all tabs catch up.
 * A browser without locks (a page that did not come by https) gets no stream: its screens poll. Returns a function that
 * leaves the stream.
 */
export function joinStream(accountId: string): () => void {
  if (!navigator.locks || typeof BroadcastChannel === 'undefined') return () => undefined
  const name = `live ${accountId}`
  const open = () => {
    const leaving = new AbortController()
    const channel = new BroadcastChannel(name)
    let isLeading = false
    let isLive = false
    const share = (said: Said) => channel.postMessage(said)
    const take = (said: Said) => {
      if ('message' in said) deliverMessage(said.message)
      else if ('isLive' in said) setIsLive(said.isLive)
      else if ('ended' in said) endSession(said.ended)
      else if (isLeading) share({ isLive })
    }
    const tell = (said: Said) => {
      if (leaving.signal.aborted) return
      if ('isLive' in said) isLive = said.isLive
      take(said)
      share(said)
    }
    channel.onmessage = ({ data }: MessageEvent<Said>) => take(data)
    share({ asks: true })
    const lead = async () => {
      isLeading = true
      await listen(accountId, tell, leaving.signal)
    }
    navigator.locks.request(name, { signal: leaving.signal }, lead).catch(() => undefined)
    return () => {
      if (isLeading) share({ isLive: false })
      leaving.abort()
      channel.close()
      setIsLive(false)
    }
  }

  let close = open()
  const hide = () => close()
  // A page restored from the back/forward cache.
  const show = ({ persisted }: PageTransitionEvent) => {
    if (persisted) close = open()
  }
  window.addEventListener('pagehide', hide)
  window.addEventListener('pageshow', show)
  return () => {
    window.removeEventListener('pagehide', hide)
    window.removeEventListener('pageshow', show)
    close()
  }
}

/**
 * Listens until the tab leaves or the session has ended. A broken stream is reopened, by each browser after its own
 * random delay.
 */
async function listen(accountId: string, tell: (said: Said) => void, leaving: AbortSignal): Promise<void> {
  const url = addressFor('/api/trpc', drawnFor(accountId))
  const client = createTRPCClient<AppRouter>({
    links: [httpSubscriptionLink({ url, transformer: wire })],
  })
  let wait = firstWait
  while (!leaving.aborted) {
    const ended = await new Promise<SessionRefusal | null>((settle) => {
      const subscription = client.live.stream.subscribe(undefined, {
        signal: leaving,
        onStarted: () => {
          wait = firstWait
          tell({ isLive: true })
        },
        onConnectionStateChange: ({ state }) => state === 'connecting' && tell({ isLive: false }),
        onData: (message) => tell({ message }),
        onComplete: () => settle(null),
        onError: (error) => {
          const code = refusalOf(error)?.code
          settle(isSessionRefusal(code) ? code : null)
        },
      })
      leaving.addEventListener('abort', () => {
        subscription.unsubscribe()
        settle(null)
      })
    })
    tell({ isLive: false })
    if (ended) return tell({ ended })
    await pause(wait * (0.5 + Math.random()), leaving)
    wait = Math.min(longestWait, wait * 2)
  }
}

function pause(milliseconds: number, leaving: AbortSignal): Promise<void> {
  return new Promise((settle) => {
    const timer = setTimeout(settle, milliseconds)
    leaving.addEventListener('abort', () => {
      clearTimeout(timer)
      settle()
    })
  })
}
