import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'

/** The limit of PERFORMANCE for the list screen; compressed, as transferred. */
const mostBytes = 250_000

test('a browser without a cache loads at most 250 kB of script before the queue responds to keys', async ({
  db,
  signedInAs,
}) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector('tr[data-focused]')) return
      performance.mark('answered')
      watch.disconnect()
    })
    watch.observe(document, { subtree: true, childList: true, attributes: true })
  })
  await page.goto('/reports?view=open')
  await page.keyboard.press('j')
  await expect(page.locator('tr[data-focused]')).toBeVisible()
  // What the focused report then loads is requested after that moment.
  const bytes = await page.evaluate(() => {
    const [answered] = performance.getEntriesByName('answered')
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => new URL(name).pathname.endsWith('.js') && startTime < (answered?.startTime ?? 0))
    return scripts.reduce((sum, script) => sum + (script as PerformanceResourceTiming).encodedBodySize, 0)
  })
  console.log('BYTES', bytes)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThanOrEqual(mostBytes)
})
