import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { visit } from './visit.ts'

const title = 'Bộ lọc đã lưu'

test('a filtered list is saved under a name, counted, shared with the agency, and each user sees only their own reports', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db)
  for (const severity of ['urgent', 'urgent', 'normal'] as const) await buildReportAt(db, office, { severity })
  const page = await signedInAs(office.approver.username)
  await visit(page, '/reports?view=my_agency&severity=urgent')
  await page.getByRole('button', { name: 'Lưu bộ lọc' }).click()
  const form = page.getByRole('dialog', { name: 'Lưu bộ lọc' })
  await expect(form).toContainText('“Đơn vị tôi” với Mức độ: Khẩn.')
  await form.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(form.getByRole('textbox', { name: 'Tên' })).toHaveAccessibleDescription(/./)
  await form.getByRole('textbox', { name: 'Tên' }).fill('Khẩn của đơn vị')
  await form.getByLabel('Dùng cho').selectOption('agency')
  await form.getByRole('combobox', { name: 'Đơn vị' }).fill(office.agency.shortName)
  await page.getByRole('option', { name: office.agency.shortName }).click()
  expect(await seriousViolations(page)).toEqual([])
  await form.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(form).toBeHidden()
  const saved = page.getByRole('navigation', { name: title })
  await expect(saved.getByRole('link', { name: 'Khẩn của đơn vị' })).toContainText('2')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Khẩn của đơn vị')

  await page.keyboard.press('v')
  await page.getByRole('menuitemradio', { name: 'Mở lại' }).click()
  await expect(page).toHaveURL(/view=reopened/)
  await saved.getByRole('link', { name: 'Khẩn của đơn vị' }).click()
  await expect(page).toHaveURL('/reports?view=my_agency&severity=urgent')

  const other = await signedInAs(office.officer.username)
  await visit(other, '/reports?view=my_agency')
  await other.getByRole('button', { name: 'Tất cả đã lưu (1)' }).click()
  const sheet = other.getByRole('dialog', { name: title })
  await expect(sheet.getByText(`${office.agency.shortName} · ${office.approver.name} lưu`)).toBeVisible()
  await expect(sheet.getByRole('button', { name: 'Sửa “Khẩn của đơn vị”' })).toBeHidden()
  await sheet.getByRole('button', { name: 'Ghim “Khẩn của đơn vị”', exact: true }).click()
  await expect(sheet.getByRole('button', { name: 'Bỏ ghim “Khẩn của đơn vị”' })).toBeVisible()
  expect(await seriousViolations(other)).toEqual([])
  await sheet.getByRole('link', { name: 'Khẩn của đơn vị' }).click()
  await expect(other.getByText('2 phản ánh')).toBeVisible()
  await visit(other, '/reports?view=my_agency')
  await expect(
    other.getByRole('navigation', { name: title }).getByRole('link', { name: 'Khẩn của đơn vị' }),
  ).toContainText('2')
})

test('a change to a saved view can be saved to it; removing it changes no report', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office, { severity: 'urgent' })
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=my_agency&severity=urgent')
  await page.getByRole('button', { name: 'Lưu bộ lọc' }).click()
  await page.getByRole('textbox', { name: 'Tên' }).fill('Khẩn')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Khẩn')
  await page.getByRole('columnheader', { name: 'Nhận lúc' }).getByRole('button').first().click()
  await expect(page).toHaveURL(/sort=received/)
  await page.getByRole('button', { name: 'Lưu vào “Khẩn”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await visit(page, '/reports?view=my_agency')
  await page.getByRole('navigation', { name: title }).getByRole('link', { name: 'Khẩn' }).click()
  await expect(page).toHaveURL(/severity=urgent&sort=received/)

  await page.getByRole('button', { name: 'Tất cả đã lưu (1)' }).click()
  await page.getByRole('button', { name: 'Sửa “Khẩn”' }).click()
  await page.getByRole('button', { name: 'Xóa', exact: true }).click()
  await page.getByRole('dialog', { name: 'Xóa bộ lọc đã lưu?' }).getByRole('button', { name: 'Xóa' }).click()
  await expect(page.getByRole('navigation', { name: title })).toBeHidden()
  await expect(page.getByText('1 phản ánh')).toBeVisible()
})
