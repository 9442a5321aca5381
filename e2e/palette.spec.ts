import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt } from './office.ts'
import { holdUpCode } from './slow-line.ts'
import { visit } from './visit.ts'

const field = (page: Page) => page.getByRole('banner').getByRole('combobox')

test('a name and Enter before the list of commands has loaded run the line they lead to; operators and codes are understood on the map', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { title: 'Cây đổ trước cổng chùa Láng' })
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const letGo = await holdUpCode(page, 'adviceChoice')
  await visit(page, '/incidents')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('trang tiep nhan')
  await page.keyboard.press('Enter')
  await expect(field(page)).toHaveValue('trang tiep nhan')
  letGo()
  await expect(page).toHaveURL(/\/triage/)

  await page.unrouteAll({ behavior: 'wait' })
  await visit(page, '/map')
  await page.keyboard.press('/')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('cây trang-thai:dang-xu-ly muc-do:khan')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=c%C3%A2y&/)
  await expect(page).toHaveURL(/state=in_progress/)
  await expect(page).toHaveURL(/severity=urgent/)
  await page.getByRole('main').click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('/')
  await expect(field(page)).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/reports/${code}`))
  await expect(page.getByRole('article', { name: code })).toBeVisible()
})
