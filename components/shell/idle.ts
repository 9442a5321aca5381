export const touchEvery = 60_000

/** Messages between tabs: someone is active, the desk is locked, it is unlocked. */
export type IdleNews =
  | { kind: 'active'; username: string; at: number }
  | { kind: 'locked'; username: string }
  | { kind: 'unlocked'; username: string }

export type Idleness = { lastActive: number; lastTouch: number; locked: boolean }

export function isIdle(state: Idleness, now: number, idleMinutes: number): boolean {
  return now - state.lastActive >= idleMinutes * 60_000
}

/** Whether the server should be notified again that someone is active. */
export function isTouchDue(state: Idleness, now: number): boolean {
  return !state.locked && now - state.lastTouch >= touchEvery
}

/** The state after a message from another tab. Input at the machine does not lift a lock, only the password does. */
export function afterNews(state: Idleness, news: IdleNews, now: number): Idleness {
  if (news.kind === 'locked') return { ...state, locked: true }
  if (news.kind === 'unlocked') return { lastActive: now, lastTouch: now, locked: false }
  if (state.locked) return state
  // The tab that saw the input notifies the server; the others need not repeat it.
  return { ...state, lastActive: Math.max(state.lastActive, news.at), lastTouch: Math.max(state.lastTouch, news.at) }
}
