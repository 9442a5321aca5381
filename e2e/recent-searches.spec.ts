import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { awake, visit } from './visit.ts'

const boxOn = (page: Page) => page.getByRole('combobox', { name: 'Tìm phản ánh' })
const listOn = (page: Page) => page.getByRole('grid', { name: 'Tìm gần đây' })

/** Searches, and waits until the server has stored it. */
async function search(page: Page, words: string): Promise<void> {
  const kept = page.waitForResponse((answer) => answer.url().includes('me.rememberSearch') && answer.ok())
  await boxOn(page).fill(words)
  await boxOn(page).press('Enter')
  await kept
}

test('the empty search box offers recent searches, on every machine, but no phone number', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office, { title: 'Cây đổ chắn lối' })
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=open')
  await page.keyboard.press('/')
  await expect(boxOn(page)).toBeFocused()
  await expect(listOn(page)).toBeHidden()
  for (const words of ['ngập nước', '0912 345 678']) await search(page, words)
  // A caller's number requires a reason before the search, and is stored in no address.
  const asking = page.getByRole('dialog', { name: 'Tìm theo số điện thoại 0912345678' })
  await expect(asking).toBeVisible()
  await expect(page).not.toHaveURL(/912/)
  await page.keyboard.press('Escape')
  await expect(asking).toBeHidden()
  for (const words of ['cây đổ muc-do:khan', 'rác']) await search(page, words)

  const other = await signedInAs(office.officer.username)
  await visit(other, '/reports?view=open')
  await other.keyboard.press('/')
  await expect(listOn(other).getByRole('row')).toHaveText(['rác', 'cây đổ muc-do:khan', 'ngập nước'])
  expect(await seriousViolations(other)).toEqual([])
  await other.keyboard.press('ArrowUp')
  await other.keyboard.press('ArrowDown')
  await other.keyboard.press('ArrowDown')
  await other.keyboard.press('Enter')
  await expect(other).toHaveURL(/q=c%C3%A2y\+%C4%91%E1%BB%95&severity=urgent/)
  await expect(listOn(other)).toBeHidden()
})

test('a search that is cleared before it has arrived leaves the list as it was', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=open')
  await boxOn(page).fill('rác')
  // Both before the page is rendered again: nobody could press so fast each time.
  const searched = await boxOn(page).evaluate((box: HTMLInputElement) => {
    box.form?.requestSubmit()
    const address = window.location.search
    box.form?.querySelector<HTMLButtonElement>('[aria-label="Xóa nội dung tìm"]')?.click()
    return address
  })
  expect(searched).toContain('q=r%C3%A1c')
  await expect(page).toHaveURL(/view=open$/)
  await expect(boxOn(page)).toHaveValue('')
})

test('a search is removed from the list by key and by mouse, and typing closes the list', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=open')
  for (const words of ['ngập nước', 'cây đổ', 'rác']) await search(page, words)
  await page.getByRole('button', { name: 'Xóa nội dung tìm' }).click()
  await expect(listOn(page).getByRole('row')).toHaveText(['rác', 'cây đổ', 'ngập nước'])
  await page.keyboard.type('a')
  await expect(listOn(page)).toBeHidden()
  await page.keyboard.press('Backspace')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Delete')
  await expect(listOn(page).getByRole('row')).toHaveText(['cây đổ', 'ngập nước'])
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: 'Bỏ “ngập nước” khỏi danh sách' })).toHaveAttribute(
    'data-active',
    'true',
  )
  await page.keyboard.press('Enter')
  await expect(listOn(page).getByRole('row')).toHaveText(['cây đổ'])
  const forgotten = page.waitForResponse((answer) => answer.url().includes('me.forgetSearch') && answer.ok())
  await page.getByRole('button', { name: 'Bỏ “cây đổ” khỏi danh sách' }).click()
  await expect(listOn(page)).toBeHidden()
  await expect(boxOn(page)).toBeFocused()
  await forgotten
  await page.reload()
  await awake(page)
  await page.keyboard.press('/')
  await expect(boxOn(page)).toBeFocused()
  await expect(listOn(page)).toBeHidden()
})
