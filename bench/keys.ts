import { chromium, type Page } from '@playwright/test'

const presses = 20
/** Milliseconds without an answer from the server after which a page has settled, its prefetches included. */
const quiet = 400

type Figure = { name: string; most: number; millis: number[] }

/** The time from a key press to the next paint, in a browser with the page open: the perceived latency. */
export async function keyFigures(executablePath: string, url: string, token: string): Promise<string> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
  })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ name: 'next-auth.session-token', value: token, url, httpOnly: true, sameSite: 'Lax' }])
    const page = await context.newPage()
    await page.addInitScript(watchPaints)
    const figures: Figure[] = []
    const measure = async (name: string, most: number, key: string, times: number, after?: () => Promise<unknown>) => {
      const millis: number[] = []
      for (let i = 0; i < times; i += 1) {
        millis.push(await paintAfter(page, key))
        await after?.()
        await settled(page)
      }
      figures.push({ name, most, millis })
    }

    await page.goto(`${url}/reports?view=open`)
    await page.locator('tr[data-focused]').waitFor()
    await settled(page)
    await measure('j', 100, 'j', presses)
    await measure('k', 100, 'k', presses)
    await measure('palette', 50, 'Control+k', presses / 2, () => page.keyboard.press('Escape'))
    await measure('open', 100, 'Enter', presses / 2, async () => {
      await page.getByRole('article').getByRole('heading', { level: 1 }).waitFor()
      await settled(page)
      await page.keyboard.press('Escape')
      await settled(page)
      await page.keyboard.press('j')
    })

    await page.goto(`${url}/triage`)
    await page.getByRole('article').first().waitFor()
    await settled(page)
    await measure('triage: j', 100, 'j', presses / 2)
    await measure('triage: assign', 100, '1', presses / 2, () => page.keyboard.press('Escape'))
    return figures.map(wordsOf).join('\n')
  } finally {
    await browser.close()
  }
}

function wordsOf({ name, most, millis }: Figure): string {
  const sorted = millis.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const worst = sorted.at(-1) ?? Number.NaN
  return `browser, next paint after ${name}: median ${median.toFixed(0)} ms, worst of ${sorted.length} ${worst.toFixed(0)} ms (≤ ${most})`
}

async function paintAfter(page: Page, key: string): Promise<number> {
  const seen = await page.evaluate(() => paints().length)
  await page.keyboard.press(key)
  await page.waitForFunction((before) => paints().length > before, seen)
  return page.evaluate(() => paints().at(-1) ?? Number.NaN)
}

/** Waits until neither a key nor an answer of the server has come for a moment. */
const settled = (page: Page) => page.waitForFunction((millis) => quietFor() > millis, quiet)

declare function paints(): number[]
declare function quietFor(): number

/**
 * Records, for each key press, the time until the next frame has been painted, and when the last key was pressed or the
 * last answer of the server came. Runs in the page.
 */
function watchPaints(): void {
  const millis: number[] = []
  let busyAt = 0
  const busy = () => {
    busyAt = performance.now()
  }
  new PerformanceObserver(busy).observe({ type: 'resource', buffered: true })
  window.addEventListener('keydown', busy, { capture: true })
  Object.assign(window, { paints: () => millis, quietFor: () => performance.now() - busyAt })
  window.addEventListener(
    'keydown',
    ({ timeStamp, key }) => {
      if (key === 'Control') return
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => millis.push(performance.now() - timeStamp)
        channel.port2.postMessage(null)
      })
    },
    { capture: true },
  )
}
