import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { hereNow } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

test('by the operator of its code a report is listed and opened by Enter, also one that the list has loaded', async () => {
  const office = await buildOffice()
  const { code, title } = await buildReportAt(office, { title: 'Cột điện nghiêng', severity: 'urgent' })
  await signInAs(office.officer.username, { width: 1366, height: 768 })
  const list = page.getByRole('listbox', { name: /Bảng lệnh/ })
  const line = list.getByRole('option', { name: new RegExp(title) })
  await visit('/reports?view=my_agency')
  await expect.element(page.getByRole('row', { name: new RegExp(title) })).toBeVisible()
  await press('/')
  await type('mucdo:khan')
  await expect.element(line).toContainText(code)
  await press('ControlOrMeta+a')
  await type(`mã:${code}`)
  await expect.element(line).toContainText(code)
  await press('Enter')
  await expect.element(page.getByRole('article', { name: code })).toBeVisible()
  await visit('/account')
  await press('Control+k')
  await expect.element(page.getByRole('banner').getByRole('combobox')).toHaveFocus()
  await type(`code:${code.slice(3)}`)
  await expect.element(list.getByRole('option').first()).toContainText(code)
  await press('Enter')
  await expect.poll(hereNow).toMatch(new RegExp(`/reports/${code}`))
})
