import { eq, isNull } from 'drizzle-orm'
import { buildTold } from '#db/factories/deliveries.ts'
import { deliveries, gateways } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './visit.ts'

test.use({ viewport: { width: 1366, height: 768 } })

test('an answer that no gateway can deliver is seen, told by phone or sent as a letter, and stands on the timeline', async ({
  signedInAs,
  db,
}) => {
  await db.update(gateways).set({ removedAt: new Date() }).where(isNull(gateways.removedAt))
  const admin = await signedInAs('quantri')
  await visit(admin, '/admin/integrations/gateways')
  await expect(admin.getByText('Chưa gửi gì cho công dân.', { exact: false })).toBeVisible()
  await admin.getByRole('button', { name: 'Thêm cổng' }).click()
  const form = admin.getByRole('dialog')
  await form.getByLabel('Tên').fill('SMS thành phố')
  // This address may not be called, so no message leaves the test.
  await form.getByLabel('Địa chỉ gọi').fill('https://127.0.0.1/send')
  await form.getByLabel('Khóa bí mật').fill('rất bí mật')
  await form.getByRole('button', { name: 'Lưu', exact: true }).click()
  const row = admin.getByRole('row', { name: /SMS thành phố/ })
  await expect(row).toContainText('Chưa gửi lần nào')
  await row.getByRole('button', { name: 'Thao tác với SMS thành phố' }).click()
  await admin.getByRole('menuitem', { name: 'Gửi thử' }).click()
  const testing = admin.getByRole('dialog')
  await testing.getByLabel('Số điện thoại của bạn').fill('0912 345 678')
  await testing.getByRole('button', { name: 'Gửi thử' }).click()
  await expect(testing.getByRole('status')).toContainText('Tin thử không gửi được')

  const contact = { name: 'Lê Thị Mận', phone: '024 3825 1234' }
  const told = await buildTold(db, { at: new Date(), channel: 'hotline', contact })
  const letter = await buildTold(db, {
    at: new Date(),
    channel: 'walk_in',
    contact: { name: 'Đỗ Thị Ơn', address: '5 phố Hàng Bài' },
  })
  const desk = await signedInAs('dieuphoi')
  const stateOf = async (id: string) =>
    (await db.select().from(deliveries).where(eq(deliveries.id, id)))[0]?.state ?? null
  await expect.poll(() => stateOf(letter.delivery.id), { timeout: 90_000 }).toBe('letter')
  await expect.poll(() => stateOf(told.delivery.id), { timeout: 90_000 }).toBe('failed')
  await visit(desk, '/undelivered')
  const mine = desk.getByRole('row', { name: new RegExp(told.report.code) })
  await expect(mine).toContainText('Thành phố chưa có kênh gửi đến người này')
  await mine.getByRole('button', { name: `Xử lý ${told.report.code}` }).click()
  await desk.getByRole('menuitem', { name: 'Đã báo qua điện thoại' }).click()
  await desk.getByLabel('Đã báo thế nào').fill('Gọi lúc 9 giờ, công dân đã rõ')
  await desk.getByRole('button', { name: 'Ghi nhận' }).click()
  await expect(mine).toBeHidden()

  const other = desk.getByRole('row', { name: new RegExp(letter.report.code) })
  await other.getByRole('button', { name: `Xử lý ${letter.report.code}` }).click()
  await desk.getByRole('menuitem', { name: 'In thư' }).click()
  await expect(desk.getByText('V/v trả lời phản ánh, kiến nghị')).toBeVisible()
  await expect(desk.getByText('Đỗ Thị Ơn')).toBeHidden()
  await desk.getByRole('button', { name: 'Hiện người nhận' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: 'In thư trả lời gửi công dân' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: 'Hiện người nhận' }).click()
  await expect(desk.getByText('Đỗ Thị Ơn', { exact: false })).toBeVisible()
  await desk.getByRole('button', { name: 'Đã gửi thư' }).click()
  await expect(desk).toHaveURL(/\/undelivered$/)
  await visit(desk, `/reports/${told.report.code}`)
  await expect(desk.getByText('Đã báo công dân trực tiếp')).toBeVisible()
})
