import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { handOver, page, press, type } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

test('the key sheet opens on ? and shows what each key does, and the signs of a text', async () => {
  await signInAs('dieuphoi')
  await visit('/notifications')
  await press('?')
  const sheet = page.getByRole('dialog', { name: /^Phím tắt/ })
  await expect.element(sheet.getByText(/Ghi nhận phản ánh thay công dân/)).toBeVisible()
  await expect.element(sheet.getByText(/Phản ánh sau trong danh sách/)).toBeVisible()
  const words = page.getByText('Dẫn phản ánh khác trong ghi chú nội bộ', { exact: false })
  await expect.element(sheet.css('div').filter({ has: words }).last()).toContainText('#')
  await expect.element(sheet.getByText('Chèn mẫu trả lời', { exact: false })).toBeVisible()
  await press('Escape')
  await expect.element(sheet).not.toBeInTheDocument()
})

test('a prefetched report opens by key without a loading state; a Vietnamese input method that sends ơ and ư for the brackets still moves on; letters in a field are letters; with single keys off no letter does anything, and the arrows stay', {
  timeout: 90_000,
}, async () => {
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
  const title = page.getByRole('article').getByRole('heading', { level: 1 })
  await expect.element(title).toBeVisible()
  observer.disconnect()
  expect(seen).toEqual([])

  await expect.element(title).toHaveTextContent('Cây nghiêng số 2')
  handOver('ư', 'BracketRight')
  await expect.element(title).toHaveTextContent('Cây nghiêng số 3')
  handOver('ơ', 'BracketLeft')
  await expect.element(title).toHaveTextContent('Cây nghiêng số 2')
  // A part of a composed letter is no command.
  handOver('e', 'KeyE', { isComposing: true })
  await press('Shift+ArrowDown')
  await expect.element(title).toHaveTextContent('Cây nghiêng số 3')
  const note = page.getByLabelText(/Nội dung ghi chú/)
  await expect.element(note).not.toBeInTheDocument()

  await press('e')
  await expect.element(note).toHaveFocus()
  await type('r a t s p c ? [ ] z N')
  await expect.element(note).toHaveValue('r a t s p c ? [ ] z N')
  const nothingOpen = async () => {
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  }
  await nothingOpen()
  const search = page.getByRole('combobox', { name: /Tìm phản ánh/ })
  await search.fill('jjx')
  await press('j')
  await expect.element(search).toHaveValue('jjxj')

  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  const singleKeys = page.getByRole('menuitemcheckbox', { name: /^Phím tắt một phím/ })
  await singleKeys.click()
  await expect.element(singleKeys).not.toBeChecked()
  await press('Escape')
  await visit('/reports?view=my_agency')
  for (const key of ['x', 'f', 'v', '?', 'Shift+N']) await press(key)
  await nothingOpen()
  await expect.element(page.css('tr[aria-selected="true"]')).not.toBeInTheDocument()
  await press('ArrowDown')
  await press('Enter')
  await expect.element(title).toBeVisible()
})
