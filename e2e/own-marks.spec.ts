import { buildAccount } from '#db/factories/accounts.ts'
import { expect, test } from './fixtures.ts'
import { buildEndlessHours, buildOffice, buildReportAt } from './office.ts'
import { visit } from './visit.ts'

test.use({ viewport: { width: 1366, height: 768 } })

test('a user watches a report with a key, finds it in a view of its own, and is told what a colleague does with it', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db, { calendarId: await buildEndlessHours(db) })
  const { code, title } = await buildReportAt(db, office, { title: 'Nắp cống vỡ trước chợ' })
  const head = await buildAccount(db, { agency: office.agency, name: 'Bùi Bích Mai', roles: ['manager'] })
  const viewport = { width: 1366, height: 768 }
  const watcher = await signedInAs(head.username, { viewport })
  await visit(watcher, '/reports?view=my_agency')
  await expect(watcher.getByRole('row', { name: new RegExp(title) })).toBeVisible()
  await expect(watcher.getByRole('article', { name: code })).toBeVisible()
  await watcher.keyboard.press('w')
  await expect(watcher.getByText(`Đang theo dõi ${code}. Bạn sẽ được báo khi có diễn biến.`)).toBeVisible()
  await watcher.getByRole('link', { name: /^Đang theo dõi.*1/ }).click()
  await expect(watcher).toHaveURL(/view=watching/)
  await expect(watcher.getByRole('row', { name: new RegExp(title) })).toBeVisible()
  expect(await seriousViolations(watcher)).toEqual([])

  const officer = await signedInAs(office.officer.username, { viewport })
  await visit(officer, `/reports/${code}`)
  await officer.keyboard.press('e')
  const note = officer.getByRole('region', { name: 'Ghi chú nội bộ' })
  await note.getByRole('textbox').fill('Đã đặt rào chắn, chờ nắp mới.')
  await note.getByRole('button', { name: /^Lưu ghi chú/ }).click()
  await expect(officer.getByText('Đã đặt rào chắn, chờ nắp mới.').first()).toBeVisible()

  await watcher.getByRole('button', { name: 'Thông báo, 1 chưa đọc' }).click()
  const sheet = watcher.getByRole('dialog', { name: 'Thông báo' })
  await expect(sheet.getByRole('heading', { name: 'Phản ánh bạn theo dõi' })).toBeVisible()
  await sheet.getByRole('link', { name: /Ghi chú nội bộ/ }).click()
  await expect(watcher).toHaveURL(new RegExp(`/reports/${code}`))
  await watcher.getByRole('button', { name: 'Thôi theo dõi' }).first().click()
  await expect(watcher.getByText(`Đã thôi theo dõi ${code}`)).toBeVisible()
})

test('a colleague mentioned in a note is offered by name, told with its words, and sees the mention in the timeline', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db, { calendarId: await buildEndlessHours(db) })
  const { code } = await buildReportAt(db, office)
  const viewport = { width: 1366, height: 768 }
  const officer = await signedInAs(office.officer.username, { viewport })
  await visit(officer, `/reports/${code}`)
  await officer.keyboard.press('e')
  const note = officer.getByRole('region', { name: 'Ghi chú nội bộ' })
  const text = note.getByRole('textbox').or(note.getByRole('combobox'))
  await text.pressSequentially('Nhờ @hoa')
  const list = officer.getByRole('listbox', { name: 'Đồng nghiệp xem được phản ánh này' })
  await expect(list.getByRole('option', { name: /Nguyễn Thị Hoa/ })).toBeVisible()
  expect(await seriousViolations(officer)).toEqual([])
  await officer.keyboard.press('Enter')
  await text.pressSequentially('xem giúp hiện trường')
  await expect(list).toBeHidden()
  await expect(text).toHaveValue('Nhờ @Nguyễn Thị Hoa xem giúp hiện trường')
  await officer.keyboard.press('ControlOrMeta+Enter')
  await expect(officer.locator('b').getByText('@Nguyễn Thị Hoa')).toBeVisible()

  const approver = await signedInAs(office.approver.username, { viewport })
  await visit(approver, '/reports?view=my_agency')
  await approver.getByRole('button', { name: 'Thông báo, 1 chưa đọc' }).click()
  const sheet = approver.getByRole('dialog', { name: 'Thông báo' })
  await expect(sheet.getByRole('heading', { name: 'Bạn được nhắc đến' })).toBeVisible()
  await sheet.getByRole('link', { name: /Nhờ @Nguyễn Thị Hoa xem giúp hiện trường/ }).click()
  await expect(approver).toHaveURL(new RegExp(`/reports/${code}`))
  await expect(approver.locator('b').getByText('@Nguyễn Thị Hoa')).toBeVisible()
})
