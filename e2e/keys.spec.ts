import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { handOver } from './handed-over.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { openReport } from './report-page.ts'
import { visit } from './visit.ts'

test('the key sheet opens on ? and shows what each key does', async ({ signedInAs }) => {
  const page = await signedInAs('dieuphoi')
  await visit(page, '/reports')
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Phím tắt' })
  await expect(sheet.getByText('Ghi nhận phản ánh thay công dân')).toBeVisible()
  await expect(sheet.getByText('Phản ánh sau trong danh sách')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
})

test('letters typed into a field are letters, not commands', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  await page.keyboard.press('e')
  const note = page.getByLabel('Nội dung ghi chú')
  await expect(note).toBeFocused()
  await page.keyboard.type('r a t s p c ? [ ] z N')
  await expect(note).toHaveValue('r a t s p c ? [ ] z N')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Tìm phản ánh' }).fill('jjx')
  await page.keyboard.press('j')
  await expect(page.getByRole('combobox', { name: 'Tìm phản ánh' })).toHaveValue('jjxj')
})

test('a Vietnamese input method that sends ơ and ư for the brackets still moves from report to report', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  for (const street of ['Lò Đúc', 'Hàng Bài', 'Bà Triệu']) {
    await buildReportAt(db, office, { title: `Cây nghiêng phố ${street}` })
  }
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=my_agency&sort=code&dir=asc')
  // Beside its preview the first row has the focus already.
  await page.keyboard.press('Enter')
  const title = page.getByRole('article').getByRole('heading', { level: 1 })
  await expect(title).toHaveText('Cây nghiêng phố Lò Đúc')
  await handOver(page, 'ư', 'BracketRight')
  await expect(title).toHaveText('Cây nghiêng phố Hàng Bài')
  await handOver(page, 'ơ', 'BracketLeft')
  await expect(title).toHaveText('Cây nghiêng phố Lò Đúc')
  // A part of a composed letter is no command.
  await page.evaluate(() => {
    const half = { key: 'e', code: 'KeyE', isComposing: true, bubbles: true }
    document.body.dispatchEvent(new KeyboardEvent('keydown', half))
  })
  await page.keyboard.press('Shift+ArrowDown')
  await expect(title).toHaveText('Cây nghiêng phố Hàng Bài')
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveCount(0)
})

test('a user with single keys off keeps the arrows, and no letter does anything', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=my_agency')
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitemcheckbox', { name: /^Phím tắt một phím/ }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: /^Phím tắt một phím/ })).not.toBeChecked()
  await page.keyboard.press('Escape')
  await visit(page, '/reports?view=my_agency')
  for (const key of ['x', 'f', 'v', '?', 'Shift+N']) await page.keyboard.press(key)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toBeVisible()
})

test('a choice counts on the next page although its request to the server was cut off', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=my_agency')
  await page.route(/me\.setPreferences/, () => new Promise<void>(() => {}), { times: 1 })
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitemcheckbox', { name: /^Phím tắt một phím/ }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: /^Phím tắt một phím/ })).not.toBeChecked()
  const saved = page.waitForResponse((answer) => answer.url().includes('me.setPreferences') && answer.ok())
  await visit(page, '/reports?view=my_agency')
  await page.keyboard.press('x')
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0)
  await saved
  const other = await signedInAs(office.officer.username)
  await visit(other, '/reports?view=my_agency')
  await other.keyboard.press('x')
  await expect(other.locator('tr[aria-selected="true"]')).toHaveCount(0)
})

test('a prefetched report opens by key without a loading state', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  for (let i = 1; i <= 4; i++) await buildReportAt(db, office, { title: `Cây nghiêng số ${i}` })
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=my_agency&sort=code&dir=asc')
  const fetched = page.waitForResponse((answer) => answer.url().includes('reports.byCode') && answer.ok())
  await page.keyboard.press('j')
  await fetched
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    const look = () => document.querySelector('[aria-busy="true"]:not(button)') && seen.push('loading')
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toBeVisible()
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([])
})
