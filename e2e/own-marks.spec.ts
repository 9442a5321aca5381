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
