import { expect, type Page, test } from '@playwright/test'

/** Opens an address and waits until the page responds to keys and clicks. */
export async function visit(page: Page, address: string): Promise<void> {
  await test.step('visit', async () => {
    await page.goto(address)
    await awake(page)
  })
}

/** Waits until every part of the server's page has hydrated, as none says that it is asleep, and a frame has passed. */
export async function awake(page: Page): Promise<void> {
  const isAlive = () =>
    page.evaluate(async () => {
      const alive = () => document.querySelector('[data-asleep]') === null
      const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)))
      if (document.readyState !== 'complete' || !alive()) return false
      await frame()
      await frame()
      return alive()
    })
  await expect.poll(isAlive, { intervals: [50, 100, 250] }).toBe(true)
}
