const key = 'board-place'
const lifetime = 60 * 60_000

type Place = { address: string; top: number; card: string | null; href: string | null; at: number }

const here = () => `${location.pathname}${location.search}`
/** On a wide screen the main part scrolls; on a low one the page itself. */
const scroller = () => document.getElementById('main')

/** Stores where on the board the reader was when a figure was opened. */
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

/** The address of the board the reader came from, if any. */
export function boardLeft(): string | null {
  return read()?.address ?? null
}

/** Events that show that the reader has taken over. */
const ownWays = ['keydown', 'pointerdown', 'wheel'] as const

/**
 * Returns to where the reader was: scrolls at once, sets the focus as soon as the figure is drawn. Charts appear later
 * than the page and are redrawn when they know their width, so the position is held for some seconds, or until the
 * reader interacts. Returns the function that stops it.
 */
export function returnToPlace(): () => void {
  const place = read()
  if (place === null || place.address !== here()) return () => {}
  const main = scroller()
  if (!main) return () => {}
  const find = () =>
    [...main.querySelectorAll<HTMLAnchorElement>(place.card ? `[data-card="${CSS.escape(place.card)}"] a` : 'a')].find(
      (link) => link.getAttribute('href') === place.href,
    )
  const hold = () => {
    if (Math.abs(main.scrollTop - place.top) > 1) main.scrollTop = place.top
  }
  let hasArrived = false
  const arrive = () => {
    hold()
    const link = find()
    // Once there, only a lost focus is restored.
    if (!link || (hasArrived && document.activeElement !== document.body)) return
    hasArrived = true
    link.focus({ preventScroll: true })
  }
  const watch = new MutationObserver(arrive)
  const end = () => {
    sessionStorage.removeItem(key)
    stop()
  }
  const timer = setTimeout(end, 5000)
  const stop = () => {
    clearTimeout(timer)
    watch.disconnect()
    main.removeEventListener('scroll', hold)
    for (const way of ownWays) removeEventListener(way, end, true)
  }
  for (const way of ownWays) addEventListener(way, end, { capture: true, passive: true })
  // The router scrolls a page that it has just shown to its top, at a moment of its own.
  main.addEventListener('scroll', hold, { passive: true })
  watch.observe(main, { childList: true, subtree: true })
  arrive()
  return stop
}

function read(): Place | null {
  try {
    const place = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Place | null
    return place && Date.now() - place.at < lifetime ? place : null
  } catch {
    return null
  }
}
