import { expect } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { choose, openReport } from './report-page.ts'
import { holdUp, isCall, keepDeaf } from './slow-line.ts'
import { visit } from './visit.ts'

const atOnce = { timeout: 1000 }

test('a move shows its effect, as text and in the row, before the server has answered', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office, { title: 'Cây nghiêng cổng chùa' })
  const page = await signedInAs(office.approver.username)
  await visit(page, '/reports?view=my_agency')
  const row = page.getByRole('row', { name: /Cây nghiêng cổng chùa/ })
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  const deadline = row.getByText(/^còn /)
  const longer = (await deadline.textContent()) ?? ''
  await page.keyboard.press('p')
  const dialog = page.getByRole('dialog', { name: /^Đổi mức độ/ })
  await dialog.getByRole('radio', { name: 'Khẩn' }).check()
  const letGo = await holdUp(page, /reports\.changeSeverity/)
  const sent = page.waitForRequest((request) => isCall(request, 'reports.changeSeverity'))
  await dialog.getByRole('button', { name: /^Đổi mức độ/ }).click()
  await expect(dialog).toBeHidden(atOnce)
  await expect(page.getByText(/^Đã đổi mức độ của HN-\S+ thành Khẩn/)).toBeVisible(atOnce)
  await expect(row.getByText('Khẩn', { exact: true })).toBeAttached(atOnce)
  await expect(row).toHaveAttribute('aria-busy', 'true')
  const answered = page.waitForResponse((answer) => isCall(answer.request(), 'reports.changeSeverity'))
  await sent
  letGo()
  expect((await answered).ok()).toBe(true)
  await expect(row).not.toHaveAttribute('aria-busy', 'true')
  await expect(deadline).not.toHaveText(longer)
  await page.keyboard.press('z')
  await expect(page.getByText(/^Đã hoàn tác trên HN-/)).toBeVisible()
  await expect(row.getByText('Khẩn', { exact: true })).toHaveCount(0)
  await expect(deadline).toHaveText(longer)
})

test('two moves on one report, faster than the connection, do not conflict with each other', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_acceptance' })
  const page = await signedInAs(office.approver.username)
  await openReport(page, code)
  const letGo = await holdUp(page, /reports\.(accept|changeTags)/)
  await page.getByRole('article').getByRole('button', { name: 'Nhận xử lý', exact: true }).first().click()
  await choose(page, 'Sửa nhãn')
  const tagging = page.getByRole('dialog', { name: /^Sửa nhãn/ })
  await tagging.getByLabel('Nhãn').fill('cổng trường')
  await tagging.getByRole('button', { name: /^Sửa nhãn/ }).click()
  await expect(tagging).toBeHidden(atOnce)
  await expect(page.getByText(`Đã sửa nhãn của ${code}`)).toBeVisible()
  const leaving = page.waitForEvent('dialog')
  await page.evaluate(() => setTimeout(() => window.location.reload()))
  const question = await leaving
  expect(question.type()).toBe('beforeunload')
  await question.dismiss()

  const saved = page.waitForResponse((answer) => isCall(answer.request(), 'reports.changeTags'))
  letGo()
  expect((await saved).ok()).toBe(true)
  await page.reload()
  await expect(page.getByRole('article').getByText('cổng trường').first()).toBeVisible()
  await expect(page.getByRole('article').getByText('Đang xử lý').first()).toBeVisible()
})

test('a move after a faster colleague is reverted, reopens with the typed text, and says what they did and why', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const colleague = await buildAccount(db, { agency: office.agency, name: 'Phạm Minh Tuấn' })
  const { code } = await buildReportAt(db, office, { state: 'awaiting_acceptance' })
  const [mine, his] = [await signedInAs(office.officer.username), await signedInAs(colleague.username)]
  await keepDeaf(mine)
  await openReport(mine, code)
  await openReport(his, code)
  await choose(his, 'Trả lại điều phối')
  const earlier = his.getByRole('dialog', { name: /^Trả lại/ })
  await earlier.getByLabel('Lý do').fill('Cây trong khuôn viên bệnh viện')
  await earlier.getByRole('button', { name: /^Trả lại/ }).click()
  await expect(his.getByText(`Đã trả lại ${code} cho bộ phận điều phối`)).toBeVisible()

  await choose(mine, 'Trả lại điều phối')
  const later = mine.getByRole('dialog', { name: /^Trả lại/ })
  await later.getByLabel('Lý do').fill('Ngoài địa bàn phường')
  await later.getByRole('button', { name: /^Trả lại/ }).click()
  await expect(later.getByRole('alert')).toContainText('Phạm Minh Tuấn')
  await expect(later.getByRole('alert')).toContainText('Cây trong khuôn viên bệnh viện')
  await expect(later.getByLabel('Lý do')).toHaveValue('Ngoài địa bàn phường')
})

