import { buildBulletin } from '#db/factories/bulletins.ts'
import { expect, test } from './fixtures.ts'
import { bodyOf, openBulletin, saved } from './newsroom.ts'
import { buildOfCity } from './office.ts'
import { overhang } from './routes.ts'

test('a bulletin is written on a phone, and nothing of its page scrolls sideways', async ({ signedInAs, db }) => {
  const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const { id } = await buildBulletin(db, { authorId: editor.id })
  const page = await signedInAs(editor.username, { viewport: { width: 390, height: 844 } })
  await openBulletin(page, id)
  await bodyOf(page).click()
  await page.keyboard.type('Viết từ hiện trường. ')
  await expect(saved(page)).toBeVisible()
  expect(await overhang(page)).toBe(0)
  for (const side of ['Kiểm tra', 'Cảnh báo', 'Loa phường', 'Diễn biến', 'Phiên bản']) {
    await page.getByRole('tab', { name: side }).click()
    expect(await overhang(page)).toBe(0)
  }
})
