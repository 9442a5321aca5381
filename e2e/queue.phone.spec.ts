import { expect } from '@playwright/test'
import { inArray } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
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

test('on a phone a finger that rests on a card chooses it, and what is chosen is changed and changed back', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const ids: number[] = []
  for (let i = 1; i <= 5; i++) ids.push((await buildReportAt(db, office, { title: `Cống tắc số ${i} ngõ Trạm` })).id)
  const tagged = async () =>
    (await db.select({ tags: reports.tags }).from(reports).where(inArray(reports.id, ids))).filter(
      ({ tags }) => tags.join() === 'rà soát',
    ).length
  const page = await signedInAs(office.officer.username, phone)
  await visit(page, '/reports?view=my_agency')
  const bar = page.getByRole('region', { name: 'Các phản ánh đã chọn' })
  const card = page.getByRole('link', { name: /Cống tắc số 3 ngõ Trạm/ })
  await card.scrollIntoViewIfNeeded()
  const box = await card.boundingBox()
  if (!box) throw new Error('the card is not in sight')
  const finger = await page.context().newCDPSession(page)
  const at = [{ x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }]
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at })
  const third = page.getByRole('checkbox', { name: /Cống tắc số 3 ngõ Trạm/ })
  await expect(third).toBeChecked()
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await expect(bar.getByRole('status')).toHaveText('Đã chọn 1 phản ánh')
  await page.getByRole('checkbox', { name: /Cống tắc số 2 ngõ Trạm/ }).tap()
  await expect(bar.getByRole('status')).toHaveText('Đã chọn 2 phản ánh')
  await expect(third).toBeChecked()
  expect(await seriousViolations(page)).toEqual([])

  await bar.getByRole('button', { name: 'Thao tác' }).tap()
  const deeds = page.getByRole('dialog', { name: 'Đã chọn 2 phản ánh' })
  await deeds.getByRole('button', { name: 'Gắn nhãn' }).tap()
  const sheet = page.getByRole('dialog', { name: 'Gắn nhãn: 2 phản ánh' })
  await sheet.getByLabel('Thêm nhãn').fill('rà soát')
  await page.keyboard.press('Enter')
  await sheet.getByRole('button', { name: 'Thực hiện với 2 phản ánh' }).tap()
  await expect(sheet.getByText('2 đã thay đổi')).toBeVisible()
  expect(await tagged()).toBe(2)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await sheet.getByRole('button', { name: /^Hoàn tác/ }).tap()
  await expect(sheet.getByText('2 đã hoàn tác')).toBeVisible()
  expect(await tagged()).toBe(0)

  // All at a touch, and out again: a tap opens a report as before.
  await sheet.getByRole('button', { name: 'Đóng' }).last().tap()
  await page.getByRole('button', { name: 'Chọn', exact: true }).tap()
  await page.getByRole('button', { name: 'Chọn 5 phản ánh đã tải' }).tap()
  await expect(bar.getByRole('status')).toHaveText('Đã chọn 5 phản ánh')
  await page.getByRole('button', { name: 'Xong', exact: true }).tap()
  await expect(bar).toBeHidden()
  await card.tap()
  await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toHaveText('Cống tắc số 3 ngõ Trạm')
})
