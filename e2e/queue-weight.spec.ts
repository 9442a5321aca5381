import { expect, type Request } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'

/** What PERFORMANCE asks of the list screen; compressed, as they travel. */
const mostBytes = 250_000

test('a browser that comes for the first time fetches at most 250 kB of script before the queue answers to keys', async ({
  db,
  signedInAs,
}) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  const scripts: Request[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') scripts.push(request)
  })
  await page.goto('/reports?view=open')
  await page.keyboard.press('j')
  await expect(page.locator('tr[data-focused]')).toBeVisible()
  const sizes = await Promise.all(scripts.map((request) => request.sizes()))
  const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThanOrEqual(mostBytes)
})
