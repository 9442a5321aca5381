import { unique } from '#db/factories/unique.ts'
import { expect, test } from './fixtures.ts'
import { awake, visit } from './visit.ts'

test.use({ viewport: { width: 1366, height: 768 } })

test('an admin adds a system, which sends a report with the key that is shown once, until it is revoked', async ({
  signedInAs,
  baseURL,
}) => {
  const admin = await signedInAs('quantri')
  const name = unique('Ứng dụng')
  await visit(admin, '/admin/integrations')
  await admin.getByRole('button', { name: 'Thêm hệ thống' }).click()
  const form = admin.getByRole('dialog', { name: 'Thêm hệ thống kết nối' })
  await form.getByLabel('Tên hệ thống').fill(name)
  await form.getByLabel('Đơn vị quản lý').fill('hoan kiem')
  await admin.getByRole('option', { name: 'Hoàn Kiếm' }).first().click()
  await form.getByRole('button', { name: 'Thêm và tạo khóa' }).click()
  const shown = admin.getByRole('dialog', { name: `Khóa API của ${name}` })
  const key = (await shown.locator('code').textContent()) ?? ''
  await shown.getByRole('button', { name: 'Đã chép khóa' }).click()
  await expect(shown).toBeHidden()

  const endpoint = `${baseURL}/open311/v2`
  const [service] = await (await fetch(`${endpoint}/services.json`)).json()
  const body = { service_code: service.service_code, description: 'Đèn đường tắt', address_string: 'Phố Hàng Bài' }
  const send = () =>
    fetch(`${endpoint}/requests.json`, {
      method: 'POST',
      headers: { 'x-api-key': key },
      body: new URLSearchParams(body),
    })
  const sent = await send()
  expect(sent.status).toBe(201)
  const [{ service_request_id: code }] = await sent.json()
  const dispatcher = await signedInAs('dieuphoi')
  await visit(dispatcher, `/reports/${code}`)
  await expect(dispatcher.getByText(name).first()).toBeVisible()

  await admin.reload()
  await awake(admin)
  const row = admin.getByRole('row', { name })
  await expect(row).toContainText(key.slice(0, 12))
  await expect(row).toContainText('hôm nay đã gửi 1')
  const choose = async (entry: string) => {
    await row.getByRole('button', { name: `Thao tác với ${name}` }).click()
    await admin.getByRole('menuitem', { name: entry }).click()
  }
  await choose('Sửa')
  const terms = admin.getByRole('dialog', { name: `Sửa ${name}` })
  await terms.getByLabel('Số phản ánh mỗi ngày').fill('1')
  await terms.getByRole('button', { name: 'Lưu' }).click()
  await expect(row).toContainText('1 phản ánh/ngày')
  expect((await send()).status).toBe(429)
  await choose('Thu hồi')
  await admin.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click()
  await expect(row).toContainText('Đã thu hồi')
  expect((await send()).status).toBe(403)
})
