import { expect, type Page, type Request } from '@playwright/test'

/**
 * Holds matching requests: a connection slower than the user. Returns a function that releases them all at once, to the
 * server or aborted.
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
    // The page may have cancelled the request meanwhile.
    await route[end]().catch(() => undefined)
  })
  return letGo
}

/** The same for the code of a part of the page, identified by words in it. */
export async function holdUpCode(page: Page, words: string): Promise<() => void> {
  let letGo = () => {}
  const gate = new Promise<void>((open) => {
    letGo = open
  })
  await page.route(/\/_next\/static\/chunks\/.*\.js/, async (route) => {
    // The page may have closed before its code has loaded.
    const answer = await route.fetch().catch(() => null)
    const text = await answer?.text().catch(() => null)
    if (!answer || text == null) return
    if (text.includes(words)) await gate
    await route.fulfill({ response: answer }).catch(() => undefined)
  })
  return letGo
}

/** Blocks the code of a part of the page, identified by words in it. Returns a function that unblocks it. */
export async function loseCode(page: Page, words: string): Promise<() => Promise<void>> {
  const chunks = /\/_next\/static\/chunks\/.*\.js/
  await page.route(chunks, async (route) => {
    // The page may have closed before its code has loaded.
    const answer = await route.fetch().catch(() => null)
    const text = await answer?.text().catch(() => null)
    if (!answer || text == null) return
    await (text.includes(words) ? route.abort() : route.fulfill({ response: answer })).catch(() => undefined)
  })
  return () => page.unroute(chunks)
}

/**
 * Returns a function that waits until the code of a part of the page, identified by words in it, and everything
 * requested with it has loaded. To be called before anything is opened.
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

/** The facts of one report, alone or in a batch. */
export const factsOfReport = /\/api\/trpc\/[^?]*reports\.byCode/

export const isCall = (request: Request, name: string): boolean => request.url().includes(`/api/trpc/${name}`)

/**
 * A page without live updates: it learns of a colleague's change with its own next request. To be called before
 * anything is opened.
 */
export const keepDeaf = (page: Page): Promise<void> =>
  page.route(/\/api\/trpc\/live\.stream/, (route) => route.abort()).then(() => undefined)
