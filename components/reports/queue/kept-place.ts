/** Where the user was in a list. */
export type Place = {
  focusedId: number | null
  rows: number
  /** The scroll position, in the unit of the list that is shown. */
  position: number
  hadFocus: boolean
}

type Kept = { accountId: string; path: string; place: Place }

const storageKey = 'queue-place'

/** Keeps the place in this tab for a reload. The words of a search are not stored: it outlasts a sign-out. */
export function keepPlace(accountId: string, place: Place): void {
  const kept: Kept = { accountId, path: window.location.pathname, place }
  try {
    window.sessionStorage.setItem(storageKey, JSON.stringify(kept))
  } catch {
    // The browser stores nothing: a reload begins at the top.
  }
}

/** The place before the queue itself was reloaded, once; any other way to the list begins at its top. */
export function takePlace(accountId: string): Place | null {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  try {
    const kept: Kept | null = JSON.parse(window.sessionStorage.getItem(storageKey) ?? 'null')
    window.sessionStorage.removeItem(storageKey)
    // The address at which the page was loaded: since then it may have led to another one without a reload.
    const isReload = navigation?.type === 'reload' && kept?.path === new URL(navigation.name).pathname
    return isReload && kept?.accountId === accountId ? kept.place : null
  } catch {
    return null
  }
}
