import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { reload, signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { awaitAnswer, findLine, holdUp, keepDeaf, loseLine, refuseLine } from '#app/testing/line.ts'
import { choose, openReport } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildAccount } = onServer<typeof import('#db/factories/accounts.ts')>('db/factories/accounts.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')
const { changeMeanwhile } = onServer<typeof import('#app/testing/beside/reports.ts')>('app/testing/beside/reports.ts')

test('a move shows its effect, as text and in the row, before the server has answered', async () => {
  const office = await buildOffice()
  await buildReportAt(office, { title: 'Cây nghiêng cổng chùa' })
  await signInAs(office.approver.username)
  await visit('/reports?view=my_agency')
  const row = page.getByRole('row', { name: /Cây nghiêng cổng chùa/ })
  await expect.element(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  const deadline = row.getByText(/^còn /)
  const longer = deadline.element().textContent ?? ''
  await press('p')
  const dialog = page.getByRole('dialog', { name: /^Đổi mức độ/ })
  await dialog.getByRole('radio', { name: /Khẩn/ }).click()
  const answered = awaitAnswer(/reports\.changeSeverity/)
  const letGo = holdUp(/reports\.changeSeverity/)
  await dialog.getByRole('button', { name: /^Đổi mức độ/ }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(page.getByText(/^Đã đổi mức độ của HN-\S+ thành Khẩn/)).toBeVisible()
  await expect.element(row.getByText('Khẩn', { exact: true })).toBeInTheDocument()
  await expect.element(row).toHaveAttribute('aria-busy', 'true')
  letGo()
  expect((await answered).ok).toBe(true)
  await expect.element(row).not.toHaveAttribute('aria-busy', 'true')
  await expect.element(deadline).not.toHaveTextContent(longer)
  await press('z')
  await expect.element(page.getByText(/^Đã hoàn tác trên HN-/)).toBeVisible()
  await expect.element(row.getByText('Khẩn', { exact: true })).not.toBeInTheDocument()
  await expect.element(deadline).toHaveTextContent(longer)
})

test('two moves on one report, faster than the connection, do not conflict with each other', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office, { state: 'awaiting_acceptance' })
  await signInAs(office.approver.username)
  await openReport(code)
  const saved = awaitAnswer(/reports\.changeTags/)
  const letGo = holdUp(/reports\.(accept|changeTags)/)
  await page.getByRole('article').getByRole('button', { name: 'Nhận xử lý', exact: true }).first().click()
  await choose('Sửa nhãn')
  const tagging = page.getByRole('dialog', { name: /^Sửa nhãn/ })
  await tagging.getByLabelText(/Nhãn/).fill('cổng trường')
  await tagging.getByRole('button', { name: /^Sửa nhãn/ }).click()
  await expect.element(tagging).not.toBeInTheDocument()
  await expect.element(page.getByText(`Đã sửa nhãn của ${code}`, { exact: false })).toBeVisible()
  // Whoever leaves the page now is asked first.
  const leaving = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(leaving)
  expect(leaving.defaultPrevented).toBe(true)

  letGo()
  expect((await saved).ok).toBe(true)
  await reload()
  await expect
    .element(
      page
        .getByRole('article')
        .getByText(/cổng trường/)
        .first(),
    )
    .toBeVisible()
  await expect
    .element(
      page
        .getByRole('article')
        .getByText(/Đang xử lý/)
        .first(),
    )
    .toBeVisible()
})

test('a move after a faster colleague is reverted, reopens with the typed text, and says what they did and why', async () => {
  const office = await buildOffice()
  const colleague = await buildAccount({ agency: office.agency, name: 'Phạm Minh Tuấn' })
  const { id, version, code } = await buildReportAt(office, { state: 'awaiting_acceptance' })
  await signInAs(office.officer.username)
  keepDeaf()
  await openReport(code)

  await choose('Trả lại điều phối')
  const later = page.getByRole('dialog', { name: /^Trả lại/ })
  await later.getByLabelText(/Lý do/).fill('Ngoài địa bàn phường')
  const earlier = { reportId: id, version, reason: 'Cây trong khuôn viên bệnh viện' }
  await callAs(colleague.username, 'reports.return', earlier)
  await later.getByRole('button', { name: /^Trả lại/ }).click()
  await expect.element(later.getByRole('alert')).toContainText('Phạm Minh Tuấn')
  await expect.element(later.getByRole('alert')).toContainText('Cây trong khuôn viên bệnh viện')
  await expect.element(later.getByLabelText(/Lý do/)).toHaveValue('Ngoài địa bàn phường')
})

