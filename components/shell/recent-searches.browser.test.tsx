import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, textsOf, type } from '#app/testing/hands.ts'
import { awaitAnswer } from '#app/testing/line.ts'
import { hereNow } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

const box = page.getByRole('combobox', { name: /Tìm phản ánh/ })
const list = page.getByRole('grid', { name: /Tìm gần đây/ })

/** Searches, and waits until the server has stored it. */
async function search(words: string): Promise<void> {
  const kept = awaitAnswer(/me\.rememberSearch/)
  await box.fill(words)
  await press('Enter')
  expect((await kept).ok).toBe(true)
}

test('the empty search box offers recent searches, on every machine, but no phone number; one is removed by key and by mouse, typing closes the list, and a search that is cleared before it has arrived leaves the reports as they were', async () => {
  const office = await buildOffice()
  await buildReportAt(office, { title: 'Cây đổ chắn lối' })
  await signInAs(office.officer.username)
  await visit('/reports?view=open')
  await press('/')
  await expect.element(box).toHaveFocus()
  await expect.element(list).not.toBeInTheDocument()
  for (const words of ['ngập nước', '0912 345 678']) await search(words)
  // A caller's number requires a reason before the search, and is stored in no address.
  const asking = page.getByRole('dialog', { name: /Tìm theo số điện thoại 0912345678/ })
  await expect.element(asking).toBeVisible()
  await expect.poll(hereNow).not.toMatch(/912/)
  await press('Escape')
  await expect.element(asking).not.toBeInTheDocument()
  for (const words of ['cây đổ muc-do:khan', 'rác']) await search(words)

  await signInAs(office.officer.username)
  await visit('/reports?view=open')
  await press('/')
  await expect.poll(() => textsOf(list.getByRole('row'))).toEqual(['rác', 'cây đổ muc-do:khan', 'ngập nước'])
  expect(await seriousViolations('[role="grid"][aria-label="Tìm gần đây"]')).toEqual([])
  await press('ArrowUp')
  await press('ArrowDown')
  await press('ArrowDown')
  const again = awaitAnswer(/me\.rememberSearch/)
  await press('Enter')
  expect((await again).ok).toBe(true)
  await expect.poll(hereNow).toMatch(/q=c%C3%A2y\+%C4%91%E1%BB%95&severity=urgent/)
  await expect.element(list).not.toBeInTheDocument()

  await page.getByRole('button', { name: /Xóa nội dung tìm/ }).click()
  await expect.poll(() => textsOf(list.getByRole('row'))).toEqual(['cây đổ muc-do:khan', 'rác', 'ngập nước'])
  await type('a')
  await expect.element(list).not.toBeInTheDocument()
  await press('Backspace')
  await press('ArrowDown')
  await press('Delete')
  await expect.poll(() => textsOf(list.getByRole('row'))).toEqual(['rác', 'ngập nước'])
  await press('ArrowUp')
  await press('ArrowRight')
  await expect
    .element(page.getByRole('button', { name: /Bỏ “ngập nước” khỏi danh sách/ }))
    .toHaveAttribute('data-active', 'true')
  await press('Enter')
  await expect.poll(() => textsOf(list.getByRole('row'))).toEqual(['rác'])
  const forgotten = awaitAnswer(/me\.forgetSearch/)
  await page.getByRole('button', { name: /Bỏ “rác” khỏi danh sách/ }).click()
  await expect.element(list).not.toBeInTheDocument()
  await expect.element(box).toHaveFocus()
  expect((await forgotten).ok).toBe(true)
  await visit('/reports?view=open')
  await press('/')
  await expect.element(box).toHaveFocus()
  await expect.element(list).not.toBeInTheDocument()

  await box.fill('rác')
  // Both before the page is rendered again: nobody could press so fast each time.
  const { form } = box.element() as HTMLInputElement
  form?.requestSubmit()
  const searched = window.location.search
  form?.querySelector<HTMLButtonElement>('[aria-label="Xóa nội dung tìm"]')?.click()
  expect(searched).toContain('q=r%C3%A1c')
  await expect.poll(hereNow).toMatch(/view=open$/)
  await expect.element(box).toHaveValue('')
}, 120_000)
