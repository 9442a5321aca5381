import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page } from '#app/testing/hands.ts'
import { hereNow } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')

test('on a phone the queue is cards: one opens its report, Back returns, views and filters are in reach', async () => {
  const office = await buildOffice()
  for (let i = 1; i <= 12; i++) await buildReportAt(office, { title: `Ổ gà sâu trước nhà số ${i}` })
  const { code: categoryCode } = await buildCategory({
    name: 'Hư hỏng kết cấu công trình hạ tầng kỹ thuật dùng chung tại khu đô thị mới chưa bàn giao',
  })
  await buildReportAt(office, {
    categoryCode,
    severity: 'urgent',
    title:
      'Nắp hố ga hỏng nặng trước số nhà 128A ngách 45/12/7 ngõ 196 đường Nguyễn Hoàng Tôn kéo dài, xe máy liên tục ngã',
  })
  await signInAs(office.officer.username, { width: 390, height: 844 })
  await visit('/reports?view=my_agency')
  const card = page.getByRole('link', { name: /Ổ gà sâu trước nhà số 4/ })
  await expect.element(card).toBeVisible()
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
  // However long its names are, no card is wider than the screen: what does not fit is shortened with an ellipsis, not
  // clipped.
  await expect.element(page.getByRole('link', { name: /Nắp hố ga hỏng nặng/ })).toBeVisible()
  const cards = page.getByRole('main').getByRole('listitem').elements()
  const parts = cards.flatMap((each) => [...each.querySelectorAll('*')])
  const edges = parts.map((part) => part.getBoundingClientRect().right)
  expect(Math.max(...edges)).toBeLessThanOrEqual(390)
  expect(await seriousViolations('main')).toEqual([])

  await card.click()
  await expect
    .element(page.getByRole('article').getByRole('heading', { level: 1 }))
    .toHaveTextContent('Ổ gà sâu trước nhà số 4')
  window.history.back()
  await expect.element(card).toBeVisible()

  await page.getByRole('button', { name: /Đơn vị tôi/ }).click()
  await page.getByRole('menuitemradio', { name: /^Đang mở/ }).click()
  await expect.poll(hereNow).toBe('/reports?view=open')
  await page.getByRole('button', { name: 'Lọc', exact: true }).click()
  const filters = page.getByRole('dialog', { name: /Bộ lọc/ })
  await filters.getByText('Tạm dừng', { exact: true }).click()
  await filters.getByRole('button', { name: /Xem kết quả/ }).click()
  await expect.element(page.getByRole('heading', { name: /Không có phản ánh nào khớp bộ lọc/ })).toBeVisible()
})
