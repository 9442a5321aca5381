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

/** The reports of the list that the page itself reads. */
const pageSize = 50
const count = pageSize + 5

test('from the last loaded report ] and an answer move on to the next, once that is loaded, and what is pressed after them applies there; sending moves on as the account chose, Alt+Enter whatever the setting', {
  timeout: 180_000,
}, async () => {
  const { officer } = await buildOfficeWith(count)
  const isAt = (at: number) => expect.element(title).toHaveTextContent(`Cây nghiêng số ${at}`)
  await signInAs(officer.username)
  await visit('/reports?view=my_agency')
  const fail = holdUp(nextPage, 'abort')
  await press(...Array<string>(pageSize - 1).fill('j'))
  await press('Enter')
  await isAt(50)
  await press(']', 'e')
  await expect.element(title).not.toBeInTheDocument()
  fail()
  await expect.element(page.getByRole('paragraph').filter({ hasText: 'Chưa tải được phần tiếp theo' })).toBeVisible()
  await isAt(50)
  await expect.element(note).not.toBeInTheDocument()

  hangUp()
  const letGo = holdUp(nextPage)
  await write()
  await press('Alt+Enter')
  await expect.element(title).not.toBeInTheDocument()
  await press(']', 'e')
  letGo()
  await isAt(52)
  await expect.element(page.getByText(`52/${count}`, { exact: false })).toBeVisible()
  await expect.element(note).toHaveFocus()
  await note.fill('Đã gọi cho tổ trưởng dân phố')
  await press('Alt+Enter')
  await isAt(53)

  await write()
  await press('Control+Enter')
  await expect.element(page.getByRole('region', { name: 'Dự thảo chờ phê duyệt' })).toBeVisible()
  await isAt(53)
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitemradio', { name: 'Sang phản ánh tiếp theo' }).click()
  await press('Escape')
  await press(']')
  await isAt(54)
  await write()
  await press('Control+Enter')
  await isAt(55)
  // After the last one comes the list.
  await press('l')
  await page
    .getByRole('dialog', { name: /^Sửa nhãn/ })
    .getByLabelText(/^Nhãn/)
    .fill('cổng trường')
  await press('Alt+Enter')
  await expect.element(page.getByRole('grid')).toHaveFocus()
  await press('Enter')
  await isAt(55)
  await expect.element(page.getByRole('article').getByText('cổng trường').first()).toBeVisible()
})
