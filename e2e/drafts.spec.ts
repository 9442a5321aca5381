import { expect, type Page } from '@playwright/test'
import { buildAccount } from '#db/factories/accounts.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt } from './office.ts'
import { callProcedure } from './procedures.ts'
import { choose, openReport, timelineOf } from './report-page.ts'
import { isCall } from './slow-line.ts'
import { awake, visit } from './visit.ts'

const answerBox = (page: Page) => page.getByRole('region', { name: 'Trả lời công dân' })
const whatIn = (page: Page) => answerBox(page).getByLabel('Kết quả xử lý')

/** Types a text into the answer and waits until the server has stored it. */
async function write(page: Page, words: string): Promise<void> {
  const kept = page.waitForResponse((answer) => isCall(answer.request(), 'drafts.keep'))
  await whatIn(page).fill(words)
  expect((await kept).ok()).toBe(true)
}

async function openAnswer(page: Page, code: string): Promise<void> {
  await openReport(page, code)
  await page.keyboard.press('r')
  await expect(whatIn(page)).toBeFocused()
}

test('an answer begun at one machine is continued at another, and is among the drafts until it is sent', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const [desk, phone] = [await signedInAs(office.officer.username), await signedInAs(office.officer.username)]
  await openAnswer(desk, code)
  await write(desk, 'Đã cử tổ chằng chống cây nghiêng')
  await expect(answerBox(desk).getByText(/^Đã lưu nháp \d\d:\d\d$/)).toBeVisible()

  await visit(phone, '/drafts')
  const row = phone.getByRole('row', { name: new RegExp(code) })
  await expect(row).toContainText('Đã cử tổ chằng chống cây nghiêng')
  await row.getByRole('link').click()
  await phone
    .getByRole('article', { name: code })
    .getByRole('button', { name: /^Trả lời công dân\s*có nháp/ })
    .click()
  await expect(whatIn(phone)).toHaveValue('Đã cử tổ chằng chống cây nghiêng')
  await write(phone, 'Đã cử tổ chằng chống cây nghiêng, dọn cành gãy')
  await answerBox(phone).getByLabel('Địa điểm').fill('Trước cổng trường')
  await answerBox(phone).getByLabel('Thời gian').fill('Chiều qua')
  await answerBox(phone).getByRole('radio', { name: 'Đã khắc phục' }).check()
  await answerBox(phone)
    .getByRole('button', { name: /^Trình phê duyệt/ })
    .click()
  await expect(phone.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
  await visit(phone, '/drafts')
  await expect(phone.getByRole('heading', { name: 'Không có bản nháp' })).toBeVisible()
})

test('text typed a moment ago survives a crash of the page, also where the server has not received it', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await page.route(/drafts\.keep/, (route) => route.abort())
  await openAnswer(page, code)
  await whatIn(page).fill('Đã cử tổ chằng chống cây nghiêng')
  await expect(answerBox(page).getByText(/^Đã lưu nháp \d\d:\d\d$/)).toBeVisible()
  const context = page.context()
  const broken = page.waitForEvent('crash')
  await page.goto('chrome://crash').catch(() => undefined)
  await broken

  const anew = await context.newPage()
  await openReport(anew, code)
  await anew.keyboard.press('r')
  await expect(whatIn(anew)).toHaveValue('Đã cử tổ chằng chống cây nghiêng')
})

test('a draft edited in two places shows both texts side by side and loses neither', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const [one, other] = [await signedInAs(office.officer.username), await signedInAs(office.officer.username)]
  await openAnswer(one, code)
  await openAnswer(other, code)
  await write(one, 'Từ máy bàn')
  await write(other, 'Từ điện thoại')
  const rival = answerBox(other).getByRole('alert')
  await expect(rival).toContainText('Bản nháp này vừa được viết tiếp')
  await expect(rival).toContainText('Từ máy bàn')
  await expect(whatIn(other)).toHaveValue('Từ điện thoại')
  const kept = other.waitForResponse((answer) => isCall(answer.request(), 'drafts.keep'))
  await rival.getByRole('button', { name: 'Giữ bản đang soạn' }).click()
  expect((await kept).ok()).toBe(true)
  await expect(rival).toBeHidden()

  await write(one, 'Từ máy bàn, viết tiếp')
  const again = answerBox(one).getByRole('alert')
  await expect(again).toContainText('Từ điện thoại')
  await again.getByRole('button', { name: 'Dùng bản vừa sửa' }).click()
  await expect(whatIn(one)).toHaveValue('Từ điện thoại')
})

