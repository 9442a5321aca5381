import { buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { expect, test } from './fixtures.ts'
import { answer, openBulletin, unique } from './newsroom.ts'
import { buildOfCity } from './office.ts'

test('what was corrected after the approval is shown beside it before publication; anything more is reviewed again', async ({
  signedInAs,
  db,
}) => {
  const lan = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const title = `Ngập phố Huế ${unique()}`
  const content = contentOf(title)
  const summary = 'Ngừoi dân không đi qua phố Huế.'
  const { id } = await buildBulletin(db, {
    state: 'approved',
    authorId: lan.id,
    content: { ...content, vi: { ...content.vi, summary } },
  })
  const editor = await signedInAs(lan.username)
  await openBulletin(editor, id)
  const mend = async (words: string) => {
    await editor.getByRole('button', { name: 'Sửa', exact: true }).click()
    await editor.getByLabel('Tóm tắt').fill(words)
    await editor.getByRole('button', { name: 'Lưu bản sửa chính tả' }).click()
  }
  await mend('Ngừoi dân nên đi qua phố Huế.')
  await expect(editor.getByText(/đây không chỉ là lỗi chính tả/)).toBeVisible()
  await editor.getByRole('button', { name: 'Hủy sửa', exact: true }).click()
  await mend('Người dân không đi qua phố Huế.')
  await expect(editor.getByRole('button', { name: 'Sửa', exact: true })).toBeVisible()

  await editor.getByRole('button', { name: /^Xem trước/ }).click()
  const shown = editor.frameLocator('iframe[title="Trang bản tin như người dân sẽ đọc"]')
  await expect(shown.getByText('Người dân không đi qua phố Huế.')).toBeVisible()
  await expect(shown.getByText('Bản xem trước, chưa đăng')).toBeVisible()
  // A device wider than the panel is shown smaller, with the layout of its own width.
  for (const [device, width] of [
    ['Máy tính', 1100],
    ['Máy tính bảng', 760],
  ] as const) {
    await editor.getByRole('button', { name: device, exact: true }).click()
    await expect.poll(() => shown.locator('html').evaluate(() => window.innerWidth)).toBe(width)
  }
  await editor.getByRole('button', { name: 'Tạo liên kết xem trước' }).click()
  await editor.getByRole('button', { name: 'Thu hồi 1 liên kết' }).click()
  await expect(editor.getByRole('button', { name: 'Tạo liên kết xem trước' })).toBeVisible()
  await expect(editor.getByRole('button', { name: /^Thu hồi/ })).toHaveCount(0)

  const chief = await signedInAs('tongbientap')
  await openBulletin(chief, id)
  await chief.keyboard.press('Shift+P')
  const dialog = chief.getByRole('dialog', { name: 'Đăng bản tin' })
  await expect(dialog.getByText('Sau khi duyệt đã sửa lỗi chính tả.')).toBeVisible()
  await expect(dialog.locator('del')).toContainText('Ngừoi')
  await expect(dialog.locator('ins')).toContainText('Người')
  // For the whole city, though it names a street alone: that has to be read first.
  await answer(chief, 'Đăng bản tin', 'Đăng ngay')
  await expect(chief.getByRole('button', { name: 'Đính chính' })).toBeVisible()
  await chief.getByRole('button', { name: 'Đính chính' }).click()
  const correct = chief.getByRole('dialog', { name: 'Đính chính bản tin' })
  await correct.getByLabel('Lời đính chính cho người đọc').fill('Đổi đường tránh.')
  await expect(correct.getByRole('button', { name: 'Bắt đầu sửa' })).toHaveAttribute('aria-disabled', 'true')
  await correct.getByLabel('Lời đính chính bằng tiếng Anh').fill('The detour has changed.')
  await correct.getByRole('button', { name: 'Bắt đầu sửa' }).click()
  await expect(chief.getByText(/Đổi đường tránh/)).toBeVisible()
})