test('a refusal reaches a user already typing elsewhere by a notice, which links back', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office)
  await signInAs(office.officer.username)
  await openReport(code)
  await choose('Sửa nhãn')
  const tagging = page.getByRole('dialog', { name: /^Sửa nhãn/ })
  await tagging.getByLabelText(/Nhãn/).fill('cổng chợ')
  const cutOff = holdUp(/reports\.changeTags/, 'abort')
  await tagging.getByRole('button', { name: /^Sửa nhãn/ }).click()
  await expect.element(tagging).not.toBeInTheDocument()
  await press('e')
  await type('dang go ghi chu')
  await expect.element(page.getByLabelText(/Nội dung ghi chú/)).toHaveValue('dang go ghi chu')
  loseLine()
  cutOff()
  await expect.element(page.getByText(`Chưa thực hiện được với ${code}`, { exact: false })).toBeVisible()
  await expect.element(page.getByLabelText(/Nội dung ghi chú/)).toHaveValue('dang go ghi chu')
  findLine()
  await page.getByRole('button', { name: /Xem lại/ }).click()
  await expect.element(tagging.getByText('cổng chợ', { exact: true })).toBeVisible()
})

test('a refusal does not come between the next key and the report it is meant for', async () => {
  const office = await buildOffice()
  const first = await buildReportAt(office, { state: 'awaiting_acceptance' })
  const second = await buildReportAt(office, { state: 'awaiting_acceptance' })
  await signInAs(office.officer.username)
  keepDeaf()
  await visit('/reports?view=my_agency&sort=code&dir=asc')
  await expect.element(page.getByRole('article', { name: first.code })).toBeVisible()
  await choose('Trả lại điều phối')
  const returning = page.getByRole('dialog', { name: /^Trả lại/ })
  await returning.getByLabelText(/Lý do/).fill('Ngoài địa bàn phường')
  const letGo = holdUp(/reports\.return/)
  await press('Control+Enter')
  await expect.element(returning).not.toBeInTheDocument()
  await changeMeanwhile(first.id)
  await press('j')
  letGo()
  await expect.element(page.getByText(`Chưa thực hiện được với ${first.code}`, { exact: false })).toBeVisible()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await press('i')
  await expect.element(page.getByText(`Đã nhận xử lý ${second.code}`, { exact: false })).toBeVisible()
  await page.getByRole('button', { name: /Xem lại/ }).click()
  await expect.element(returning.getByLabelText(/Lý do/)).toHaveValue('Ngoài địa bàn phường')
})

test('a note is in the timeline at once, and waits there while the server cannot be reached', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office)
  await signInAs(office.officer.username)
  await openReport(code)
  const story = page.getByRole('region', { name: /Diễn biến/ })
  const box = page.getByLabelText(/Nội dung ghi chú/)
  await press('e')
  await type('Da hen to dan pho')
  await expect.element(box).toHaveValue('Da hen to dan pho')
  const restore = refuseLine(/reports\.addNote/)
  const cutOff = holdUp(/reports\.addNote/)
  await press('Control+Enter')
  await expect.element(story.getByText(/Da hen to dan pho/)).toBeVisible()
  await expect.element(box).not.toBeInTheDocument()
  await expect.element(story.getByText(/Chờ gửi/)).not.toBeInTheDocument()
  cutOff()
  await expect.element(story.getByText(/Chờ gửi/)).toBeVisible()

  restore()
  // It retries by itself as well, and may have succeeded a moment before.
  const now = page.getByRole('button', { name: /Gửi ngay/ })
  await now.click({ timeout: 2000 }).catch(() => expect.element(now).not.toBeInTheDocument())
  await expect.element(page.getByText(`Đã gửi ghi chú đang chờ của ${code}`, { exact: false })).toBeVisible()
  await expect.element(story.getByText(/Chờ gửi/)).not.toBeInTheDocument()
  await reload()
  await expect.element(story.getByText(/Da hen to dan pho/)).toBeVisible()
})

test('with the preview closed s opens the actions beside the row, and the work continues at the row', async () => {
  const office = await buildOffice()
  await buildReportAt(office, { state: 'awaiting_acceptance', title: 'Ghế đá gãy chân trước hồ' })
  await signInAs(office.officer.username)
  await visit('/reports?view=my_agency')
  const preview = page.getByRole('article', { name: /^HN-/ })
  await expect.element(preview).toBeVisible()
  await press('Space')
  await expect.element(preview).not.toBeInTheDocument()
  await press('j')
  await press('s')
  const menu = page.getByRole('menu', { name: /Thao tác/ })
  await expect.element(menu.getByRole('menuitem', { name: /^Nhận xử lý/ })).toHaveFocus()
  await press('Enter')
  await expect.element(menu).not.toBeInTheDocument()
  await expect.element(page.getByText(/^Đã nhận xử lý HN-/)).toBeVisible()
  const row = page.getByRole('row', { name: /Ghế đá gãy chân/ })
  await expect.element(row.getByText(/Đang xử lý/)).toBeVisible()
  await expect.element(page.getByRole('grid')).toHaveFocus()

  await press('s')
  await expect.element(menu.getByRole('menuitem').first()).toHaveFocus()
  await press('ArrowDown')
  await expect.element(menu.getByRole('menuitem', { name: /^Giao cán bộ/ })).toHaveFocus()
  await press('Enter')
  await press('Escape')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(page.getByRole('grid')).toHaveFocus()
  for (const [key, opened] of [
    ['d', page.getByRole('dialog', { name: /^Thời hạn/ })],
    ['v', page.getByRole('menu')],
    ['f', page.getByRole('dialog', { name: /Bộ lọc/ })],
  ] as const) {
    await press(key)
    await expect.element(opened).toBeVisible()
    await press('Escape')
    await expect.element(opened).not.toBeInTheDocument()
    await expect.element(page.getByRole('grid')).toHaveFocus()
  }
})