test('a colleague continues a shared draft, and is asked before it replaces their own text', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  await openAnswer(officer, code)
  await write(officer, 'Đã cắt cành khô phía đường')
  await answerBox(officer).getByRole('button', { name: 'Chia sẻ nháp' }).click()
  await expect(officer.getByText('Đã chia sẻ bản nháp cho đơn vị')).toBeVisible()
  await expect(timelineOf(officer).getByText('Chia sẻ bản nháp trả lời')).toBeVisible()

  await openAnswer(approver, code)
  const shared = answerBox(approver).getByRole('region', { name: 'Bản nháp Trần Văn Hùng chia sẻ' })
  await expect(shared).toContainText('Đã cắt cành khô phía đường')
  await whatIn(approver).fill('Tôi viết')
  await shared.getByRole('button', { name: 'Dùng bản này' }).click()
  const question = approver.getByRole('dialog', { name: 'Thay nội dung đang soạn?' })
  await question.getByRole('button', { name: 'Thay nội dung' }).click()
  await expect(whatIn(approver)).toHaveValue('Đã cắt cành khô phía đường')
})

test('the assignee changes while text is typed: it stays, and is sent in its author’s name', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const colleague = await buildAccount(db, { agency: office.agency, name: 'Phạm Minh Tuấn' })
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  await openAnswer(officer, code)
  await write(officer, 'Đã cắt cành khô phía đường')
  await openReport(approver, code)
  await choose(approver, 'Giao cán bộ xử lý')
  const giving = approver.getByRole('dialog', { name: /^Giao cán bộ/ })
  await giving.getByRole('combobox').fill('Tuấn')
  await approver.getByRole('option', { name: new RegExp(colleague.name) }).click()
  await giving.getByRole('button', { name: /^Giao cán bộ/ }).click()
  await expect(giving).toBeHidden()

  await expect(whatIn(officer)).toHaveValue('Đã cắt cành khô phía đường')
  await answerBox(officer).getByLabel('Địa điểm').fill('Trước cổng trường')
  await answerBox(officer).getByLabel('Thời gian').fill('Chiều qua')
  await answerBox(officer).getByRole('radio', { name: 'Đã khắc phục' }).check()
  await answerBox(officer)
    .getByRole('button', { name: /^(Trình phê duyệt|Vẫn gửi trả lời này)/ })
    .click()
  const sent = officer.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)
  const again = answerBox(officer).getByRole('button', { name: /^Vẫn gửi trả lời này/ })
  await expect(sent.or(again)).toBeVisible()
  if (await again.isVisible()) await again.click()
  await expect(sent).toBeVisible()
})

test('merged while text is typed: it stays on the page and among the drafts', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const [one, canonical] = [await buildReportAt(db, office), await buildReportAt(db, office)]
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Đặng Bích Linh')
  const [officer, desk] = [await signedInAs(office.officer.username), await signedInAs(dispatcher.username)]
  await openAnswer(officer, one.code)
  await write(officer, 'Đã cắt cành khô phía đường')
  const { origin } = new URL(officer.url())
  const input = { reportId: one.id, version: one.version, intoReportId: canonical.id }
  expect((await callProcedure(desk, 'reports.merge', { input, origin })).status).toBe(200)
  // The page learns of it without a query; the text stays, and cannot be sent.
  await expect(officer.getByRole('article').getByText('Đã gộp', { exact: true })).toBeVisible()
  await expect(whatIn(officer)).toHaveValue('Đã cắt cành khô phía đường')
  await officer.keyboard.press('Control+Enter')
  await expect(whatIn(officer)).toHaveValue('Đã cắt cành khô phía đường')
  await officer.reload()
  await awake(officer)
  await expect(officer.getByText('Đã gộp').first()).toBeVisible()
  await officer
    .getByRole('article')
    .getByRole('button', { name: /^Trả lời công dân\s*có nháp/ })
    .click()
  await expect(whatIn(officer)).toHaveValue('Đã cắt cành khô phía đường')
  await visit(officer, '/drafts')
  await expect(officer.getByRole('row', { name: new RegExp(one.code) })).toContainText('Đã cắt cành khô phía đường')
})
