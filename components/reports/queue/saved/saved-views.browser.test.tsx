import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { hereNow } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

const title = 'Bộ lọc đã lưu'

test('a filtered list is saved under a name, counted, shared with the agency, and each user sees only their own reports', async () => {
  const office = await buildOffice()
  for (const severity of ['urgent', 'urgent', 'normal'] as const) await buildReportAt(office, { severity })
  await signInAs(office.approver.username)
  await visit('/reports?view=my_agency&severity=urgent')
  await page.getByRole('button', { name: /Lưu bộ lọc/ }).click()
  const form = page.getByRole('dialog', { name: 'Lưu bộ lọc' })
  await expect.element(form).toContainText('“Đơn vị tôi” với Mức độ: Khẩn.')
  await form.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect.element(form.getByRole('textbox', { name: /Tên/ })).toHaveAccessibleDescription(/./)
  await form.getByRole('textbox', { name: /Tên/ }).fill('Khẩn của đơn vị')
  await form.getByLabelText(/Dùng cho/).selectOptions('agency')
  await form.getByRole('combobox', { name: /Đơn vị/ }).fill(office.agency.shortName)
  await page.getByRole('option', { name: office.agency.shortName, exact: false }).click()
  expect(await seriousViolations()).toEqual([])
  await form.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect.element(form).not.toBeInTheDocument()
  const saved = page.getByRole('navigation', { name: title })
  await expect.element(saved.getByRole('link', { name: /^Khẩn của đơn vị/ })).toContainText('2')
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Khẩn của đơn vị')

  await press('v')
  await page.getByRole('menuitemradio', { name: /Mở lại/ }).click()
  await expect.poll(hereNow).toMatch(/view=reopened/)
  await saved.getByRole('link', { name: /^Khẩn của đơn vị/ }).click()
  await expect.poll(hereNow).toBe('/reports?view=my_agency&severity=urgent')

  await signInAs(office.officer.username)
  await visit('/reports?view=my_agency')
  await page.getByRole('button', { name: /Tất cả đã lưu \(1\)/ }).click()
  const sheet = page.getByRole('dialog', { name: title })
  await expect
    .element(sheet.getByText(`${office.agency.shortName} · ${office.approver.name} lưu`, { exact: false }))
    .toBeVisible()
  await expect.element(sheet.getByRole('button', { name: /Sửa “Khẩn của đơn vị”/ })).not.toBeInTheDocument()
  await sheet.getByRole('button', { name: 'Ghim “Khẩn của đơn vị”', exact: true }).click()
  await expect.element(sheet.getByRole('button', { name: /Bỏ ghim “Khẩn của đơn vị”/ })).toBeVisible()
  expect(await seriousViolations()).toEqual([])
  await sheet.getByRole('link', { name: /^Khẩn của đơn vị/ }).click()
  await expect.element(page.getByText(/2 phản ánh/)).toBeVisible()
  await visit('/reports?view=my_agency')
  await expect
    .element(page.getByRole('navigation', { name: title }).getByRole('link', { name: /^Khẩn của đơn vị/ }))
    .toContainText('2')
})

test('a change to a saved view can be saved to it; removing it changes no report', async () => {
  const office = await buildOffice()
  await buildReportAt(office, { severity: 'urgent' })
  await signInAs(office.officer.username)
  await visit('/reports?view=my_agency&severity=urgent')
  await page.getByRole('button', { name: /Lưu bộ lọc/ }).click()
  await page.getByRole('textbox', { name: /Tên/ }).fill('Khẩn')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Khẩn')
  await page
    .getByRole('columnheader', { name: /Nhận lúc/ })
    .getByRole('button')
    .first()
    .click()
  await expect.poll(hereNow).toMatch(/sort=received/)
  await page.getByRole('button', { name: /Lưu vào “Khẩn”/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await visit('/reports?view=my_agency')
  await page.getByRole('navigation', { name: title }).getByRole('link', { name: /^Khẩn/ }).click()
  await expect.poll(hereNow).toMatch(/severity=urgent&sort=received/)

  await page.getByRole('button', { name: /Tất cả đã lưu \(1\)/ }).click()
  await page.getByRole('button', { name: /Sửa “Khẩn”/ }).click()
  await page.getByRole('button', { name: 'Xóa', exact: true }).click()
  await page.getByRole('dialog', { name: 'Xóa bộ lọc đã lưu?' }).getByRole('button', { name: /Xóa/ }).click()
  await expect.element(page.getByRole('navigation', { name: title })).not.toBeInTheDocument()
  await expect.element(page.getByText(/1 phản ánh/)).toBeVisible()
})
