import { chromium } from '@playwright/test'
import { queryPath } from './jobs.ts'

const moves = 40

/** What a map of a hundred thousand reports costs a browser: what is sent for it, and how evenly it is drawn while it is moved. */
export async function mapFigures(executablePath: string, url: string, token: string, day: string): Promise<string> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic', '--no-first-run'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ name: 'next-auth.session-token', value: token, url, httpOnly: true, sameSite: 'Lax' }])
    const page = await context.newPage()
    const weights: number[] = []
    page.on('response', async (response) => {
      if (!response.url().includes(queryPath('reports.mapView', '').split('?')[0] ?? '')) return
      weights.push((await response.body().catch(() => Buffer.alloc(0))).length)
    })
    const start = performance.now()
    await page.goto(`${url}/map?view=all&received=${day}..`)
    await page.getByRole('status').filter({ hasText: 'trong khung' }).waitFor()
    await page.locator('canvas.maplibregl-canvas').waitFor()
    const shown = performance.now() - start
    await page.evaluate(() => {
      const frames: number[] = []
      let last = performance.now()
      const next = (at: number) => {
        frames.push(at - last)
        last = at
        requestAnimationFrame(next)
      }
      requestAnimationFrame(next)
      Object.assign(window, { frames })
    })
    await page.mouse.move(600, 500)
    await page.mouse.down()
    for (let at = 0; at < moves; at += 1) await page.mouse.move(600 + 6 * at, 500 + 2 * at)
    await page.mouse.up()
    const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.slice(1))
    const sorted = frames.sort((a, b) => a - b)
    const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(0)
    const heaviest = Math.max(0, ...weights) / 1000
    return `map of 100,000 reports: shown after ${shown.toFixed(0)} ms, at most ${heaviest.toFixed(0)} kB of heaps a view; frames while moved: median ${at(0.5)} ms, p95 ${at(0.95)} ms`
  } finally {
    await browser.close()
  }
}
