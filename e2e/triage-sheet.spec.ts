import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOfCity } from './office.ts'
import { holdUp } from './slow-line.ts'
import { addressOf, buildFields, buildMixed, titleOn } from './triage.ts'
import { visit } from './visit.ts'

/** The reports that are loaded at once. */
const pageSize = 50
const viewport = { width: 1366, height: 768 }

test('the next page is there before the last report; on a slow line the first does not come again instead', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const built = await buildMixed(db, fields, pageSize + 3)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username, { viewport })
  const letGo = await holdUp(page, /reports\.queue[,?]/)
  await visit(page, `${addressOf(fields)}&at=${built[pageSize - 2]?.code}`)
  await expect(titleOn(page)).toHaveText(built[pageSize - 2]?.title ?? '')
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText(built[pageSize - 1]?.title ?? '')
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText(built[pageSize - 1]?.title ?? '')
  letGo()
  await expect(titleOn(page)).toHaveText(built[pageSize]?.title ?? '')
})
