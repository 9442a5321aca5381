import { buildApiClient } from '#db/factories/api-clients.ts'
import { unique } from '#db/factories/unique.ts'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './visit.ts'

test.use({ viewport: { width: 1366, height: 768 } })

test('the page of the interface for programs is read without a script, in both languages and on a phone', async ({
  browser,
  baseURL,
  seriousViolations,
}) => {
  for (const [address, title, width, colorScheme] of [
    ['/api/docs', 'API của hệ thống phản ánh', 1366, 'light'],
    ['/api/docs?lang=en', 'API of the citizens’ reports desk', 390, 'dark'],
  ] as const) {
    const context = await browser.newContext({
      ...(baseURL && { baseURL }),
      viewport: { width, height: 768 },
      colorScheme,
      javaScriptEnabled: false,
    })
    const page = await context.newPage()
    const answer = await page.goto(address)
    expect(answer?.headers()['content-security-policy']).not.toContain('unsafe-inline')
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
    await page.getByRole('link', { name: 'POST /reports/{code}/rating' }).click()
    await expect(page).toHaveURL(/#rateReport$/)
    await expect(page.getByRole('heading', { name: 'POST /reports/{code}/rating' })).toBeVisible()
    await context.close()
  }
  const page = await browser.newPage()
  await page.goto('/api/docs')
  expect(await seriousViolations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 768 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.close()
})

test('accounts and visits stand on the board as the app reported them, with source and day', async ({
  signedInAs,
  baseURL,
  db,
}) => {
  const page = await signedInAs('lanhdao.tp')
  await visit(page, '/insights')
  const usage = page.getByRole('region', { name: 'Tài khoản và lượt truy cập' })
  await usage.scrollIntoViewIfNeeded()
  const { key, name } = await buildApiClient(db, { name: unique('Ứng dụng iHanoi') })
  const yesterday = dayAfter(localDayOf(new Date()), -1)
  const sent = await fetch(`${baseURL}/api/v1/usage/${yesterday}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ accounts: 1_234_567, visits: 21_500 }),
  })
  expect(sent.status).toBe(200)
  await visit(page, '/insights')
  const row = usage.getByRole('row', { name })
  await expect(row).toContainText('1.234.567')
  await expect(row).toContainText('21.500')
  await expect(row).toContainText(yesterday.split('-').toReversed().join('/'))
  await row.scrollIntoViewIfNeeded()
})
