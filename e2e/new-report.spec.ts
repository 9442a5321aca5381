import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { visit } from './visit.ts'

test.use({ viewport: { width: 1366, height: 768 } })

test('while a call is entered a report of the same title is shown without a pin, and a wrong phone number is said', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const title = `Nắp cống vỡ trước số ${Date.now()}`
  const known = await buildReportAt(db, office, { title, address: '31 Hàng Bông' })
  const page = await signedInAs('dieuphoi')
  await visit(page, '/reports?view=open')
  await expect(page.getByRole('grid')).toBeVisible()
  await page.keyboard.press('Shift+N')
  const form = page.getByRole('dialog', { name: 'Ghi nhận phản ánh thay công dân' })
  await form.getByLabel('Tiêu đề').fill(title.replace('Nắp cống vỡ', 'nap cong vo').replace(' số', ', số'))
  const hint = form.getByRole('region', { name: 'Có thể đã có phản ánh này' })
  await expect(hint.getByRole('link', { name: title })).toHaveAttribute('href', `/reports/${known.code}`)
  await expect(hint).toContainText(/trùng tiêu đề · 31 Hàng Bông/)

  const phone = form.getByLabel('Điện thoại')
  await phone.fill('0912 345 67')
  await phone.press('Tab')
  await expect(phone).toHaveAccessibleDescription(/^Số điện thoại chưa đúng: số di động có 10 chữ số/)
  await expect(phone).toHaveValue('0912 345 67')
  await form.getByLabel('Họ tên').fill('Trần Thị Mơ')
  await expect(phone).toHaveAttribute('aria-invalid', 'true')
  await phone.fill('0912 345 678')
  await expect(phone).not.toHaveAttribute('aria-invalid')
})
