import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOfCity } from './office.ts'
import { holdUpCode } from './slow-line.ts'
import { addressOf, buildFields, buildMixed, titleOn } from './triage.ts'
import { visit } from './visit.ts'

test('a digit and Ctrl+Enter pressed while the dialog is loading send nothing; in the dialog they choose and send', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first] = await buildMixed(db, fields, 1)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const letGo = await holdUpCode(page, 'scrollPaper')
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await page.keyboard.press('3')
  await page.keyboard.press('6')
  await page.keyboard.press('Control+Enter')
  letGo()
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await expect(dialog.getByRole('radio').first()).toBeFocused()
  await expect(dialog.getByRole('radio', { checked: true })).toHaveCount(0)
  await page.keyboard.press('6')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã từ chối ${first?.code}`)).toBeVisible()
  // A report rejected as spam by mistake notified no one, and comes back.
  await page.keyboard.press('z')
  await expect(page.getByText(`Đã hoàn tác trên ${first?.code}`)).toBeVisible()
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
})
