import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { visit } from './visit.ts'

const phone = { viewport: { width: 390, height: 844 } }

test('on a phone the queue is cards: one opens its report, Back comes back, views and filters are at hand', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  for (let i = 1; i <= 12; i++) await buildReportAt(db, office, { title: `Ổ gà sâu trước nhà số ${i}` })
  const page = await signedInAs(office.officer.username, phone)
  await visit(page, '/reports?view=my_agency')
  const card = page.getByRole('link', { name: /Ổ gà sâu trước nhà số 4/ })
  await expect(card).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await seriousViolations(page)).toEqual([])

  await card.click()
  await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toHaveText('Ổ gà sâu trước nhà số 4')
  await page.goBack()
  await expect(card).toBeVisible()

  await page.getByRole('button', { name: 'Đơn vị tôi' }).click()
  await page.getByRole('menuitemradio', { name: /^Đang mở/ }).click()
  await expect(page).toHaveURL('/reports?view=open')
  await page.getByRole('button', { name: 'Lọc', exact: true }).click()
  const filters = page.getByRole('dialog', { name: 'Bộ lọc' })
  await filters.getByText('Tạm dừng', { exact: true }).click()
  await filters.getByRole('button', { name: 'Xem kết quả' }).click()
  await expect(page.getByRole('heading', { name: 'Không có phản ánh nào khớp bộ lọc' })).toBeVisible()
})
