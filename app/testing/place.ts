import { noteDeparture } from '#components/shell/departures.ts'

/**
 * Where the desk under test is, in place of Next's router: the address of the window, told to whoever listens. Like
 * Next's, it also follows what the desk itself writes into the history.
 */
const changes = new EventTarget()

type Router = {
  push(href: string): void
  replace(href: string): void
  refresh(): void
  /** What is being opened is not wanted any more. */
  cancel(): void
}
let router: Router | undefined

/** Whoever draws the pages says how another page is opened and how the current one is read again. */
export function routeThrough(given: Router | undefined): void {
  router = given
}

let shown = new URL(window.location.href)
let isOpening = false

/** The address of the page that is shown: while another is opened, components still read this one, as in Next. */
export const shownPlace = (): URL => shown

/** The page that the address of the window names is shown. */
export function arrive(): void {
  shown = new URL(window.location.href)
  changes.dispatchEvent(new Event('change'))
}

const isOwn = (href: string) => new URL(href, window.location.href).origin === window.location.origin

for (const method of ['pushState', 'replaceState'] as const) {
  const write = window.history[method].bind(window.history)
  window.history[method] = (...given) => {
    write(...given)
    if (isOpening) return
    // As Next does where the desk itself writes the address meanwhile.
    router?.cancel()
    // A component may write while it renders: whoever listens is told afterwards, as by Next.
    queueMicrotask(arrive)
  }
}

/** Writes the address of a page that is not shown yet. */
export function depart(method: 'pushState' | 'replaceState', href: string): void {
  noteDeparture()
  isOpening = true
  window.history[method](null, '', href)
  isOpening = false
}

const sectionOf = ({ pathname }: URL | Location) => pathname.split('/')[1]

window.addEventListener('popstate', () => {
  noteDeparture()
  // Within one page the address alone tells what is shown.
  if (sectionOf(shown) === sectionOf(window.location)) arrive()
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
    depart('pushState', href)
    router?.push(hereNow())
  },
  replace(href: string): void {
    if (!isOwn(href)) return
    depart('replaceState', href)
    router?.replace(hereNow())
  },
  refresh: (): void => router?.refresh(),
  back: (): void => window.history.back(),
  forward: (): void => window.history.forward(),
  prefetch: (): void => undefined,
}
