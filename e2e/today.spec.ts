import { expect, type Page } from '@playwright/test'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { areas } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, hoursAgo, type Office } from './office.ts'
import { hearHere, ofColours, overhang, paintHere, see, untranslated } from './routes.ts'
import { visit } from './visit.ts'

const risks = (page: Page) => page.getByRole('region', { name: /^Rủi ro hôm nay/ })
const asked = (page: Page) => page.getByRole('region', { name: 'Đề nghị giải trình' })
const headline = (page: Page) => page.getByRole('heading', { level: 1 })

/** Three urgent reports of an agency that have been overdue for days. */
async function buildLateOffice(db: Parameters<typeof buildOffice>[0]): Promise<Office> {
  const office = await buildOffice(db)
  const [area] = await db.select().from(areas).limit(1)
  if (!area) throw new Error('the city has no commune')
  const one = { agencyId: office.agency.id, categoryCode: 'CX-02', areaId: area.id, severity: 'urgent' } as const
  for (const hours of [200, 220, 240]) await buildLivedReport(db, { ...one, receivedAt: hoursAgo(hours) })
  return office
}

test('the head of an agency begins the day with what is overdue, and opens exactly these reports', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { agency, approver } = await buildLateOffice(db)
  const page = await signedInAs(approver.username)
  await visit(page, '/')
  await expect(page).toHaveURL('/today')
  await expect(
    page.getByRole('navigation', { name: 'Điều hướng chính' }).getByRole('link', { name: 'Hôm nay' }),
  ).toHaveAttribute('aria-current', 'page')
  await expect(headline(page)).toContainText('3 việc khẩn đã quá hạn')
  const first = risks(page).getByRole('listitem').first()
  await expect(first).toContainText('Khẩn quá hạn')
  await expect(first).toContainText(agency.name)
  expect(await seriousViolations(page)).toEqual([])

  await first.getByRole('link', { name: 'Mở 3 việc: 3 việc khẩn đã quá hạn' }).click()
  await expect(page.getByRole('region', { name: 'Con số trên bảng thống kê' })).toContainText('đúng bằng số trên bảng')
  await expect(page.getByRole('grid').getByRole('row', { name: /HN-/ })).toHaveCount(3)
  await page.goBack()
  await headline(page).getByRole('link', { name: '3 việc khẩn đã quá hạn' }).click()
  await expect(page.getByRole('grid').getByRole('row', { name: /HN-/ })).toHaveCount(3)
})

test('a manager reminds the owner of a risk once, and its head opens the reports from the notification', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { agency, approver } = await buildLateOffice(db)
  const manager = await buildAccount(db, { agency, name: 'Phạm Thị Mai', roles: ['manager'] })
  const page = await signedInAs(manager.username)
  await see(page, '/today')
  const first = risks(page).getByRole('listitem').first()
  await first.getByRole('button', { name: 'Nhắc: 3 việc khẩn đã quá hạn' }).click()
  await expect(page.getByText(`Đã nhắc ${agency.shortName}.`)).toBeVisible()
  await expect(first).toContainText(/Đã nhắc lúc \d\d:\d\d · Phạm Thị Mai/)
  await expect(first.getByRole('button', { name: /^Nhắc:/ })).toHaveCount(0)
  expect(await seriousViolations(page)).toEqual([])

  const head = await signedInAs(approver.username)
  await visit(head, '/notifications')
  const told = head.getByRole('link', { name: /3 việc khẩn đã quá hạn/ })
  await expect(told).toContainText('Phạm Thị Mai')
  await told.click()
  await expect(head.getByRole('grid').getByRole('row', { name: /HN-/ })).toHaveCount(3)
})

