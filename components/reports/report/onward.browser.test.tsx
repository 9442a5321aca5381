import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { hangUp, holdUp } from '#app/testing/line.ts'
import { fillAnswer } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOfficeWith } = onServer<typeof import('./report.scene.ts')>('components/reports/report/report.scene.ts')

const title = page.getByRole('article').getByRole('heading', { level: 1 })
const note = page.getByRole('textbox', { name: 'Nội dung ghi chú' })
/** What follows the reports that the page itself has read. */
const nextPage = /\/api\/trpc\/[^?]*reports\.queue(?![A-Za-z]).*cursor/

async function write(): Promise<void> {
  await press('r')
  await fillAnswer({ what: 'Đã chằng chống cây nghiêng.', where: 'Trước cổng trường', when: 'Chiều qua' })
}

test('from the last loaded report ] moves on to the next, once that is loaded, and applies what is pressed after it there', async () => {
  const { officer } = await buildOfficeWith(60)
  await signInAs(officer.username)
  await visit('/reports?view=my_agency')
  const fail = holdUp(nextPage, 'abort')
  await press(...Array<string>(49).fill('j'))
  await press('Enter')
  await expect.element(title).toHaveTextContent('Cây nghiêng số 50')
  await press(']', 'e')
  await expect.element(title).not.toBeInTheDocument()
  fail()
  await expect.element(page.getByRole('paragraph').filter({ hasText: 'Chưa tải được phần tiếp theo' })).toBeVisible()
  await expect.element(title).toHaveTextContent('Cây nghiêng số 50')
  await expect.element(note).not.toBeInTheDocument()

  hangUp()
  const letGo = holdUp(nextPage)
  await press(']', ']', 'e')
  letGo()
  await expect.element(title).toHaveTextContent('Cây nghiêng số 52')
  await expect.element(page.getByText('52/60', { exact: false })).toBeVisible()
  await expect.element(note).toHaveFocus()
})

test('sending an answer moves on as the account chose; Alt+Enter sends and moves on whatever the setting', async () => {
  const { officer } = await buildOfficeWith(4)
  await signInAs(officer.username)
  await visit('/reports?view=my_agency')
  await page.getByRole('row', { name: /Cây nghiêng số 1/ }).click()
  await press('Enter')
  await press('e')
  await note.fill('Đã gọi cho tổ trưởng dân phố')
  await press('Alt+Enter')
  await expect.element(title).toHaveTextContent('Cây nghiêng số 2')
  await write()
  await press('Control+Enter')
  await expect.element(page.getByText(/^Đã trình phê duyệt dự thảo trả lời HN-\S+$/)).toBeVisible()
  await expect.element(title).toHaveTextContent('Cây nghiêng số 2')

  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitemradio', { name: 'Sang phản ánh tiếp theo' }).click()
  await press('Escape')
  await press(']')
  await expect.element(title).toHaveTextContent('Cây nghiêng số 3')
  await write()
  await press('Control+Enter')
  await expect.element(title).toHaveTextContent('Cây nghiêng số 4')
  await press('l')
  await page
    .getByRole('dialog', { name: /^Sửa nhãn/ })
    .getByLabelText(/^Nhãn/)
    .fill('cổng trường')
  await press('Alt+Enter')
  await expect.element(page.getByRole('grid')).toHaveFocus()
  await press('Enter')
  await expect.element(title).toHaveTextContent('Cây nghiêng số 4')
  await expect.element(page.getByRole('article').getByText('cổng trường').first()).toBeVisible()
})

test('from the last loaded report a note and an answer move on to the next, once that is loaded', async () => {
  const { officer } = await buildOfficeWith(60)
  await signInAs(officer.username)
  await visit('/reports?view=my_agency')
  const letGo = holdUp(nextPage)
  await press(...Array<string>(49).fill('j'))
  await press('Enter')
  await expect.element(title).toHaveTextContent('Cây nghiêng số 50')
  await write()
  await press('Alt+Enter')
  await expect.element(title).not.toBeInTheDocument()
  await press('e')
  letGo()
  await expect.element(title).toHaveTextContent('Cây nghiêng số 51')
  await expect.element(page.getByText('51/60', { exact: false })).toBeVisible()
  await note.fill('Đã gọi cho tổ trưởng dân phố')
  await press('Alt+Enter')
  await expect.element(title).toHaveTextContent('Cây nghiêng số 52')
})
