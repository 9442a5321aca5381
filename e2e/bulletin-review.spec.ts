import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { expect, test } from './fixtures.ts'
import { bodyOf, openBulletin, unique } from './newsroom.ts'
import { buildOfCity } from './office.ts'
import { callProcedure } from './procedures.ts'

test('no one approves their own bulletin: not on the screen, not through the procedure', async ({ signedInAs, db }) => {
  const agency = await buildCity(db)
  const both = await buildAccount(db, { agency, name: 'Đỗ Quang Minh', roles: ['editor', 'chief_editor'] })
  const { id, version } = await buildBulletin(db, { state: 'in_review', authorId: both.id })
  const page = await signedInAs(both.username)
  await openBulletin(page, id)
  const approve = page.getByRole('button', { name: /^Duyệt/ })
  await expect(approve).toHaveAttribute('aria-disabled', 'true')
  await approve.hover()
  await expect(page.getByRole('tooltip')).toContainText('không được tự duyệt')
  await page.keyboard.press('Shift+A')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const { refusal } = await callProcedure(page, 'bulletins.approve', { input: { id, version, acknowledged: [] } })
  expect(refusal).toBe('own_bulletin')
})

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
  await dialog.getByRole('button', { name: 'Đăng ngay' }).click()
  await expect(chief.getByRole('button', { name: 'Đính chính' })).toBeVisible()
  await chief.getByRole('button', { name: 'Đính chính' }).click()
  const correct = chief.getByRole('dialog', { name: 'Đính chính bản tin' })
  await correct.getByLabel('Lời đính chính cho người đọc').fill('Đổi đường tránh.')
  await expect(correct.getByRole('button', { name: 'Bắt đầu sửa' })).toHaveAttribute('aria-disabled', 'true')
  await correct.getByLabel('Lời đính chính bằng tiếng Anh').fill('The detour has changed.')
  await correct.getByRole('button', { name: 'Bắt đầu sửa' }).click()
  await expect(chief.getByText(/Đổi đường tránh/)).toBeVisible()
})

test('the page of a bulletin passes axe, its editor and its panels included', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const { id } = await buildBulletin(db, { authorId: editor.id })
  const page = await signedInAs(editor.username)
  await openBulletin(page, id)
  await expect(bodyOf(page)).toBeVisible()
  const found = await seriousViolations(page)
  for (const side of ['Kiểm tra', 'Cảnh báo', 'Loa phường', 'Diễn biến', 'Phiên bản']) {
    await page.getByRole('tab', { name: side }).click()
    found.push(...(await seriousViolations(page)).map((each) => `${side}: ${each}`))
  }
  await page.getByRole('button', { name: /^Xem trước/ }).click()
  found.push(...(await seriousViolations(page)))
  await page.getByRole('button', { name: 'Gửi duyệt' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  found.push(...(await seriousViolations(page, '[role="dialog"]')))
  expect(found).toEqual([])
})
