import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { askProcedure } from './procedures.ts'
import { visit } from './visit.ts'

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
  // The account has it, so it counts on its other devices as well.
  const other = await signedInAs(office.officer.username)
  expect(await askProcedure(other, 'me.view')).toMatchObject({ data: { preferences: { singleKeys: false } } })
})
