import { noteDeparture } from '#components/shell/departures.ts'

/**
 * Where the desk under test is, in place of Next's router: the address of the window, told to whoever listens. Like
 * Next's, it also follows what the desk itself writes into the history.
 */
const changes = new EventTarget()

type Router = { push(href: string): void; replace(href: string): void; refresh(): void }
let router: Router | undefined

/** Whoever draws the pages says how another page is opened and how the current one is read again. */
export function routeThrough(given: Router | undefined): void {
  router = given
}

const tell = () => changes.dispatchEvent(new Event('change'))
const isOwn = (href: string) => new URL(href, window.location.href).origin === window.location.origin

for (const method of ['pushState', 'replaceState'] as const) {
  const write = window.history[method].bind(window.history)
  window.history[method] = (...given) => {
    write(...given)
    // A component may write while it renders: whoever listens is told afterwards, as by Next.
    queueMicrotask(tell)
  }
}
window.addEventListener('popstate', () => {
  noteDeparture()
  tell()
  router?.replace(hereNow())
})

export const hereNow = (): string => `${window.location.pathname}${window.location.search}`

export function subscribeToPlace(listener: () => void): () => void {
  changes.addEventListener('change', listener)
  return () => changes.removeEventListener('change', listener)
}

/** The router that components get; one object, as Next's is. */
export const appRouter = {
  push(href: string): void {
    if (!isOwn(href)) return
    noteDeparture()
    window.history.pushState(null, '', href)
    router?.push(hereNow())
  },
  replace(href: string): void {
    if (!isOwn(href)) return
    noteDeparture()
    window.history.replaceState(null, '', href)
    router?.replace(hereNow())
  },
  refresh: (): void => router?.refresh(),
  back: (): void => window.history.back(),
  forward: (): void => window.history.forward(),
  prefetch: (): void => undefined,
}
