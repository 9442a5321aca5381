import { chromium } from '@playwright/test'

const pages = 5

/** What the list screen costs a browser that comes for the first time, and what opening a report by key takes. */
export async function browserFigures(executablePath: string, url: string, token: string): Promise<string> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
  })
  const usable: number[] = []
  const opened: number[] = []
  let script = 0
  try {
    for (let i = 0; i < pages; i += 1) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      await context.addCookies([
        { name: 'next-auth.session-token', value: token, url, httpOnly: true, sameSite: 'Lax' },
      ])
      const page = await context.newPage()
      const session = await context.newCDPSession(page)
      await session.send('Network.enable')
      const scripts = new Set<string>()
      let bytes = 0
      session.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId))
      session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (scripts.has(requestId)) bytes += encodedDataLength
      })
      const start = performance.now()
      await page.goto(`${url}/reports?view=open`)
      await page.keyboard.press('j')
      await page.locator('[aria-current="true"], [data-focused="true"]').first().waitFor()
      usable.push(performance.now() - start)
      await page.keyboard.press('j')
      const before = await page.evaluate(() => performance.now())
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1 }).waitFor()
      opened.push((await page.evaluate(() => performance.now())) - before)
      script = bytes
      await context.close()
    }
  } finally {
    await browser.close()
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
  return `browser, cold: ${(script / 1000).toFixed(0)} kB of script compressed (≤ 250), usable after ${median(usable).toFixed(0)} ms (≤ 800); a report opened by key after ${median(opened).toFixed(0)} ms (≤ 100)`
}
