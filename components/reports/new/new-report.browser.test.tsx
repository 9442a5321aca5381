import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

test('while a call is entered a report of the same title is shown without a pin, and a wrong phone number is said', async () => {
  const office = await buildOffice()
  const title = `Nắp cống vỡ trước số ${Date.now()}`
  const known = await buildReportAt(office, { title, address: '31 Hàng Bông' })
  await signInAs('dieuphoi', { width: 1366, height: 768 })
  await visit('/reports?view=open')
  await expect.element(page.getByRole('grid')).toBeVisible()
  await press('Shift+N')
  const form = page.getByRole('dialog', { name: 'Ghi nhận phản ánh thay công dân' })
  await form.getByLabelText(/^Tiêu đề/).fill(title.replace('Nắp cống vỡ', 'nap cong vo').replace(' số', ', số'))
  const hint = form.getByRole('region', { name: 'Có thể đã có phản ánh này' })
  await expect.element(hint.getByRole('link', { name: title })).toHaveAttribute('href', `/reports/${known.code}`)
  await expect.element(hint).toMatchTextContent(/trùng tiêu đề · 31 Hàng Bông/)

  const phone = form.getByLabelText(/^Điện thoại/)
  await phone.fill('0912 345 67')
  await press('Tab')
  await expect.element(phone).toHaveAccessibleDescription(/^Số điện thoại chưa đúng: số di động có 10 chữ số/)
  await expect.element(phone).toHaveValue('0912 345 67')
  await form.getByLabelText(/^Họ tên/).fill('Trần Thị Mơ')
  await expect.element(phone).toHaveAttribute('aria-invalid', 'true')
  await phone.fill('0912 345 678')
  await expect.element(phone).not.toHaveAttribute('aria-invalid')
})
