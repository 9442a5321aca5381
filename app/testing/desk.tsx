import { NextIntlClientProvider } from 'next-intl'
import { Component, type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { beforeAll, beforeEach } from 'vitest'
import { page as browserPage } from 'vitest/browser'
import { resumeSession } from '#components/trpc/session-end.ts'
import { ColourModeKeeper } from '#components/ui/colour-mode.ts'
import { MuiTheme } from '#components/ui/MuiTheme.tsx'
import { colourModeKey, tokenStylesheet } from '#components/ui/tokens.ts'
import { localeCookie, timeZone } from '#messages/locales.ts'
import ScreenLayout from '../(screen)/layout.tsx'
import StaffLayout from '../(staff)/layout.tsx'
import { emulateNothing } from './hands.ts'
import { hangUp, speakFor } from './line.ts'
import { getLocale } from './next/intl-server.ts'
import { Elsewhere } from './next/navigation.ts'
import { type DrawnPage, isWall, pageAt, resolved } from './pages.ts'
import { arrive, depart, hereNow, routeThrough } from './place.ts'
import { onServer } from './server.ts'
import '#components/ui/fonts.css'
import '#components/ui/base.css'

const sessions = onServer<typeof import('./beside/session.ts')>('app/testing/beside/session.ts')

type Screen = { language?: 'vi' | 'en'; colorScheme?: 'light' | 'dark'; width?: number; height?: number }

let root: Root | undefined
let isSignedIn = false
let failure: unknown

const sheet = document.createElement('style')
sheet.textContent = tokenStylesheet()
document.head.prepend(sheet)

/** Signs the browser in as this account, without the form, on a screen of this size. */
export async function signInAs(username: string, screen: Screen = {}): Promise<void> {
  const { language = 'vi', colorScheme = 'light', width = 1440, height = 900 } = screen
  await leave()
  const { accountId, cookie } = await sessions.signIn(username)
  speakFor(accountId)
  await cookieStore.set(cookie)
  await cookieStore.set(localeCookie, language)
  document.documentElement.lang = language
  localStorage.setItem(colourModeKey, colorScheme)
  isSignedIn = true
  await browserPage.viewport(width, height)
}

/** Opens an address as the signed-in account, in a desk that remembers nothing but what the browser stores. */
export async function visit(address: string): Promise<void> {
  if (!isSignedIn) throw new Error('sign in first: signInAs(username)')
  unmount()
  window.history.replaceState(null, '', address)
  const place = document.createElement('div')
  document.body.append(place)
  root = createRoot(place, {
    onUncaughtError(error) {
      failure = error
    },
  })
  const own = root
  const isLeft = () => root !== own
  const desk = await openDesk().catch((error: unknown) => {
    // A desk that is closed meanwhile asks without its cookies.
    if (!isLeft()) throw error
    return null
  })
  if (isLeft()) return
  // Keys go to the frame of the test.
  window.focus()
  await new Promise<void>((done) => root?.render(<Drawn onDrawn={done}>{desk}</Drawn>))
}

/** Opens the same address again: nothing stays but what the browser stores. */
export const reload = (): Promise<void> => visit(hereNow())

/** A plain link, which is not the router's, loads the page anew. */
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
  if (!link || event.defaultPrevented || !isPlain || link.target || link.hasAttribute('download')) return
  if (link.origin !== window.location.origin || link.getAttribute('href')?.startsWith('#')) return
  event.preventDefault()
  window.history.pushState(null, '', link.href)
  visit(hereNow()).catch((error: unknown) => {
    failure = error
  })
})

/** Leaves the desk: its page is gone, what the browser stores stays. */
export function unmount(): void {
  routeThrough(undefined)
  root?.unmount()
  root = undefined
  document.body.replaceChildren()
  // The next desk inserts its styles itself.
  for (const sheet of document.head.querySelectorAll('style[data-emotion]')) sheet.remove()
}

/** Another person at another machine: nothing of the last one is left. */
async function leave(): Promise<void> {
  unmount()
  speakFor(undefined)
  hangUp()
  resumeSession()
  // The desk ignores Enter for a moment after a submit, or until another key.
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Unidentified' }))
  localStorage.clear()
  sessionStorage.clear()
  for (const { name } of await cookieStore.getAll()) if (name) await cookieStore.delete(name)
  isSignedIn = false
}

/** Milliseconds; the first file may wait until the city is seeded. */
const untilSeeded = 600_000

beforeAll(async () => {
  // A package that is not named in `scripts/component-tests.ts` would be found late and reload the window.
  const [{ type } = { type: 'none' }] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (type === 'reload') throw new Error('the window was reloaded during the tests')
  await fetch('/api/health')
}, untilSeeded)

beforeEach(async () => {
  await leave()
  await emulateNothing()
  failure = undefined
  return () => {
    if (failure) throw failure
  }
})

/** What is on the page now; a place of its own, because pages change below the same layout. */
function createStage(first: DrawnPage) {
  let current = first
  const listeners = new Set<() => void>()
  return {
    show(next: DrawnPage) {
      current = next
      for (const listener of listeners) listener()
    },
    Stage() {
      const { file, content } = useSyncExternalStore(
        (listener) => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
        () => current,
      )
      return <Boundary key={file}>{content}</Boundary>
    },
  }
}

async function openDesk(): Promise<ReactNode> {
  const locale = await getLocale()
  const first = await followed(hereNow())
  const { show, Stage } = createStage(first)
  const Around = isWall(first.file) ? ScreenLayout : StaffLayout
  arrive()
  let latest = 0
  const desk = root
  const go = async () => {
    const own = ++latest
    const isWanted = () => own === latest && desk === root
    const next = await followed(hereNow()).catch((error) => {
      // A desk that is closed asks without its cookies.
      if (isWanted()) throw error
    })
    // A later step was quicker, or the desk is closed.
    if (!next || !isWanted()) return
    show(next)
    arrive()
  }
  const cancel = () => {
    latest += 1
  }
  routeThrough({ push: go, replace: go, refresh: go, cancel })
  return (
    <MuiTheme nonce={undefined}>
      <ColourModeKeeper />
      <NextIntlClientProvider locale={locale} timeZone={timeZone} messages={null}>
        {await resolved(<Around>{<Stage />}</Around>)}
      </NextIntlClientProvider>
    </MuiTheme>
  )
}

async function followed(address: string): Promise<DrawnPage> {
  try {
    return await pageAt(address)
  } catch (error) {
    if (!(error instanceof Elsewhere) || !error.address) throw error
    depart('replaceState', error.address)
    return followed(error.address)
  }
}

/** Tells when everything below has been drawn and listens to keys: effects of what is below run first. */
function Drawn({ onDrawn, children }: { onDrawn: () => void; children: ReactNode }) {
  useEffect(onDrawn, [onDrawn])
  return children
}

/** What a page throws while it is rendered fails the test. */
class Boundary extends Component<{ children: ReactNode }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override componentDidCatch(error: unknown): void {
    failure = error
  }

  override render(): ReactNode {
    return this.state.isBroken ? null : this.props.children
  }
}