test('a refusal reaches a user already typing elsewhere by a notice, which links back', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  await choose(page, 'Sửa nhãn')
  const tagging = page.getByRole('dialog', { name: /^Sửa nhãn/ })
  await tagging.getByLabel('Nhãn').fill('cổng chợ')
  const cutOff = await holdUp(page, /reports\.changeTags/, 'abort')
  await tagging.getByRole('button', { name: /^Sửa nhãn/ }).click()
  await expect(tagging).toBeHidden()
  await page.keyboard.press('e')
  await page.keyboard.type('dang go ghi chu')
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('dang go ghi chu')
  await page.context().setOffline(true)
  cutOff()
  await expect(page.getByText(`Chưa thực hiện được với ${code}`)).toBeVisible()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('dang go ghi chu')
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Xem lại' }).click()
  await expect(tagging.getByText('cổng chợ', { exact: true })).toBeVisible()
})

test('a refusal does not come between the next key and the report it is meant for', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const built = [
    await buildReportAt(db, office, { state: 'awaiting_acceptance' }),
    await buildReportAt(db, office, { state: 'awaiting_acceptance' }),
  ]
  const [first, second] = built
  const page = await signedInAs(office.officer.username)
  await keepDeaf(page)
  await visit(page, '/reports?view=my_agency&sort=code&dir=asc')
  await expect(page.getByRole('article', { name: first?.code ?? '' })).toBeVisible()
  await choose(page, 'Trả lại điều phối')
  const returning = page.getByRole('dialog', { name: /^Trả lại/ })
  await returning.getByLabel('Lý do').fill('Ngoài địa bàn phường')
  const letGo = await holdUp(page, /reports\.return/)
  await page.keyboard.press('Control+Enter')
  await expect(returning).toBeHidden()
  await db
    .update(reports)
    .set({ version: (first?.version ?? 0) + 1 })
    .where(eq(reports.id, first?.id ?? 0))
  await page.keyboard.press('j')
  letGo()
  await expect(page.getByText(`Chưa thực hiện được với ${first?.code}`)).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('i')
  await expect(page.getByText(`Đã nhận xử lý ${second?.code}`)).toBeVisible()
  await page.getByRole('button', { name: 'Xem lại' }).click()
  await expect(returning.getByLabel('Lý do')).toHaveValue('Ngoài địa bàn phường')
})

test('a note is in the timeline at once, and waits there while the server cannot be reached', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  const story = page.getByRole('region', { name: 'Diễn biến' })
  const box = page.getByLabel('Nội dung ghi chú')
  await page.keyboard.press('e')
  await page.keyboard.type('Da hen to dan pho')
  await expect(box).toHaveValue('Da hen to dan pho')
  const cutOff = await holdUp(page, /reports\.addNote/, 'abort')
  await page.keyboard.press('Control+Enter')
  await expect(story.getByText('Da hen to dan pho')).toBeVisible(atOnce)
  await expect(box).toBeHidden()
  await expect(story.getByText('Chờ gửi')).toBeHidden()
  cutOff()
  await expect(story.getByText('Chờ gửi')).toBeVisible()

  await page.unrouteAll({ behavior: 'wait' })
  // It retries by itself as well, and may have succeeded a moment before.
  const now = page.getByRole('button', { name: 'Gửi ngay' })
  await now.click({ timeout: 2000 }).catch(() => expect(now).toBeHidden())
  await expect(page.getByText(`Đã gửi ghi chú đang chờ của ${code}`)).toBeVisible()
  await expect(story.getByText('Chờ gửi')).toBeHidden()
  await page.reload()
  await expect(story.getByText('Da hen to dan pho')).toBeVisible()
})

