import jsQR from 'jsqr'
import sharp from 'sharp'
import { buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { expect, test } from './fixtures.ts'
import { answer, openBulletin, saved } from './newsroom.ts'
import { buildOfCity } from './office.ts'

test('the loudspeaker text is written, becomes outdated, is approved and is on the page beside an image to share', async ({
  signedInAs,
  browser,
  baseURL,
  db,
}) => {
  const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const chief = await buildOfCity(db, 'chief_editor', 'Đỗ Quang Vinh')
  const title = `Cấm cầu Đông Trù ${Date.now().toString(36)}`
  const validTo = new Date(Date.now() + 3_600_000).toISOString()
  const content = contentOf(title, { validTo, contact: '1022' })
  const { id } = await buildBulletin(db, { authorId: editor.id, content })

  const page = await signedInAs(editor.username)
  await openBulletin(page, id)
  await page.getByRole('tab', { name: 'Loa phường' }).click()
  const panel = page.getByRole('region', { name: 'Lời đọc loa phường' })
  await expect(panel).toContainText('xin gọi số một không hai hai.')
  await panel.getByRole('button', { name: 'Sửa lời đọc' }).click()
  const words = 'Bà con không đi qua cầu Đông Trù. Xin cảm ơn!'
  await panel.getByLabel('Lời đọc loa phường').fill(words)
  await page.getByLabel('Tiêu đề').fill(`${title} vì gió mạnh`)
  await expect(panel.getByRole('alert')).toContainText('Bản tin đã đổi sau khi lời này được sửa')
  await panel.getByRole('button', { name: 'Đã đọc lại, lời này vẫn đúng' }).click()
  await expect(panel.getByRole('alert')).toBeHidden()
  await expect(saved(page)).toBeVisible()
  await page.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer(page, 'Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Cả lời đọc loa.'])

  const vinh = await signedInAs(chief.username)
  await openBulletin(vinh, id)
  await vinh.getByRole('tab', { name: 'Loa phường' }).click()
  await expect(vinh.getByRole('region', { name: 'Lời đọc loa phường' })).toContainText(words)
  const [sheet] = await Promise.all([vinh.waitForEvent('popup'), vinh.getByRole('link', { name: 'Mở bản in' }).click()])
  await expect(sheet.getByText('BẢN NHÁP – chưa được duyệt, không đọc trên loa')).toBeVisible()
  await sheet.close()
  await vinh.getByRole('button', { name: 'Duyệt' }).first().click()
  await answer(vinh, 'Duyệt bản tin', 'Duyệt')
  await vinh.getByRole('button', { name: /^Đăng, hẹn giờ/ }).click()
  await answer(vinh, 'Đăng bản tin', 'Đăng ngay')

  await vinh.getByRole('button', { name: 'Tải ảnh chia sẻ' }).click()
  const [download] = await Promise.all([
    vinh.waitForEvent('download'),
    vinh
      .getByRole('menuitem', { name: /^Ảnh dọc/ })
      .first()
      .click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^cam-cau-dong-tru-.*-doc-vi\.png$/)

  const reader = await (await browser.newContext({ ...(baseURL && { baseURL }) })).newPage()
  const address = (await vinh.getByRole('link', { name: 'Trang công khai' }).getAttribute('href')) ?? ''
  await reader.goto(address)
  await reader.getByText('Lời đọc trên loa phường').click()
  await expect(reader.getByText('Bà con không đi qua cầu Đông Trù.')).toBeVisible()
  const link = (await reader.getByRole('link', { name: 'Tải ảnh chia sẻ' }).getAttribute('href')) ?? ''
  const picture = await (await reader.request.get(link)).body()
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  expect(jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data).toMatch(new RegExp(`${address}$`))
  await reader.context().close()
})
