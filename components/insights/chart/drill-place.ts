const key = 'board-place'
const lifetime = 60 * 60_000

type Place = { address: string; top: number; card: string | null; href: string | null; at: number }

const here = () => `${location.pathname}${location.search}`
/** On a wide screen the main part scrolls; on a low one the page itself. */
const scroller = () => document.getElementById('main')

/** Leaves a note of where on the board the reader stood when a figure was opened. */
export function leavePlace(link: Element): void {
  const place: Place = {
    address: here(),
    top: scroller()?.scrollTop ?? 0,
    card: link.closest<HTMLElement>('[data-card]')?.dataset.card ?? null,
    href: link.getAttribute('href'),
    at: Date.now(),
  }
  try {
    sessionStorage.setItem(key, JSON.stringify(place))
  } catch {
    // Without storage the board opens at its top.
  }
}

/** The address of the board the reader came from, if there was one. */
export function boardLeft(): string | null {
  return read()?.address ?? null
}

/**
 * Returns to where the reader stood: scroll at once, focus as soon as the figure is drawn (charts come later than the page).
 * Gives back what stops the waiting.
 */
export function returnToPlace(): () => void {
  const place = read()
  if (place === null || place.address !== here()) return () => {}
  sessionStorage.removeItem(key)
  const main = scroller()
  if (!main) return () => {}
  main.scrollTop = place.top
  const find = () =>
    [...main.querySelectorAll<HTMLAnchorElement>(place.card ? `[data-card="${CSS.escape(place.card)}"] a` : 'a')].find(
      (link) => link.getAttribute('href') === place.href,
    )
  const arrive = () => {
    const link = find()
    link?.focus({ preventScroll: true })
    main.scrollTop = place.top
    return link !== undefined
  }
  if (arrive()) return () => {}
  const watch = new MutationObserver(() => arrive() && watch.disconnect())
  watch.observe(main, { childList: true, subtree: true })
  const timer = setTimeout(() => watch.disconnect(), 5000)
  return () => {
    clearTimeout(timer)
    watch.disconnect()
  }
}

function read(): Place | null {
  try {
    const place = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Place | null
    return place && Date.now() - place.at < lifetime ? place : null
  } catch {
    return null
  }
}
