import { eq } from 'drizzle-orm'
import { buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { bulletinRemarks } from '#db/schema/index.ts'
import type { BulletinDocument } from '#server/bulletins/rules/document.ts'
import { expect, test } from './fixtures.ts'
import { bodyOf, openBulletin, saved, unique } from './newsroom.ts'
import { buildOfCity } from './office.ts'
import { loseFirstAnswer } from './slow-line.ts'

test('two editors in one bulletin: changes in different places are merged, in the same place both texts are kept', async ({
  signedInAs,
  db,
}) => {
  const lan = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const hung = await buildOfCity(db, 'editor', 'Trần Văn Hùng')
  const { id } = await buildBulletin(db, { authorId: lan.id, content: contentOf(`Ngập phố Huế ${unique()}`) })
  const [one, two] = [await signedInAs(lan.username), await signedInAs(hung.username)]
  await openBulletin(one, id)
  await openBulletin(two, id)
  await expect(two.getByText(/Phạm Thu Lan đang/)).toBeVisible()
  // The other's saves are not seen here before this editor's own.
  await two.route(/bulletins\.byId/, (route) => route.abort())

  await one.getByLabel('Tóm tắt').fill('Nước ngập 40 cm trên phố Huế.')
  await one.keyboard.press('ControlOrMeta+s')
  await expect(saved(one)).toBeVisible()
  await two.getByLabel('Tiêu đề').fill('Ngập phố Huế, xe máy không qua được')
  await expect(two.getByLabel('Tóm tắt')).toHaveValue('Nước ngập 40 cm trên phố Huế.')
  await expect(saved(two)).toBeVisible()

  await openBulletin(one, id)
  await one.getByLabel('Tiêu đề').fill('Ngập phố Huế: xe buýt đổi lộ trình')
  await one.keyboard.press('ControlOrMeta+s')
  await expect(saved(one)).toBeVisible()
  await two.getByLabel('Tiêu đề').fill('Ngập phố Huế: cấm mọi phương tiện')
  const both = two.getByRole('dialog', { name: 'Có người sửa cùng chỗ' })
  await expect(both.getByText('Ngập phố Huế: xe buýt đổi lộ trình')).toBeVisible()
  await expect(both.getByText('Ngập phố Huế: cấm mọi phương tiện')).toBeVisible()
  await expect(both.getByRole('button', { name: 'Sao chép nội dung của tôi trước' })).toBeVisible()
  // Over the page and in its middle, not at its bottom.
  await expect(both).toBeInViewport({ ratio: 1 })
  await both.getByLabel('Trên máy chủ').check()
  await both.getByRole('button', { name: 'Lưu theo lựa chọn' }).click()
  await expect(two.getByLabel('Tiêu đề')).toHaveValue('Ngập phố Huế: xe buýt đổi lộ trình')
})

test('Tab moves through the blanks of a template, and typing replaces them', async ({ signedInAs, db }) => {
  const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const body: BulletinDocument = {
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Cấm đoạn ' },
          { type: 'blank' },
          { type: 'text', text: ' đến ' },
          { type: 'blank' },
        ],
      },
    ],
  }
  const content = contentOf('Cấm đường', { vi: { ...textOf('Cấm đường'), body } })
  const { id } = await buildBulletin(db, { authorId: editor.id, content })
  const page = await signedInAs(editor.username)
  await openBulletin(page, id)
  await page.getByRole('button', { name: 'Còn 2 chỗ trống' }).click()
  await page.keyboard.type('phố Hoa Lâm')
  await page.keyboard.press('Tab')
  // An input method composes letters before it inserts them.
  const inputMethod = await page.context().newCDPSession(page)
  await inputMethod.send('Input.imeSetComposition', { text: 'câ', selectionStart: 2, selectionEnd: 2 })
  await inputMethod.send('Input.insertText', { text: 'cầu' })
  await page.keyboard.type(' Đông Trù')
  await expect(bodyOf(page)).toHaveText('Cấm đoạn phố Hoa Lâm đến cầu Đông Trù')
  await expect(page.getByRole('button', { name: /chỗ trống$/ })).toBeHidden()
  // After the last one the key leaves the text, as usual.
  await page.keyboard.press('Tab')
  await expect(bodyOf(page)).not.toBeFocused()
  await page.getByRole('tab', { name: /^Kiểm tra/ }).click()
  await expect(page.getByText('còn chỗ trống của mẫu')).toHaveCount(0)
})

test('an editorial remark whose response gets lost is sent again without a duplicate', async ({ signedInAs, db }) => {
  const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const { id } = await buildBulletin(db, { authorId: editor.id })
  const page = await signedInAs(editor.username)
  await openBulletin(page, id)
  await page.getByRole('tab', { name: 'Diễn biến' }).click()
  const field = page.getByLabel('Ý kiến biên tập')
  const send = page.getByRole('button', { name: 'Ghi ý kiến' })
  const heard = await loseFirstAnswer(page, /\/api\/trpc\/bulletins\.addRemark/)
  await field.fill('Thêm giờ mở lại')
  await send.click()
  await expect(page.getByText(/^Không kết nối được máy chủ/)).toBeVisible()
  await expect(field).toHaveValue('Thêm giờ mở lại')
  await send.click()
  await expect(field).toHaveValue('')
  expect(heard()).toBe(2)
  await field.fill('Thêm lối đi cho xe tải')
  await send.click()
  await expect(field).toHaveValue('')
  const remarks = await db.select().from(bulletinRemarks).where(eq(bulletinRemarks.bulletinId, id))
  expect(remarks.map(({ body }) => body).sort()).toEqual(['Thêm giờ mở lại', 'Thêm lối đi cho xe tải'])
})
