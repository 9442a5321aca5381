import { buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { expect, test } from './fixtures.ts'
import { openBulletin, saved, unique } from './newsroom.ts'
import { buildOfCity } from './office.ts'

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
