import { chromium } from '@playwright/test'

const pages = 5

/** The cost of the list screen on a first visit, and the time to open a report by key. */
export async function browserFigures(executablePath: string, url: string, token: string): Promise<string> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
  })
  const usable: number[] = []
  const opened: number[] = []
  const script = { list: 0, report: 0 }
  try {
    for (let i = 0; i < pages; i += 1) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      await context.addCookies([
        { name: 'next-auth.session-token', value: token, url, httpOnly: true, sameSite: 'Lax' },
      ])
      const page = await context.newPage()
      const start = performance.now()
      await page.goto(`${url}/reports?view=open`)
      await page.keyboard.press('j')
      await page.locator('[aria-current="true"], [data-focused="true"]').first().waitFor()
      usable.push(performance.now() - start)
      script.list = await page.evaluate(scriptBytes)
      await page.keyboard.press('j')
      const before = await page.evaluate(() => performance.now())
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1 }).waitFor()
      opened.push((await page.evaluate(() => performance.now())) - before)
      script.report = await page.evaluate(scriptBytes)
      await context.close()
    }
  } finally {
    await browser.close()
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`
  const list = `${kilobytes(script.list)} of script compressed (≤ 300), usable after ${median(usable).toFixed(0)} ms (≤ 800)`
  return `browser, cold: ${list}; a report opened by key after ${median(opened).toFixed(0)} ms (≤ 100), ${kilobytes(script.report)} of script by then`
}

/** Bytes of script loaded so far, as transferred (compressed), without response headers. */
function scriptBytes(): number {
  const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const scripts = resources.filter(({ name }) => new URL(name).pathname.endsWith('.js'))
  return scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
}
