import { expect } from '@playwright/test'
import { buildCategory } from '#db/factories/categories.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { openReport, reportOn, timelineOf } from './report-page.ts'
import { visit } from './visit.ts'

test('two colons and a few words insert a template into the answer, by keys alone; text not meant so stays as typed', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  await page.keyboard.press('r')
  const box = page.getByRole('region', { name: 'Trả lời công dân' })
  const what = box.getByLabel('Kết quả xử lý')
  const list = page.getByRole('listbox', { name: 'Mẫu trả lời' })
  await expect(what).toBeFocused()

  await page.keyboard.type('Lúc 12:30::hien')
  await expect(what).toHaveValue('Lúc 12:30::hien')
  await expect(list).toBeHidden()
  await what.clear()

  await page.keyboard.type('Kính gửi ông bà. ::')
  await expect(list.getByRole('option').nth(1)).toBeVisible()
  const [first, second] = await list.getByRole('option').all()
  await expect(first ?? list).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(second ?? list).toHaveAttribute('aria-selected', 'true')
  await expect(what).toHaveAttribute('aria-activedescendant', (await second?.getAttribute('id')) ?? '')
  expect(await seriousViolations(page)).toEqual([])

  await page.keyboard.type('hien truong don dep')
  await expect(list.getByRole('option')).toHaveCount(1)
  await what.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true })
  await expect(what).toHaveValue('Kính gửi ông bà. ::hien truong don dep')
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await page.keyboard.type('!')
  await expect(what).toHaveValue('Kính gửi ông bà. ::hien truong don dep!')
  await expect(list).toBeHidden()

  await page.keyboard.type('\n::dọn dẹp')
  await expect(list.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(what).toHaveValue(/^Kính gửi ông bà\. ::hien truong don dep!\n(?!::)/)
  await expect(list).toBeHidden()
  await page.keyboard.type(' Xin cảm ơn. #cay')
  await expect(what).toHaveValue(/ Xin cảm ơn\. #cay$/)
  // No other report in what a citizen reads.
  await expect(page.getByRole('listbox')).toHaveCount(0)
})

test('a report named in a note is chosen by its words, and its code leads to it once the note is saved', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { title: 'Cây nghiêng phố Lò Đúc' })
  const other = await buildReportAt(db, office, { title: 'Hố ga mất nắp ngõ Tràng Tiền' })
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=my_agency&sort=code&dir=asc')
  await page.keyboard.press('Enter')
  await reportOn(page, code)
  await page.keyboard.press('e')
  const note = page.getByLabel('Nội dung ghi chú')
  const list = page.getByRole('listbox', { name: 'Phản ánh' })
  await expect(note).toBeFocused()
  // A number sign may precede something that is no report: Enter is a new line unless the user moved to a line of the
  // list.
  await page.keyboard.type('#ho ga')
  await expect(list.getByRole('option', { name: other.code })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(note).toHaveValue('#ho ga\n')
  await note.clear()
  await page.keyboard.type('Cùng tổ công tác với #ho ga mat')
  await expect(list.getByRole('option', { name: other.code })).toBeVisible()
  await expect(list.getByRole('option', { name: code })).toHaveCount(0)
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('Tab')
  await expect(note).toHaveValue(`Cùng tổ công tác với ${other.code}`)
  await expect(note).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(note).toHaveValue('Cùng tổ công tác với #ho ga mat')
  await page.keyboard.press('Control+y')
  await expect(note).toHaveValue(`Cùng tổ công tác với ${other.code}`)
  await page.keyboard.type(', đi một chuyến.')
  await page.keyboard.press('Control+Enter')
  const link = timelineOf(page).getByRole('link', { name: other.code })
  await expect(link).toHaveAttribute('href', `/reports/${other.code}`)
  expect(await seriousViolations(page)).toEqual([])
  await link.click()
  await expect((await reportOn(page, other.code)).getByRole('heading', { level: 1 })).toHaveText(
    'Hố ga mất nắp ngõ Tràng Tiền',
  )
})

test('a report that the account may not see is not offered', async ({ signedInAs, db }) => {
  const [office, elsewhere] = [await buildOffice(db), await buildOffice(db)]
  const { code } = await buildReportAt(db, office)
  const hidden = await buildReportAt(db, elsewhere)
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  await page.keyboard.press('e')
  await page.keyboard.type(`#${hidden.code}`)
  const list = page.getByRole('listbox', { name: 'Phản ánh' })
  await expect(page.getByText('Không có phản ánh nào khớp')).toBeVisible()
  await expect(list.getByRole('option')).toHaveCount(0)
  // Enter is a new line again.
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue(`#${hidden.code}\n`)
})

test('the key sheet lists the signs, also for accounts with single keys off', async ({ signedInAs }) => {
  const page = await signedInAs('dieuphoi')
  await visit(page, '/reports')
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Phím tắt' })
  const line = sheet.locator('div').filter({ has: page.getByText('Dẫn phản ánh khác trong ghi chú nội bộ') })
  await expect(line.last()).toContainText('#')
  await expect(sheet.getByText('Chèn mẫu trả lời')).toBeVisible()
})

test('two question marks insert an earlier answer of the same category into the answer', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const { code: categoryCode } = await buildCategory(db)
  const earlier = await buildReportAt(db, office, { categoryCode, state: 'closed' })
  const { code } = await buildReportAt(db, office, { categoryCode })
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  await page.keyboard.press('r')
  const what = page.getByRole('region', { name: 'Trả lời công dân' }).getByLabel('Kết quả xử lý')
  const list = page.getByRole('listbox', { name: 'Trả lời trước đây cùng lĩnh vực' })
  await expect(what).toBeFocused()
  await page.keyboard.type('Sáng nay: ??cay ngap')
  await expect(page.getByText('Không có trả lời trước đây nào khớp')).toBeVisible()
  for (let letters = 4; letters > 0; letters--) await page.keyboard.press('Backspace')
  const option = list.getByRole('option', { name: earlier.code })
  await expect(option).toContainText(office.agency.name)
  await expect(option).toContainText('Cùng đơn vị')
  await expect(option).toContainText('Đã cắt dọn cây đổ, thông đường.')
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(what).toHaveValue('Sáng nay: Đã cắt dọn cây đổ, thông đường.')
})
