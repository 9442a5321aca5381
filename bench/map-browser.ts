import { setTimeout as pause } from 'node:timers/promises'
import { type BrowserContext, chromium } from '@playwright/test'

const moves = 40
const strokes = 3
/** After each stroke, not measured: the map glides on, and what has come into sight is asked for and drawn. */
const glideMillis = 1200
const procedure = 'reports.mapView'

type Watched = { measured: { frames: number[]; isMoved: boolean } }
const mark = (isMoved: boolean) => void Object.assign((window as unknown as Watched).measured, { isMoved })

type Panned = { shown: number; heaviest: number; frames: number[] }

/**
 * The cost of a map of a hundred thousand reports in a browser: the bytes sent, and the smoothness while it is moved;
 * compared with the floor, the same map without any report. Without a graphics card its surface is drawn by the
 * processor.
 */
export async function mapFigures(executablePath: string, url: string, token: string, day: string): Promise<string> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic', '--no-first-run'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ name: 'next-auth.session-token', value: token, url, httpOnly: true, sameSite: 'Lax' }])
    const empty = await panned(context, `${url}/map?view=all&received=2000-01-01..2000-01-02`)
    const full = await panned(context, `${url}/map?view=all&received=${day}..`)
    const sent = `shown after ${full.shown.toFixed(0)} ms, at most ${(full.heaviest / 1000).toFixed(0)} kB a view, compressed`
    return `map of 100,000 reports: ${sent}; frames while moved: ${spread(full.frames)}; of an empty map (the floor): ${spread(empty.frames)}`
  } finally {
    await browser.close()
  }
}

async function panned(context: BrowserContext, address: string): Promise<Panned> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const weights = new Map<string, number>()
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.url.includes(procedure)) weights.set(requestId, 0)
  })
  // The client drops a stream as soon as it has all its results: the end of the stream is not reported.
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const before = weights.get(requestId)
    if (before !== undefined) weights.set(requestId, before + encodedDataLength)
  })
  const start = performance.now()
  await page.goto(address)
  await page.getByRole('status').filter({ hasText: 'trong khung' }).waitFor()
  await page.locator('canvas.maplibregl-canvas').waitFor()
  const shown = performance.now() - start
  await page.evaluate(() => {
    const measured = { frames: [] as number[], isMoved: false }
    let last = performance.now()
    const next = (at: number) => {
      if (measured.isMoved) measured.frames.push(at - last)
      last = at
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    Object.assign(window, { measured })
  })
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    await page.mouse.move(600, 500)
    await page.mouse.down()
    await page.evaluate(mark, true)
    for (let at = 0; at < moves; at += 1) await page.mouse.move(600 + 6 * at, 500 + 2 * at)
    await page.evaluate(mark, false)
    await page.mouse.up()
    await pause(glideMillis)
  }
  const frames = await page.evaluate(() => (window as unknown as Watched).measured.frames)
  const heaviest = Math.max(0, ...weights.values())
  await page.close()
  return { shown, heaviest, frames }
}

function spread(frames: number[]): string {
  const sorted = frames.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(0)
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms of ${frames.length}`
}