test('a manager asks for an explanation, the head answers it, and both stand on the report', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { agency, approver } = await buildLateOffice(db)
  const manager = await buildAccount(db, { agency, name: 'Phạm Thị Mai', roles: ['manager'] })
  const page = await signedInAs(manager.username)
  await see(page, '/today')
  const first = risks(page).getByRole('listitem').first()
  await first.getByRole('button', { name: 'Đề nghị giải trình: 3 việc khẩn đã quá hạn' }).click()
  const form = page.getByRole('dialog', { name: 'Đề nghị giải trình' })
  await form.getByRole('textbox', { name: 'Nội dung cần giải trình' }).fill('Vì sao chưa có người đến?')
  expect(await seriousViolations(page)).toEqual([])
  await form.getByRole('button', { name: 'Gửi đề nghị' }).click()
  await expect(page.getByText(`Đã gửi đề nghị tới ${agency.shortName}.`)).toBeVisible()
  await expect(first).toContainText(/Đã đề nghị giải trình lúc \d\d:\d\d · Phạm Thị Mai/)
  await expect(first.getByRole('button', { name: /^Đề nghị giải trình:/ })).toHaveCount(0)
  await asked(page).getByText('1 đề nghị chờ trả lời').click()
  await expect(asked(page)).toContainText('Vì sao chưa có người đến?')

  const head = await signedInAs(approver.username)
  await visit(head, '/notifications')
  await head.getByRole('link', { name: /3 việc khẩn đã quá hạn/ }).click()
  await expect(head).toHaveURL(`/today?agency=${agency.id}`)
  await asked(head).getByRole('button', { name: 'Trả lời: 3 việc khẩn đã quá hạn' }).click()
  const answer = head.getByRole('dialog', { name: 'Trả lời đề nghị giải trình' })
  await answer.getByRole('button', { name: 'Gửi trả lời' }).click()
  await expect(answer.getByRole('textbox', { name: 'Giải trình' })).toHaveAttribute('aria-invalid', 'true')
  await answer.getByRole('textbox', { name: 'Giải trình' }).fill('Đã cử đội đến, xong trong sáng nay.')
  await answer.getByRole('button', { name: 'Gửi trả lời' }).click()
  await expect(asked(head)).toContainText('Đã trả lời')
  expect(await seriousViolations(head)).toEqual([])

  await page.reload()
  await asked(page).getByText('1 đã trả lời').click()
  await expect(asked(page)).toContainText('Đã cử đội đến, xong trong sáng nay.')
  await asked(page).getByRole('link', { name: 'Mở phản ánh: 3 việc khẩn đã quá hạn' }).click()
  await page.getByRole('grid').getByRole('row', { name: /HN-/ }).first().getByRole('link').first().click()
  await expect(page.getByText('Đã cử đội đến, xong trong sáng nay.')).toBeVisible()
})

test('a manager of the city reads risks, changes and figures, in the dark and in English', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  await buildLateOffice(db)
  const page = await signedInAs('lanhdao.tp')
  await see(page, '/today')
  await expect(page.getByText('Toàn thành phố')).toBeVisible()
  await expect(headline(page)).toContainText(/\d việc khẩn đã quá hạn/)
  await expect(page.getByText(/Chỉ nêu thay đổi vượt mức ngẫu nhiên/)).toBeVisible()
  await expect(page.getByRole('heading', { name: /^Năm con số/ })).toBeVisible()
  await paintHere(page, 'dark')
  expect(await seriousViolations(page, undefined, ofColours)).toEqual([])
  await hearHere(page, 'en')
  await expect(page.getByRole('heading', { name: /^Risks of today/ })).toBeVisible()
  expect(await untranslated(page)).toEqual([])
  await hearHere(page, 'vi')
  await page.getByRole('link', { name: 'Xem bảng thống kê' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Thống kê' })).toBeVisible()
})

test('who leads two agencies chooses of which the page is, and whether it comes by mail', async ({
  signedInAs,
  db,
}) => {
  const [{ agency }, other] = [await buildLateOffice(db), await buildOffice(db)]
  const both = [agency, other.agency].map(({ id }) => ({ role: 'approver' as const, agencyId: id }))
  const { username } = await buildAccount(db, { agency, name: 'Lê Thị Bích', roles: both })
  const page = await signedInAs(username)
  await see(page, '/today')
  const scope = page.getByRole('combobox', { name: 'Phạm vi' })
  await scope.selectOption({ label: other.agency.name })
  await expect(page).toHaveURL(`/today?agency=${other.agency.id}`)
  await expect(headline(page)).toHaveText('Không có việc nào quá hạn, và hôm nay không có việc nào đến hạn.')
  await scope.selectOption({ label: agency.name })
  await expect(headline(page)).toContainText('3 việc khẩn đã quá hạn')

  await visit(page, '/account')
  const mailed = page.getByRole('switch', { name: 'Gửi trang Hôm nay qua thư điện tử' })
  await expect(mailed).toBeChecked()
  await mailed.click()
  await expect(page.getByText('Đã lưu')).toBeVisible()
  await page.reload()
  await expect(mailed).not.toBeChecked()
})

test('on a phone it fits two screens', async ({ signedInAs, seriousViolations, db }) => {
  await buildLateOffice(db)
  const page = await signedInAs('lanhdao.tp', { viewport: { width: 390, height: 844 } })
  await see(page, '/today')
  expect(await overhang(page)).toBeLessThanOrEqual(0)
  const heights = await page.evaluate(() =>
    [document.documentElement, document.getElementById('main')].map((part) => part?.scrollHeight ?? 0),
  )
  expect(Math.max(...heights)).toBeLessThanOrEqual(2 * 844)
  expect(await seriousViolations(page)).toEqual([])
  await page
    .getByRole('button', { name: /^Việc khác: / })
    .first()
    .click()
  await expect(page.getByRole('menuitem', { name: 'Nhắc' })).toBeVisible()
})
