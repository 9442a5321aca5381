import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOfCity } from './office.ts'
import { addressOf, buildFields, buildMixed, titleOn } from './triage.ts'
import { visit } from './visit.ts'

/** Presses Enter as soon as the next report has appeared and has the keys, before anyone could have read it. */
const pressOnceMore = (page: Page, title: string) =>
  page.evaluate(async (next) => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
    const isThere = () =>
      document.querySelector('article h2')?.textContent === next && document.activeElement?.tagName === 'SECTION'
    while (!isThere()) await frame()
    await frame()
    const press = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', press))
  }, title)

test('Enter pressed once more after a decision opens nothing; after another key it opens the report again', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const built = await buildMixed(db, fields, 4)
  const title = (at: number) => built[at]?.title ?? ''
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const dialog = page.getByRole('dialog')
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(title(0))
  await page.keyboard.press('3')
  await expect(dialog.getByRole('radio').first()).toBeFocused()
  await page.keyboard.press('6')
  const afterDialog = pressOnceMore(page, title(1))
  await page.keyboard.press('Enter')
  await afterDialog
  await expect(page.getByText(`Đã từ chối ${built[0]?.code}`)).toBeVisible()

  // The same from the list of likely duplicates.
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText(title(2))
  await expect(page.getByRole('button', { name: /^Trùng… \(1\)/ })).toBeVisible()
  await page.keyboard.press('2')
  await expect(page.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
  const afterPick = pressOnceMore(page, title(3))
  await page.keyboard.press('Enter')
  await afterPick
  await expect(page.getByText(`Đã gộp ${built[2]?.code} vào HN-`)).toBeVisible()
  await page.keyboard.press('k')
  await expect(titleOn(page)).toHaveText(title(1))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/reports/${built[1]?.code}`))
})
