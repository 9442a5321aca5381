import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { unique } from '#db/factories/unique.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './visit.ts'

test.use({ viewport: { width: 1366, height: 768 } })

test('an admin adds a webhook, tests it, sees why a notification failed, and sends it again', async ({
  signedInAs,
  baseURL,
  seriousViolations,
  db,
}) => {
  const arrived: { id: string; type: string }[] = []
  let status = 200
  const receiver = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { type } = JSON.parse(Buffer.concat(pieces).toString()) as { type: string }
      arrived.push({ id: String(request.headers['webhook-id']), type })
      response.writeHead(status).end(status === 410 ? 'Địa chỉ này đã đóng' : 'Đã nhận')
    })
  })
  await new Promise<void>((settle) => receiver.listen(0, '127.0.0.1', settle))
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/desk`

  try {
    const client = await buildApiClient(db, { name: unique('Ứng dụng') })
    const admin = await signedInAs('quantri')
    const name = unique('Đối tác')
    await visit(admin, '/admin/integrations')
    await admin.getByRole('link', { name: 'Webhook' }).click()
    await admin.getByRole('button', { name: 'Thêm webhook' }).click()
    const form = admin.getByRole('dialog', { name: 'Thêm webhook' })
    await form.getByLabel('Tên').fill(name)
    await form.getByLabel('Địa chỉ nhận').fill('https://10.0.0.1/')
    await form.getByLabel('Hệ thống kết nối').fill(client.name)
    await admin.getByRole('option', { name: client.name }).click()
    await form.getByRole('button', { name: 'Thêm và tạo khóa ký' }).click()
    await expect(form.getByRole('alert')).toContainText('thuộc mạng nội bộ')
    await form.getByLabel('Địa chỉ nhận').fill(address)
    await form.getByRole('button', { name: 'Thêm và tạo khóa ký' }).click()
    const shown = admin.getByRole('dialog', { name: `Khóa ký của ${name}` })
    await expect(shown.locator('code')).toContainText('whsec_')
    await shown.getByRole('button', { name: 'Đã chép khóa' }).click()

    const row = admin.getByRole('row', { name })
    await row.getByRole('button', { name: `Gửi thử ${name}` }).click()
    const tested = admin.getByRole('dialog', { name: `Kết quả gửi thử ${name}` })
    await expect(tested).toContainText('Bên nhận trả lời HTTP 200.')
    await tested.getByRole('button', { name: 'Đóng' }).click()
    expect(arrived.map(({ type }) => type)).toEqual(['webhook.test'])

    status = 410
    const [service] = await (await fetch(`${baseURL}/open311/v2/services.json`)).json()
    const body = { service_code: service.service_code, description: 'Đèn đường tắt', address_string: 'Phố Hàng Bài' }
    const sent = await fetch(`${baseURL}/open311/v2/requests.json`, {
      method: 'POST',
      headers: { 'x-api-key': client.key },
      body: new URLSearchParams(body),
    })
    const [{ service_request_id: code }] = await sent.json()
    await expect.poll(() => arrived.length, { timeout: 15_000 }).toBe(2)

    await row.getByRole('link', { name }).click()
    await expect(admin.getByText('Đã tự dừng vì lỗi kéo dài')).toBeVisible()
    await expect(admin.getByText('Nơi nhận đã đóng (HTTP 410)').first()).toBeVisible()
    const failed = admin.getByRole('row', { name: 'Phản ánh mới được tiếp nhận' })
    await expect(failed).toContainText(code)
    await failed.getByRole('button').click()
    const detail = admin.getByRole('dialog', { name: 'Phản ánh mới được tiếp nhận' })
    await expect(detail).toContainText('Hỏi đối tác địa chỉ mới.')
    await expect(detail).toContainText('Địa chỉ này đã đóng')
    await expect(detail).toContainText(`"code": "${code}"`)

    expect(await seriousViolations(admin)).toEqual([])

    status = 200
    await detail.getByRole('button', { name: 'Gửi lại thông báo này' }).click()
    await expect(detail).toBeHidden()
    await admin.getByRole('button', { name: 'Bật lại' }).click()
    await expect.poll(() => arrived.length, { timeout: 15_000 }).toBe(3)
    expect(arrived[2]).toEqual(arrived[1])
    await expect(failed).toContainText('Đã gửi')
    await expect(admin.getByText('Đang gửi được')).toBeVisible()
  } finally {
    receiver.closeAllConnections()
    receiver.close()
  }
})
