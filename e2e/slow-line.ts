import { expect, type Page, type Request } from '@playwright/test'

/**
 * Lets requests wait that match: a line that is slower than the hands. Gives back how to let them all go at once, to
 * the server or into nothing.
 */
export async function holdUp(
  page: Page,
  matching: RegExp,
  end: 'continue' | 'abort' = 'continue',
  concerns: (request: Request) => boolean = () => true,
): Promise<() => void> {
  let letGo = () => {}
  const gate = new Promise<void>((open) => {
    letGo = open
  })
  await page.route(matching, async (route) => {
    if (concerns(route.request())) await gate
    // The page may have given the request up meanwhile.
    await route[end]().catch(() => undefined)
  })
  return letGo
}

/** The same for pages that are gone to, whose shape shows until they come. */
export const holdUpPages = (page: Page): Promise<() => void> =>
  holdUp(page, /[?&]_rsc=/, 'continue', (request) => !('next-router-prefetch' in request.headers()))

/** The same for answers: the server has given them, and the page does not have them yet. */
export async function holdUpAnswers(page: Page, matching: RegExp): Promise<() => void> {
  let letGo = () => {}
  const gate = new Promise<void>((open) => {
    letGo = open
  })
  await page.route(matching, async (route) => {
    const answer = await route.fetch().catch(() => null)
    await gate
    // The page may have given the request up meanwhile.
    if (answer) await route.fulfill({ response: answer }).catch(() => undefined)
  })
  return letGo
}

/** The same for the code of a part of the page, told by words that stand in it. */
export async function holdUpCode(page: Page, words: string): Promise<() => void> {
  let letGo = () => {}
  const gate = new Promise<void>((open) => {
    letGo = open
  })
  await page.route(/\/_next\/static\/chunks\/.*\.js/, async (route) => {
    // The page may be gone before its code has come.
    const answer = await route.fetch().catch(() => null)
    const text = await answer?.text().catch(() => null)
    if (!answer || text == null) return
    if (text.includes(words)) await gate
    await route.fulfill({ response: answer }).catch(() => undefined)
  })
  return letGo
}

/** Blocks the code of a part of the page, found by words in it. Returns how to unblock it. */
export async function loseCode(page: Page, words: string): Promise<() => Promise<void>> {
  const chunks = /\/_next\/static\/chunks\/.*\.js/
  await page.route(chunks, async (route) => {
    // The page may be gone before its code has come.
    const answer = await route.fetch().catch(() => null)
    const text = await answer?.text().catch(() => null)
    if (!answer || text == null) return
    await (text.includes(words) ? route.abort() : route.fulfill({ response: answer })).catch(() => undefined)
  })
  return () => page.unroute(chunks)
}

/**
 * Gives back how to wait until the code of a part of the page has come, told by words that stand in it, and whatever
 * was asked for with it. Before anything is opened.
 */
export function awaitCode(page: Page, words: string): () => Promise<void> {
  let hasCome = false
  const onTheirWay = new Set<Request>()
  page.on('request', (request) => request.url().includes('/_next/static/chunks/') && onTheirWay.add(request))
  page.on('requestfinished', async (request) => {
    if (!onTheirWay.has(request)) return
    const text = await request.response().then((answer) => answer?.text())
    hasCome ||= text?.includes(words) === true
    onTheirWay.delete(request)
  })
  return () => expect.poll(() => hasCome && onTheirWay.size === 0).toBe(true)
}

/** The server hears it each time; what it says the first time gets lost. Gives back how often it was asked. */
export async function loseFirstAnswer(page: Page, calls: RegExp): Promise<() => number> {
  let heard = 0
  await page.context().route(calls, async (route) => {
    heard += 1
    const isFirst = heard === 1
    const answer = await route.fetch()
    await (isFirst ? route.abort() : route.fulfill({ response: answer }))
  })
  return () => heard
}

/** The facts of one report, alone or in a batch. */
export const factsOfReport = /\/api\/trpc\/[^?]*reports\.byCode/

export const isCall = (request: Request, name: string): boolean => request.url().includes(`/api/trpc/${name}`)

/** A page that nobody tells of changes: it hears of a colleague's at its own next one. Before anything is opened. */
export const keepDeaf = (page: Page): Promise<void> =>
  page.route(/\/api\/trpc\/live\.stream/, (route) => route.abort()).then(() => undefined)

/**
 * What the page puts off for a moment when a field next gets the focus comes a second later, as where the machine has
 * better to do.
 */
export const putOffAtFocus = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { setTimeout: soon } = window
    const later = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return
      document.removeEventListener('focusin', later)
      window.setTimeout = ((work: () => void, wait = 0) => soon(work, wait + 1000)) as typeof window.setTimeout
      queueMicrotask(() => {
        window.setTimeout = soon
      })
    }
    document.addEventListener('focusin', later)
  })
