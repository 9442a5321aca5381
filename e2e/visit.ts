import { expect, type Page, test } from '@playwright/test'

/** Opens an address and waits until the page responds to keys and clicks. */
export async function visit(page: Page, address: string): Promise<void> {
  await test.step('visit', async () => {
    await page.goto(address)
    await awake(page)
  })
}

/** Waits until the server's page has hydrated: React knows the buttons, and a frame has passed since. */
export async function awake(page: Page): Promise<void> {
  const isAlive = () =>
    page.evaluate(async () => {
      const known = (element: Element) => Object.keys(element).some((key) => key.startsWith('__reactProps'))
      const alive = () => [...document.querySelectorAll('button, input, a')].every(known)
      const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)))
      if (document.readyState !== 'complete' || !alive()) return false
      await frame()
      await frame()
      return alive()
    })
  await expect.poll(isAlive, { intervals: [50, 100, 250] }).toBe(true)
}
