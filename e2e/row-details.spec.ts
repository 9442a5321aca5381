import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { visit } from './visit.ts'

test('the pin of a row shows its place on a small map, from which Esc leads back to the list', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const place = { address: '12 phố Hàng Bài', lon: 105.8521, lat: 21.0217 }
  const there = await buildReportAt(db, office, { ...place, title: 'Cây nghiêng phố Hàng Bài' })
  const nowhere = await buildReportAt(db, office, { title: 'Cây nghiêng không rõ ở đâu', lon: null, lat: null })
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=open')
  const row = (title: string) => page.getByRole('row', { name: new RegExp(title) })
  const pinOf = (code: string) => page.getByRole('button', { name: `Xem vị trí ${code} trên bản đồ` })
  await expect(row(nowhere.title)).toBeVisible()
  await expect(pinOf(nowhere.code)).toHaveCount(0)

  await pinOf(there.code).click()
  const map = page.getByRole('dialog', { name: `Địa điểm ${there.code}` })
  await expect(map.getByRole('img', { name: 'Vị trí phản ánh' })).toBeVisible()
  await expect(map).toContainText('12 phố Hàng Bài, tọa độ 21.02170, 105.85210')
  await expect(map.getByRole('link', { name: 'Chỉ đường' })).toHaveAttribute('href', /21\.021700,105\.852100/)
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(map).toHaveCount(0)

  // Without the preview the place has its own column.
  await page.keyboard.press('Space')
  await page
    .getByRole('gridcell', { name: /Hàng Bài/ })
    .getByRole('button', { name: there.code })
    .click()
  await expect(map).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(map).toHaveCount(0)
  await expect(page).toHaveURL(/\/reports\?view=open$/)
  await page.keyboard.press('j')
  await expect(page.locator('tr[data-focused]')).toHaveCount(1)
})
