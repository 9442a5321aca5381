import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { openReport } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

/** A key press as a Vietnamese input method sends it: the physical key, and the character it made of it. */
const handOver = (key: string, code: string, more: { isComposing?: boolean } = {}) =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, code, ...more, bubbles: true, cancelable: true }),
  )

test('the key sheet opens on ? and shows what each key does', async () => {
  await signInAs('dieuphoi')
  await visit('/reports')
  await press('?')
  const sheet = page.getByRole('dialog', { name: /Phím tắt/ })
  await expect.element(sheet.getByText(/Ghi nhận phản ánh thay công dân/)).toBeVisible()
  await expect.element(sheet.getByText(/Phản ánh sau trong danh sách/)).toBeVisible()
  await press('Escape')
  await expect.element(sheet).not.toBeInTheDocument()
})

test('letters typed into a field are letters, not commands', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office)
  await signInAs(office.officer.username)
  await openReport(code)
  await press('e')
  const note = page.getByLabelText(/Nội dung ghi chú/)
  await expect.element(note).toHaveFocus()
  await type('r a t s p c ? [ ] z N')
  await expect.element(note).toHaveValue('r a t s p c ? [ ] z N')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  await page.getByRole('combobox', { name: /Tìm phản ánh/ }).fill('jjx')
  await press('j')
  await expect.element(page.getByRole('combobox', { name: /Tìm phản ánh/ })).toHaveValue('jjxj')
})

test('a Vietnamese input method that sends ơ and ư for the brackets still moves from report to report', async () => {
  const office = await buildOffice()
  for (const street of ['Lò Đúc', 'Hàng Bài', 'Bà Triệu']) {
    await buildReportAt(office, { title: `Cây nghiêng phố ${street}` })
  }
  await signInAs(office.officer.username)
  await visit('/reports?view=my_agency&sort=code&dir=asc')
  // Beside its preview the first row has the focus already.
  await press('Enter')
  const title = page.getByRole('article').getByRole('heading', { level: 1 })
  await expect.element(title).toHaveTextContent('Cây nghiêng phố Lò Đúc')
  handOver('ư', 'BracketRight')
  await expect.element(title).toHaveTextContent('Cây nghiêng phố Hàng Bài')
  handOver('ơ', 'BracketLeft')
  await expect.element(title).toHaveTextContent('Cây nghiêng phố Lò Đúc')
  // A part of a composed letter is no command.
  handOver('e', 'KeyE', { isComposing: true })
  await press('Shift+ArrowDown')
  await expect.element(title).toHaveTextContent('Cây nghiêng phố Hàng Bài')
  await expect.element(page.getByLabelText(/Nội dung ghi chú/)).not.toBeInTheDocument()
})

test('a user with single keys off keeps the arrows, and no letter does anything', async () => {
  const office = await buildOffice()
  await buildReportAt(office)
  await signInAs(office.officer.username)
  await visit('/reports?view=my_agency')
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitemcheckbox', { name: /^Phím tắt một phím/ }).click()
  await expect.element(page.getByRole('menuitemcheckbox', { name: /^Phím tắt một phím/ })).not.toBeChecked()
  await press('Escape')
  await visit('/reports?view=my_agency')
  for (const key of ['x', 'f', 'v', '?', 'Shift+N']) await press(key)
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  await expect.element(page.css('tr[aria-selected="true"]')).not.toBeInTheDocument()
  await press('ArrowDown')
  await press('Enter')
  await expect.element(page.getByRole('article').getByRole('heading', { level: 1 })).toBeVisible()
})

test('a prefetched report opens by key without a loading state', async () => {
  const office = await buildOffice()
  for (let i = 1; i <= 4; i++) await buildReportAt(office, { title: `Cây nghiêng số ${i}` })
  await signInAs(office.officer.username)
  await visit('/reports?view=my_agency&sort=code&dir=asc')
  await press('j')
  await expect.element(page.getByRole('article')).toContainText('Cây nghiêng số 2')
  const seen: string[] = []
  const look = () => document.querySelector('[aria-busy="true"]:not(button)') && seen.push('loading')
  const observer = new MutationObserver(look)
  observer.observe(document.body, { childList: true, subtree: true })
  await press('Enter')
  await expect.element(page.getByRole('article').getByRole('heading', { level: 1 })).toBeVisible()
  observer.disconnect()
  expect(seen).toEqual([])
})
