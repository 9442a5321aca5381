import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { choose, openReport } from './report-page.ts'
import { visit } from './visit.ts'

const answerBox = (page: Page) => page.getByRole('region', { name: 'Trả lời công dân' })
const status = (page: Page) => page.getByRole('status', { name: 'Đồng nghiệp đang xem phản ánh này' })

async function openTags(page: Page, tags: string) {
  await choose(page, 'Sửa nhãn')
  const dialog = page.getByRole('dialog', { name: /^Sửa nhãn/ })
  await dialog.getByLabel('Nhãn').fill(tags)
  return { dialog, save: () => dialog.getByRole('button', { name: /^Sửa nhãn/ }).click() }
}

async function setSeverity(page: Page, code: string, name: string): Promise<void> {
  await choose(page, 'Đổi mức độ')
  const dialog = page.getByRole('dialog', { name: /^Đổi mức độ/ })
  await dialog.getByRole('radio', { name }).check()
  await dialog.getByRole('button', { name: /^Đổi mức độ/ }).click()
  await expect(page.getByText(`Đã đổi mức độ của ${code} thành ${name}`)).toBeVisible()
}

test('two colleagues set different fields: both are kept, and no one is prompted', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  await openReport(officer, code)
  await openReport(approver, code)
  const tagging = await openTags(officer, 'cổng trường')
  await setSeverity(approver, code, 'Khẩn')
  await tagging.save()
  await expect(tagging.dialog).toBeHidden()
  await expect(officer.getByText(`Đã sửa nhãn của ${code}`)).toBeVisible()
  await officer.reload()
  const report = officer.getByRole('article')
  await expect(report.getByText('cổng trường').first()).toBeVisible()
  await expect(report.getByText('Khẩn', { exact: true }).first()).toBeVisible()
})

test('two colleagues set the same field: one value beside the other, and one of them is kept', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  await openReport(officer, code)
  await openReport(approver, code)
  // Both have loaded the same version before either saves.
  const [mine, hers] = [await openTags(officer, 'cổng trường'), await openTags(approver, 'cây nghiêng')]
  await hers.save()
  await expect(approver.getByText(`Đã sửa nhãn của ${code}`)).toBeVisible()
  await mine.save()
  const theirs = mine.dialog.getByRole('region', { name: /^Đang lưu: Nguyễn Thị Hoa vừa đổi/ })
  await expect(theirs).toContainText('cây nghiêng')
  await expect(mine.dialog.getByText('cổng trường', { exact: true })).toBeVisible()
  await mine.dialog.getByRole('button', { name: /^Dùng giá trị của bạn/ }).click()
  await expect(mine.dialog).toBeHidden()
  await expect(officer.getByRole('article').getByText('cổng trường').first()).toBeVisible()
})

test('z restores a field; where a colleague has set it since, theirs stays and they are named', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  await openReport(officer, code)
  await openReport(approver, code)
  await (await openTags(officer, 'cổng trường')).save()
  await expect(officer.getByText(`Đã sửa nhãn của ${code}`)).toBeVisible()
  await officer.keyboard.press('z')
  await expect(officer.getByText(`Đã hoàn tác trên ${code}`)).toBeVisible()
  await expect(officer.getByRole('article').getByText('cổng trường', { exact: true })).toHaveCount(0)

  await openReport(approver, code)
  const hers = await openTags(approver, 'cây nghiêng')
  await (await openTags(officer, 'cổng trường')).save()
  await expect(officer.getByText(`Đã sửa nhãn của ${code}`)).toBeVisible()
  await hers.save()
  await hers.dialog.getByRole('button', { name: /^Dùng giá trị của bạn/ }).click()
  await expect(hers.dialog).toBeHidden()
  await expect(approver.getByText(`Đã sửa nhãn của ${code}`)).toBeVisible()
  await officer.keyboard.press('z')
  await expect(officer.getByText(/Không hoàn tác được: Nguyễn Thị Hoa vừa thay đổi nhãn/)).toBeVisible()
})

test('a colleague who views or writes is shown, on the report and in the queue, and gone when they leave', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { title: 'Cây nghiêng cổng chùa' })
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  await openReport(officer, code)
  await openReport(approver, code)
  await expect(status(officer).getByRole('img', { name: 'Hoa đang xem' })).toBeVisible()
  await approver.keyboard.press('r')
  await expect(status(officer).getByText('Hoa đang soạn trả lời')).toBeVisible()
  await answerBox(approver).getByLabel('Kết quả xử lý').fill('Đã cắt cành khô')
  await expect(status(officer).getByRole('img', { name: 'Hoa đang soạn trả lời, có nội dung chưa gửi' })).toBeVisible()

  await visit(officer, '/reports?view=my_agency')
  const row = officer.getByRole('row', { name: /Cây nghiêng cổng chùa/ })
  await expect(row.getByText('Hoa đang soạn trả lời, có nội dung chưa gửi')).toBeAttached()
  await approver.goto('/incidents')
  await expect(row.getByText(/^Hoa đang/)).toHaveCount(0)
})

test('a colleague without input for five minutes is shown as away, and as present again with the next key', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  await approver.clock.install()
  await openReport(officer, code)
  await openReport(approver, code)
  await approver.keyboard.press('n')
  await approver.clock.runFor(5000)
  await expect(status(officer).getByRole('img', { name: 'Hoa đang xem' })).toBeVisible()
  await approver.clock.runFor(5 * 60_000 + 10_000)
  await expect(status(officer).getByRole('img', { name: 'Hoa để mở, không thao tác' })).toBeVisible()
  await approver.keyboard.press('n')
  await approver.clock.runFor(10_000)
  await expect(status(officer).getByRole('img', { name: 'Hoa đang xem' })).toBeVisible()
})

test('a colleague answered while an answer was written: a prompt appears once before the citizen is answered again', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  const write = async (page: Page, what: string) => {
    await page.keyboard.press('r')
    await answerBox(page).getByLabel('Kết quả xử lý').fill(what)
    await answerBox(page).getByLabel('Địa điểm').fill('Trước cổng trường')
    await answerBox(page).getByLabel('Thời gian').fill('Chiều qua')
    await answerBox(page).getByRole('radio', { name: 'Đã khắc phục' }).check()
  }
  await openReport(officer, code)
  await openReport(approver, code)
  await write(officer, 'Đã cắt cành khô phía đường.')
  await write(approver, 'Đã chằng chống cây nghiêng.')
  await answerBox(approver)
    .getByRole('button', { name: /^Trình phê duyệt/ })
    .click()
  await expect(approver.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()

  // Whether the page has learned of it by now or learns it when sending.
  const notice = answerBox(officer).getByRole('alert')
  await officer.keyboard.press('Control+Enter')
  await expect(notice).toContainText('Nguyễn Thị Hoa đã trình trả lời')
  await expect(notice).toContainText('Nội dung bạn soạn vẫn còn trong bản nháp')
  await notice.getByRole('button', { name: 'Đọc trả lời' }).click()
  await expect(notice).toContainText('Đã chằng chống cây nghiêng.')
  await expect(answerBox(officer).getByLabel('Kết quả xử lý')).toHaveValue('Đã cắt cành khô phía đường.')
})