test('with the preview closed s opens the actions beside the row, and the work continues at the row', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office, { state: 'awaiting_acceptance', title: 'Ghế đá gãy chân trước hồ' })
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=my_agency')
  const preview = page.getByRole('article', { name: /^HN-/ })
  await expect(preview).toBeVisible()
  await page.keyboard.press('Space')
  await expect(preview).toBeHidden()
  await page.keyboard.press('j')
  await page.keyboard.press('s')
  const menu = page.getByRole('menu', { name: 'Thao tác' })
  await expect(menu.getByRole('menuitem', { name: /^Nhận xử lý/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(menu).toBeHidden()
  await expect(page.getByText(/^Đã nhận xử lý HN-/)).toBeVisible()
  const row = page.getByRole('row', { name: /Ghế đá gãy chân/ })
  await expect(row.getByText('Đang xử lý')).toBeVisible()
  await expect(page.getByRole('grid')).toBeFocused()

  await page.keyboard.press('s')
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(menu.getByRole('menuitem', { name: /^Giao cán bộ/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('grid')).toBeFocused()
  for (const [key, opened] of [
    ['d', page.getByRole('dialog', { name: /^Thời hạn/ })],
    ['v', page.getByRole('menu')],
    ['f', page.getByRole('dialog', { name: 'Bộ lọc' })],
  ] as const) {
    await page.keyboard.press(key)
    await expect(opened).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(opened).toBeHidden()
    await expect(page.getByRole('grid')).toBeFocused()
  }
})

test('an approver works through the answers by keys; of two approvals both can be undone, the last first', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code: categoryCode } = await buildCategory(db)
  for (const place of ['Bát Đàn', 'Cầu Gỗ', 'Đinh Lễ']) {
    await buildReportAt(db, office, { state: 'awaiting_approval', categoryCode, title: `Cống nghẹt phố ${place}` })
  }
  const page = await signedInAs(office.approver.username)
  await visit(page, '/reports?view=my_agency&sort=code&dir=asc')
  const stateOf = (place: string, state: string) =>
    expect(page.getByRole('row', { name: new RegExp(`phố ${place}`) }).getByText(state, { exact: true })).toBeVisible()
  await expect(page.getByRole('article', { name: /^HN-/ }).getByRole('button', { name: 'Phê duyệt' })).toBeVisible()

  await page.keyboard.press('Shift+A')
  await stateOf('Bát Đàn', 'Đã xử lý')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+A')
  await stateOf('Cầu Gỗ', 'Đã xử lý')
  const undo = page.getByRole('button', { name: /^Hoàn tác/ })
  await expect(undo).toHaveCount(1)
  await page.keyboard.press('z')
  await stateOf('Cầu Gỗ', 'Chờ duyệt')
  await page.keyboard.press('z')
  await stateOf('Bát Đàn', 'Chờ duyệt')

  await page.keyboard.press('Shift+A')
  await stateOf('Cầu Gỗ', 'Đã xử lý')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+R')
  const remarks = page.getByRole('dialog', { name: /^Trả lại để hoàn thiện/ })
  await remarks.getByRole('textbox').fill('Ghi rõ ngày hoàn thành.')
  await page.keyboard.press('Control+Enter')
  await stateOf('Đinh Lễ', 'Đang xử lý')
  await expect(page.getByRole('grid')).toBeFocused()
  await page.keyboard.press('z')
  await stateOf('Đinh Lễ', 'Chờ duyệt')
  await stateOf('Cầu Gỗ', 'Đã xử lý')
  await page.keyboard.press('z')
  await stateOf('Cầu Gỗ', 'Chờ duyệt')
})

test('an answer without the proof that its category requires is approved only after a second look', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const { code: categoryCode } = await buildCategory(db, { needsPhoto: true })
  const built = [
    await buildReportAt(db, office, { state: 'awaiting_approval', categoryCode }),
    await buildReportAt(db, office, { state: 'awaiting_approval', categoryCode }),
  ]
  const page = await signedInAs(office.approver.username)
  const dialog = page.getByRole('dialog')
  const missing = dialog.getByText('Lĩnh vực này cần ảnh minh chứng')

  const first = await openReport(page, built[0]?.code ?? '')
  await page.keyboard.press('Shift+A')
  await expect(missing).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await first.getByRole('button', { name: /^Phê duyệt/ }).click()
  await dialog.getByRole('button', { name: 'Trả lại để hoàn thiện' }).click()
  await page.keyboard.type('Bổ sung ảnh sau khi xử lý.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã trả lại dự thảo trả lời ${built[0]?.code} để hoàn thiện`)).toBeVisible()

  await openReport(page, built[1]?.code ?? '')
  await page.keyboard.press('Shift+A')
  await expect(dialog.getByRole('button', { name: /^Vẫn phê duyệt/ })).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã phê duyệt, trả lời ${built[1]?.code} gửi sau`)).toBeVisible()
})

test('on a phone the toast of an action does not cover the buttons for the next one', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_acceptance' })
  const page = await signedInAs(office.officer.username, { viewport: { width: 390, height: 844 } })
  const report = await openReport(page, code)
  await choose(page, 'Nhận xử lý')
  const said = page.getByText(`Đã nhận xử lý ${code}`)
  await expect(said).toBeVisible()
  const next = report.getByRole('button', { name: /^Trả lời công dân/ }).first()
  const [above, below] = [await said.boundingBox(), await next.boundingBox()]
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThan(below?.y ?? 0)
  await next.click()
  await expect(page.getByRole('region', { name: 'Trả lời công dân' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Thao tác khác' })).toBeHidden()
})
