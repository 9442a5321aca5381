import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { visit } from './visit.ts'

test.use({ viewport: { width: 1366, height: 768 } })

test('by the operator of its code a report is listed and opened by Enter, also one that the list has loaded', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code, title } = await buildReportAt(db, office, { title: 'Cột điện nghiêng', severity: 'urgent' })
  const page = await signedInAs(office.officer.username)
  const list = page.getByRole('listbox', { name: 'Bảng lệnh' })
  const line = list.getByRole('option', { name: new RegExp(title) })
  await visit(page, '/reports?view=my_agency')
  await expect(page.getByRole('row', { name: new RegExp(title) })).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('mucdo:khan')
  await expect(line).toContainText(code)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(`mã:${code}`)
  await expect(line).toContainText(code)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article', { name: code })).toBeVisible()
  await visit(page, '/account')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('banner').getByRole('combobox')).toBeFocused()
  await page.keyboard.type(`code:${code.slice(3)}`)
  await expect(list.getByRole('option').first()).toContainText(code)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/reports/${code}`))
})
