import { expect } from '@playwright/test'
import { inArray } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { overhang } from './routes.ts'
import { visit } from './visit.ts'

const phone = { viewport: { width: 390, height: 844 } }

test('on a phone a long press on a card selects it, and the selection is changed and changed back', async ({
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
  const actions = page.getByRole('dialog', { name: 'Đã chọn 2 phản ánh' })
  await actions.getByRole('button', { name: 'Gắn nhãn' }).tap()
  const sheet = page.getByRole('dialog', { name: 'Gắn nhãn: 2 phản ánh' })
  // Cancelling returns the focus to the button.
  await sheet.getByRole('button', { name: 'Hủy' }).tap()
  await expect(bar.getByRole('button', { name: 'Thao tác' })).toBeFocused()
  await bar.getByRole('button', { name: 'Thao tác' }).tap()
  await actions.getByRole('button', { name: 'Gắn nhãn' }).tap()
  const picker = sheet.locator('.MuiAutocomplete-inputRoot').first()
  expect((await picker.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await sheet.getByLabel('Thêm nhãn').fill('rà soát')
  await page.keyboard.press('Enter')
  await sheet.getByRole('button', { name: 'Thực hiện với 2 phản ánh' }).tap()
  await expect(sheet.getByText('2 đã thay đổi')).toBeVisible()
  expect(await tagged()).toBe(2)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await sheet.getByRole('button', { name: /^Hoàn tác/ }).tap()
  await expect(sheet.getByText('2 đã hoàn tác')).toBeVisible()
  expect(await tagged()).toBe(0)

  // Selects all with one tap, and leaves selecting: a tap opens a report as before.
  await sheet.getByRole('button', { name: 'Đóng' }).last().tap()
  await page.getByRole('button', { name: 'Chọn', exact: true }).tap()
  await page.getByRole('button', { name: 'Chọn 5 phản ánh đã tải' }).tap()
  await expect(bar.getByRole('status')).toHaveText('Đã chọn 5 phản ánh')
  await page.getByRole('button', { name: 'Xong', exact: true }).tap()
  await expect(bar).toBeHidden()
  await card.tap()
  await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toHaveText('Cống tắc số 3 ngõ Trạm')
})

test('on a phone the saved views and the palette are opened and closed by touch', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office, { severity: 'urgent' })
  const page = await signedInAs(office.officer.username, phone)
  await visit(page, '/reports?view=my_agency&severity=urgent')
  await page.getByRole('button', { name: 'Lưu bộ lọc' }).tap()
  const form = page.getByRole('dialog', { name: 'Lưu bộ lọc' })
  await form.getByRole('textbox', { name: 'Tên' }).fill('Mấtnắphốgatrướccổngtrườnghọcchưacóngườinhậnquáhạnbangày')
  await form.getByRole('button', { name: 'Lưu', exact: true }).tap()
  await expect(form).toBeHidden()

  await page.getByRole('heading', { level: 1 }).getByRole('button').tap()
  await expect(page.getByRole('menu').getByRole('menuitemradio', { name: /^Mấtnắphốga/ })).toBeVisible()
  expect(await overhang(page)).toBe(0)
  await page.getByRole('menuitem', { name: 'Tất cả đã lưu (1)' }).tap()
  const views = page.getByRole('dialog', { name: 'Bộ lọc đã lưu' })
  await expect(views.getByRole('button', { name: /^Sửa “Mấtnắphốga/ })).toBeVisible()
  await views.getByRole('button', { name: 'Đóng' }).tap()
  await expect(views).toBeHidden()

  await page.getByRole('button', { name: /^Tài khoản của/ }).tap()
  await page.getByRole('menuitem', { name: 'Bảng lệnh' }).tap()
  const palette = page.getByRole('listbox', { name: 'Bảng lệnh' })
  const close = page.getByRole('button', { name: 'Đóng bảng lệnh' })
  const { width = 0, height = 0 } = (await close.boundingBox()) ?? {}
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
  await close.tap()
  await expect(palette).toBeHidden()
})