test('an approver works through the answers by keys; of two approvals both can be undone, the last first', async () => {
  const office = await buildOffice()
  const { code: categoryCode } = await buildCategory()
  for (const place of ['Bát Đàn', 'Cầu Gỗ', 'Đinh Lễ']) {
    await buildReportAt(office, { state: 'awaiting_approval', categoryCode, title: `Cống nghẹt phố ${place}` })
  }
  await signInAs(office.approver.username)
  await visit('/reports?view=my_agency&sort=code&dir=asc')
  const stateOf = (place: string, state: string) =>
    expect
      .element(page.getByRole('row', { name: new RegExp(`phố ${place}`) }).getByText(state, { exact: true }))
      .toBeVisible()
  await expect
    .element(page.getByRole('article', { name: /^HN-/ }).getByRole('button', { name: /Phê duyệt/ }))
    .toBeVisible()

  await press('Shift+A')
  await stateOf('Bát Đàn', 'Đã xử lý')
  await press('j')
  await press('Shift+A')
  await stateOf('Cầu Gỗ', 'Đã xử lý')
  const undo = page.getByRole('button', { name: /^Hoàn tác/ })
  await expect.element(undo).toHaveLength(1)
  await press('z')
  await stateOf('Cầu Gỗ', 'Chờ duyệt')
  await press('z')
  await stateOf('Bát Đàn', 'Chờ duyệt')

  await press('Shift+A')
  await stateOf('Cầu Gỗ', 'Đã xử lý')
  await press('j')
  await press('Shift+R')
  const remarks = page.getByRole('dialog', { name: /^Trả lại để hoàn thiện/ })
  await remarks.getByRole('textbox').fill('Ghi rõ ngày hoàn thành.')
  await press('Control+Enter')
  await stateOf('Đinh Lễ', 'Đang xử lý')
  await expect.element(page.getByRole('grid')).toHaveFocus()
  await press('z')
  await stateOf('Đinh Lễ', 'Chờ duyệt')
  await stateOf('Cầu Gỗ', 'Đã xử lý')
  await press('z')
  await stateOf('Cầu Gỗ', 'Chờ duyệt')
})

test('an answer without the proof that its category requires is approved only after a second look', async () => {
  const office = await buildOffice()
  const { code: categoryCode } = await buildCategory({ needsPhoto: true })
  const built = [
    await buildReportAt(office, { state: 'awaiting_approval', categoryCode }),
    await buildReportAt(office, { state: 'awaiting_approval', categoryCode }),
  ]
  await signInAs(office.approver.username)
  const dialog = page.getByRole('dialog')
  const missing = dialog.getByText(/Lĩnh vực này cần ảnh minh chứng/)

  const first = await openReport(built[0]?.code ?? '')
  await press('Shift+A')
  await expect.element(missing).toBeVisible()
  expect(await seriousViolations()).toEqual([])
  await press('Escape')
  await expect.element(dialog).not.toBeInTheDocument()
  await first.getByRole('button', { name: /^Phê duyệt/ }).click()
  await dialog.getByRole('button', { name: /Trả lại để hoàn thiện/ }).click()
  await type('Bổ sung ảnh sau khi xử lý.')
  await press('Control+Enter')
  await expect
    .element(page.getByText(`Đã trả lại dự thảo trả lời ${built[0]?.code} để hoàn thiện`, { exact: false }))
    .toBeVisible()

  await openReport(built[1]?.code ?? '')
  await press('Shift+A')
  await expect.element(dialog.getByRole('button', { name: /^Vẫn phê duyệt/ })).toHaveFocus()
  await press('Control+Enter')
  await expect
    .element(page.getByText(`Đã phê duyệt, trả lời ${built[1]?.code} gửi sau`, { exact: false }))
    .toBeVisible()
})

test('on a phone the toast of an action does not cover the buttons for the next one', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office, { state: 'awaiting_acceptance' })
  await signInAs(office.officer.username, { width: 390, height: 844 })
  const report = await openReport(code)
  await choose('Nhận xử lý')
  const said = page.getByText(`Đã nhận xử lý ${code}`, { exact: false })
  await expect.element(said).toBeVisible()
  const next = report.getByRole('button', { name: /^Trả lời công dân/ }).first()
  await expect.element(next).toBeVisible()
  const [above, below] = [said, next].map((part) => part.element().getBoundingClientRect())
  expect(above?.bottom).toBeLessThan(below?.top ?? 0)
  await next.click()
  await expect.element(page.getByRole('region', { name: /Trả lời công dân/ })).toBeVisible()
  await expect.element(page.getByRole('button', { name: /Thao tác khác/ })).not.toBeInTheDocument()
})
